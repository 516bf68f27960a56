"""Look for a misspelt name where the message announces a place, or is nothing else."""

from collections.abc import Iterator, Sequence

from accueil.core.places import lexicon
from accueil.core.places.choice import by_population, departments_of, dominant
from accueil.core.places.context import Cue, setting_before
from accueil.core.places.findings import Findings
from accueil.core.places.fuzzy import edit_distance
from accueil.core.places.gazetteer import Gazetteer
from accueil.core.places.model import Area, Commune
from accueil.core.places.names import LINKS, full_key, sound_key
from accueil.core.places.sentence import HIDDEN, Word

_LONGEST = 6  # words of a misspelt name
_SMALL_WORD = 3  # letters
_LONG = 8  # letters from which even the first may be wrong
_AREA_LETTERS = 7  # of an area whose name may be misspelt
# Inhabitants: a short misspelt word is believed for a city only, one word alone for a small town.
_CITY, _SMALL_TOWN, _TOWN = 20_000, 8_000, 2_000


class MisspeltFinder:
    """Compare a few windows of words to every name, by ear and by edits."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Use this gazetteer."""
        self._gazetteer = gazetteer

    def find(
        self, words: Sequence[Word], findings: Findings, postal: Sequence[Commune]
    ) -> tuple[Commune, ...]:
        """Return the communes that a misspelt name may stand for."""
        allowed = self._allowed(findings, postal)
        for start, end, floor in self._windows(words, findings.taken):
            texts = [word.text for word in words[start:end]]
            found = self._near(texts, allowed, floor=0 if allowed else floor)
            if found:
                return found
        return ()

    def area(self, words: Sequence[Word], taken: set[int]) -> Area | None:
        """Return the area or the foreign town whose name is one letter off (``bruxelle``)."""
        gazetteer = self._gazetteer
        for start, end, _ in self._windows(words, taken):
            key = full_key([word.text for word in words[start:end]])
            if len(key) + 1 < _AREA_LETTERS or key in gazetteer.common_words:
                continue
            for _, name in gazetteer.area_spelling.near(key, 1):
                if len(name) >= _AREA_LETTERS and edit_distance(key, name, 1) <= 1:
                    return gazetteer.areas[name]
        return None

    def within(
        self, words: Sequence[Word], findings: Findings, postal: Sequence[Commune]
    ) -> tuple[Commune, ...]:
        """Return the communes whose misspelt name takes all these words."""
        texts = [word.text for word in words]
        if len(texts) > _LONGEST or any(word.opens for word in words[1:]):
            return ()
        return self._near(texts, self._allowed(findings, postal), floor=0)

    def _allowed(self, findings: Findings, postal: Sequence[Commune]) -> frozenset[str]:
        if postal:
            return frozenset(commune.department for commune in postal)
        areas = [area for area in findings.areas if area.kind != "pays"]
        return frozenset(code for area in areas for code in departments_of(area, self._gazetteer))

    def _windows(self, words: Sequence[Word], taken: set[int]) -> Iterator[tuple[int, int, int]]:
        """Yield (start, end, fewest inhabitants believed) of possible names, longest first."""
        free = [i for i, w in enumerate(words) if i not in taken and w.text not in lexicon.NEUTRAL]
        if not free:
            return
        if free[-1] - free[0] < _LONGEST and not any(i in taken for i in range(free[0], free[-1])):
            setting = setting_before(words, free[0])
            if setting.cue is not Cue.EXCLUDED:
                alone = _SMALL_TOWN if free[0] == free[-1] else _TOWN
                yield free[0], free[-1] + 1, 0 if setting.cue is Cue.HOME else alone
        for start in free:
            if lexicon.HOME.fullmatch(words[start].text):
                continue
            cue = setting_before(words, start).cue
            if cue < Cue.PREPOSITION:
                continue
            being = any(lexicon.BEING.fullmatch(w.text) for w in words[max(0, start - 3) : start])
            floor = 0 if cue is Cue.HOME else _TOWN if being else _CITY
            end = start + 1
            while end < len(words) and end - start < _LONGEST and not words[end].opens:
                end += 1
            for last in range(end, start, -1):
                if not any(i in taken for i in range(start, last)):
                    yield start, last, floor

    def _near(
        self, texts: Sequence[str], allowed: frozenset[str], *, floor: int
    ) -> tuple[Commune, ...]:
        content = [text for text in texts if text not in LINKS]
        ordinary = self._gazetteer.common_words
        nouns = len(content) > 1 and all(ordinary.get(word) == "mot" for word in content)
        if not content or texts[-1] in LINKS:
            return ()
        if all(word in ordinary for word in content) and not nouns:
            return ()
        small = {word for word in content if len(word) <= _SMALL_WORD or word in lexicon.NEUTRAL}
        if len(content) > 1 and not nouns and all(w in small or w in ordinary for w in content):
            return ()  # "ça marche", "sa marche"
        known = sum(word in ordinary for word in content)
        crowded = known * 2 > len(content) and not nouns
        if len(content) > 1 and (crowded or ordinary.get(content[0]) == "proche"):
            return ()
        if any(text.isdigit() or text == HIDDEN for text in texts):
            return ()
        key = full_key(texts)
        size = len(key.replace(" ", ""))
        limit = 2 if size >= 9 and not known else 1
        for reach in range(limit + 1):
            near = self._gazetteer.spelling.near(key, reach)
            alike = ((d, name) for d, name in near if not d or size >= _LONG or name[0] == key[0])
            found = [c for d, name in alike for c in self._named(name, size, d, floor)]
            kept = [c for c in found if not allowed or c.department in allowed]
            if kept:
                return dominant(by_population(kept))
        return ()

    def _named(self, name: str, size: int, distance: int, floor: int) -> Sequence[Commune]:
        """Return the communes of a resembling name that are believable for this much change."""
        gazetteer = self._gazetteer
        communes = gazetteer.named(name) or gazetteer.named_loosely(name)
        if max((commune.population for commune in communes), default=0) < _CITY:
            communes = (*communes, *gazetteer.towns_called(name))
        if " " in name and size >= 8:
            return communes
        if distance and (size < 5 or len(sound_key(name)) < 5):
            return ()
        if size < 6 or (distance > 1 and size < 10):
            floor = _CITY
        return [commune for commune in communes if commune.population >= floor]
