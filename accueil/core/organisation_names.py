"""Make official names of Missions Locales readable: ``93-ML ST DENIS`` -> ``… Saint-Denis``."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from accueil.core.places import Gazetteer
from accueil.core.places.names import LONG_FORMS, full_key, words_of
from accueil.core.text import fold

_OFFICIAL = re.compile(r"(?:[0-9][0-9AB][0-9]?\s*[-–]\s*)?ML\s+(?P<rest>\S.*)")
_ELISION = re.compile("['’]")
_LINKS = frozenset({"le", "la", "les", "de", "du", "des", "en", "sur", "sous", "et", "au", "aux"})
_TITLE = "Mission Locale"


@dataclass(slots=True)
class NameTidier:
    """Writes names as French writes them, when every word is known; else only trims them.

    The accents come from the names of communes, departements and regions: a word is known when
    they all write it alike. Nothing is guessed.
    """

    gazetteer: Gazetteer
    _words: dict[str, str] = field(default_factory=dict)

    def tidy(self, name: str) -> str:
        """Return ``Mission Locale Vallée Sud`` for ``92-ML VALLEE SUD ``."""
        trimmed = " ".join(name.split())
        found = _OFFICIAL.fullmatch(trimmed)
        if found is None:
            return trimmed
        rest = found["rest"]
        if not rest.isupper():
            return f"{_TITLE} {rest}"
        words = words_of(fold(rest))
        written = self._town(words) or ("" if _ELISION.search(rest) else self._written(words))
        return f"{_TITLE} {written}" if written else trimmed

    def _town(self, words: list[str]) -> str:
        """Return the name of the commune that the words are, if all so called are written alike."""
        names = {one.name for one in self.gazetteer.named_anywhere(full_key(words))}
        names = {name for name in names if words_of(fold(name)) == words}
        return names.pop() if len(names) == 1 else ""

    def _written(self, words: list[str]) -> str:
        if not self._words:
            self._learn()
        found = [word if word in _LINKS else self._words.get(word, "") for word in words]
        return " ".join(found) if all(found) else ""

    def _learn(self) -> None:
        spellings: dict[str, set[str]] = defaultdict(set)
        areas = [area.name for area in self.gazetteer.departments.values()]
        towns = [commune.name for commune in self.gazetteer]
        for name in (*towns, *areas, *self.gazetteer.regions.values()):
            for word in re.findall(r"[^\W\d_]{3,}", name):
                key = fold(word)
                spellings[LONG_FORMS.get(key, key)].add(word.capitalize())
        self._words = {key: min(found) for key, found in spellings.items() if len(found) == 1}
