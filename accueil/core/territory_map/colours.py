"""A few colours that a colour-blind reader tells apart (Okabe and Ito, 2008)."""

from collections import Counter
from collections.abc import Iterable, Mapping

COLOURS = ("#84c5ee", "#e69f00", "#008a64", "#f5ec75", "#c45a96", "#004f8b")
"""Their hues, lighter or darker: printed in grey, each differs from the five others."""


def coloured(names: Iterable[str], touching: Mapping[str, set[str]]) -> dict[str, str]:
    """Give each a colour that no neighbour has when six are enough, the least used first."""
    used: Counter[str] = Counter(dict.fromkeys(COLOURS, 0))
    given: dict[str, str] = {}
    for name in sorted(names, key=lambda one: (-len(touching.get(one, ())), one)):
        taken = {given[near] for near in touching.get(name, ()) if near in given}
        free = [colour for colour in COLOURS if colour not in taken] or list(COLOURS)
        given[name] = min(free, key=lambda colour: used[colour])
        used[given[name]] += 1
    return given
