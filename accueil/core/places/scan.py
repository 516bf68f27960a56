"""Read a message from left to right and keep what stands for a place."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from accueil.core.places import lexicon
from accueil.core.places.context import Cue, Setting, believed, says_neighbourhood, setting_before
from accueil.core.places.findings import Findings
from accueil.core.places.gazetteer import Gazetteer
from accueil.core.places.mentions import Mention, MentionFinder, Weight
from accueil.core.places.model import Area
from accueil.core.places.numbers import NumberReader
from accueil.core.places.sentence import Word

_LARGE_HOMONYM = 10_000  # inhabitants from which a commune is meant rather than its departement
_CONTRACTIONS = frozenset({"au", "aux"})


class Scanner:
    """Find the mentions of one message."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Use this gazetteer."""
        self._finder = MentionFinder(gazetteer)
        self._numbers = NumberReader(gazetteer)

    def scan(self, words: Sequence[Word]) -> Findings:
        """Return what is found; names come in the order of the message."""
        findings = Findings()
        self._numbers.read_postal_codes(words, findings)
        candidates = list(self._candidates(words, findings.taken))
        spans = {i for mention in candidates for i in range(mention.start, mention.end)}
        alone = all(
            word.text in lexicon.NEUTRAL or i in spans or i in findings.taken or _is_code(word.text)
            for i, word in enumerate(words)
        )
        for mention in candidates:
            if findings.taken.isdisjoint(range(mention.start, mention.end)):
                self._keep(words, mention, findings, alone=alone)
        self._numbers.read(words, findings)
        return findings

    def _candidates(self, words: Sequence[Word], taken: set[int]) -> Iterator[Mention]:
        for start in range(len(words)):
            if start not in taken:
                yield from self._finder.at(words, start)

    def _keep(
        self, words: Sequence[Word], mention: Mention, findings: Findings, *, alone: bool
    ) -> None:
        contracted = words[mention.start].text in _CONTRACTIONS
        setting = setting_before(words, mention.start, contracted=contracted)
        if mention.asked and says_neighbourhood(words, mention.start):
            setting = Setting(Cue.PREPOSITION)
        if setting.cue is Cue.NONE and self._finder.completed(words, mention.end):
            setting = replace(setting, compound=True)
        area = self._area_meant(words, mention)
        supported = bool(findings.postal) and any(
            commune in found.communes for found in findings.postal for commune in mention.communes
        )
        whole = alone and self._holds_all(words, mention, findings)
        before = words[mention.start - 1].text if mention.start else ""
        saint_day = before == "la" and mention.key.startswith("saint ")
        common = mention.weight is Weight.COMMON and area is None
        goes_on = mention.end < len(words) and not words[mention.end].opens
        if mention.key in lexicon.STREETS and goes_on:
            return
        bets = len(mention.key.split()) == 1 and before in lexicon.PLURALS
        if saint_day or bets or (common and before in lexicon.DETERMINERS):
            return
        if area is not None:
            around = (*words[: mention.start], *words[mention.end :])
            said = mention.weight is Weight.COMMON and any(w.text == "est" for w in around)
            if (whole and not said) or self._area_believed(words, mention, setting):
                findings.areas.append(area)
                findings.taken.update(range(mention.start, mention.end))
            return
        whole = whole or (alone and mention.asked and setting.cue is not Cue.EXCLUDED)
        if mention.communes and (whole or supported or believed(mention, setting)):
            findings.names.append((mention, setting))
            findings.taken.update(range(mention.start, mention.end))

    def _holds_all(self, words: Sequence[Word], mention: Mention, findings: Findings) -> bool:
        """Tell whether nothing but this mention, numbers and polite words is left."""
        return all(
            mention.start <= i < mention.end
            or i in findings.taken
            or word.text in lexicon.NEUTRAL
            or _is_code(word.text)
            for i, word in enumerate(words)
        ) or (mention.start == 0 and not mention.settled and self._followed_by_area(words, mention))

    def _followed_by_area(self, words: Sequence[Word], mention: Mention) -> bool:
        end = mention.end
        while end < len(words) and words[end].text in lexicon.HOLLOW:
            end += 1
        if end >= len(words):
            return False
        return any(
            m.area and m.end == len(words) and (m.weight is not Weight.COMMON or end > mention.end)
            for m in self._finder.at(words, end)
        )

    def _area_meant(self, words: Sequence[Word], mention: Mention) -> Area | None:
        if mention.area is None:
            return None
        before = [word.text for word in words[max(0, mention.start - 2) : mention.start]]
        inside = "en" in before[-1:] or "dans" in before
        if inside or not mention.communes:
            return mention.area
        return None if mention.inhabitants >= _LARGE_HOMONYM or mention.settled else mention.area

    def _area_believed(self, words: Sequence[Word], mention: Mention, setting: Setting) -> bool:
        if setting.cue is Cue.EXCLUDED or mention.key in lexicon.ORDINARY_PHRASES:
            return False
        if mention.weight is Weight.SMALL:
            return setting.cue >= Cue.PREPOSITION
        if mention.weight is not Weight.COMMON or words[mention.start].bracketed:
            return True
        before = [word.text for word in words[max(0, mention.start - 2) : mention.start]]
        back = [word.text for word in words[max(0, mention.start - 3) : mention.start]]
        named = "dans" in before or "departement" in before
        named = named or (back[-1:] == ["de"] and any(map(lexicon.BEING.fullmatch, back)))
        return named or (before[-1:] == ["en"] and mention.area is not None)


def _is_code(text: str) -> bool:
    return text[0].isdigit() and len(text) <= 5
