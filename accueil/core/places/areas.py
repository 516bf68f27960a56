"""Names of places wider than a commune, and of places abroad."""

from collections.abc import Mapping

from accueil.core.places.model import Area
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
        bare = words[1:] if words[0] in ARTICLES else words
        for key in (full_key(words), full_key(bare), loose_key(words)):
            named[key] = Area(place.kind, place.code, place.name)
    return named
