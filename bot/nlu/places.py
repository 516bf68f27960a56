"""Names of communes: a bare "Roubaix" answers about a place, even if no example says Roubaix."""

import csv
import lzma
from pathlib import Path
from typing import Dict, FrozenSet, List, Set

from bot.nlu.normalise import fold, normalise

PLACE_TOKEN = "_lieu_"
_SMALLEST = 1500  # inhabitants: below that a name is more often an ordinary word than a place
_LONGEST = 5  # words


def read_places(folder: Path) -> FrozenSet[str]:
    """Folded names of communes in `communes.tsv.xz`, less those of `place_common_words.tsv`.

    Empty when the folder has no such files: another project may use the classifier without them.
    """
    source, common = folder / "communes.tsv.xz", folder / "place_common_words.tsv"
    if not source.is_file():
        return frozenset()
    ordinary: Set[str] = set()
    if common.is_file():
        ordinary = {line.split("\t")[0] for line in common.read_text("utf-8").splitlines()}
    with lzma.open(source, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        names = {_key(row) for row in rows if int(row.get("population") or 0) >= _SMALLEST}
    return frozenset(name for name in names if name and not _is_ordinary(name, ordinary))


def _is_ordinary(name: str, ordinary: Set[str]) -> bool:
    """Whether a name reads as plain French: "abri", or "la force", an article and a noun."""
    article, _, noun = name.partition(" ")
    return name in ordinary or (article in ("le", "la", "les") and noun in ordinary)


def _key(row: Dict[str, str]) -> str:
    return " ".join(fold(word) for word in normalise(row["name"]))


def mark_places(folded: List[str], places: FrozenSet[str]) -> List[str]:
    """The words with one `_lieu_` after each name of a commune, the longest name first."""
    if not places:
        return folded
    marked: List[str] = []
    at = 0
    while at < len(folded):
        for size in range(min(_LONGEST, len(folded) - at), 0, -1):
            if " ".join(folded[at : at + size]) in places:
                marked += [*folded[at : at + size], PLACE_TOKEN]
                break
        else:
            size = 1
            marked.append(folded[at])
        at += size
    return marked
