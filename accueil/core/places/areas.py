"""Names of the editable tables: areas, places abroad, nicknames, neighbourhoods."""

from collections.abc import Callable, Iterable, Mapping, Set

from accueil.core.places.model import Area, Commune
from accueil.core.places.names import ARTICLES, full_key, loose_key, words_of
from accueil.core.places.reference import NamedPlace, PlaceFiles
from accueil.core.text import fold


def name_areas(
    files: PlaceFiles, departments: Mapping[str, Area], regions: Mapping[str, str]
) -> dict[str, Area]:
    """Return areas by name key, with and without their article; nicknames have the last word."""
    named: dict[str, Area] = {}
    places = [NamedPlace(name, "region", code, name) for code, name in regions.items()]
    places += [NamedPlace(a.name, a.kind, a.code, a.name) for a in departments.values()]
    for place in (*places, *files.foreign, *files.nicknames):
        if place.kind == "commune":
            continue
        words = words_of(fold(place.text))
        bare = words[1:] if words[0] in ARTICLES and place.kind != "agglo" else words
        unmarked = full_key(words).replace(" d ", " d")  # "val doise"
        keys = {full_key(words), full_key(bare), unmarked}
        for key in keys if place.kind == "agglo" else {*keys, loose_key(words)}:
            named[key] = Area(place.kind, place.code, place.name)
    return named


def name_communes(
    places: Iterable[NamedPlace], by_insee: Callable[[str], Commune | None]
) -> dict[str, tuple[Commune, ...]]:
    """Return the communes of a table by full key."""
    return {
        full_key(words_of(fold(place.text))): tuple(
            filter(None, map(by_insee, place.code.split("|")))
        )
        for place in places
        if place.kind == "commune"
    }


def name_neighbourhoods(
    places: Iterable[NamedPlace], by_insee: Callable[[str], Commune | None], known: Set[str]
) -> dict[str, tuple[Commune, ...]]:
    """Return the towns of neighbourhoods, without their article too unless that is ``known``."""
    named = name_communes(places, by_insee)
    bare = {loose_key(key.split()): towns for key, towns in named.items()}
    return {key: towns for key, towns in bare.items() if key not in known} | named
