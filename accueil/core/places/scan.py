"""Read a message from left to right and keep what stands for a place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from accueil.core.places import lexicon
from accueil.core.places.context import Cue, Setting, believed, setting_before
from accueil.core.places.geography import CITIES
from accueil.core.places.mentions import Mention, MentionFinder, Weight
from accueil.core.places.model import Area
from accueil.core.places.sentence import Word

_DATES_UP_TO = 31  # "le 13" is a day before it is a departement
_LARGE_HOMONYM = 10_000  # inhabitants from which a commune is meant rather than its departement
_CONTRACTIONS = frozenset({"au", "aux"})


@dataclass(slots=True)
class Findings:
    """What a message holds, and which of its words were understood."""

    names: list[tuple[Mention, Setting]] = field(default_factory=list)
    postal: list[Mention] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    district: int | None = None
    taken: set[int] = field(default_factory=set)


class Scanner:
    """Find the mentions of one message."""

    def __init__(self, finder: MentionFinder) -> None:
        """Use this finder."""
        self._finder = finder

    def scan(self, words: Sequence[Word]) -> Findings:
        """Return what is found; names come in the order of the message."""
        findings = Findings()
        self._postal_codes(words, findings)
        candidates = list(self._candidates(words, findings.taken))
        spans = {i for mention in candidates for i in range(mention.start, mention.end)}
        alone = all(
            word.text in lexicon.NEUTRAL or i in spans or i in findings.taken or _is_code(word.text)
            for i, word in enumerate(words)
        )
        for mention in candidates:
            if findings.taken.isdisjoint(range(mention.start, mention.end)):
                self._keep(words, mention, findings, alone=alone)
        self._numbers(words, findings)
        return findings

    def _postal_codes(self, words: Sequence[Word], findings: Findings) -> None:
        for at in range(len(words)):
            mention = self._finder.postal_code(words, at)
            if mention:
                findings.postal.append(mention)
                findings.taken.add(at)

    def _candidates(self, words: Sequence[Word], taken: set[int]) -> Iterator[Mention]:
        for start in range(len(words)):
            if start not in taken:
                yield from self._finder.at(words, start)

    def _keep(
        self, words: Sequence[Word], mention: Mention, findings: Findings, *, alone: bool
    ) -> None:
        contracted = words[mention.start].text in _CONTRACTIONS
        setting = setting_before(words, mention.start, contracted=contracted)
        area = self._area_meant(words, mention)
        supported = bool(findings.postal) and any(
            commune in found.communes for found in findings.postal for commune in mention.communes
        )
        whole = alone and self._holds_all(words, mention, findings)
        before = words[mention.start - 1].text if mention.start else ""
        saint_day = before == "la" and mention.key.startswith("saint ")
        common = mention.weight is Weight.COMMON and area is None
        if saint_day or (common and before in lexicon.DETERMINERS):
            return
        if area is not None:
            if whole or self._area_believed(words, mention, setting):
                findings.areas.append(area)
                findings.taken.update(range(mention.start, mention.end))
            return
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
        if setting.cue is Cue.EXCLUDED:
            return False
        if mention.weight is not Weight.COMMON:
            return True
        before = [word.text for word in words[max(0, mention.start - 2) : mention.start]]
        named = "dans" in before or "departement" in before
        return named or (before[-1:] == ["en"] and mention.area is not None)

    def _numbers(self, words: Sequence[Word], findings: Findings) -> None:
        for at in range(len(words)):
            if at in findings.taken:
                continue
            city = self._city_before(words, at, findings)
            district = self._finder.district(words, at, city=city)
            if district and (city or self._place_like(words, at, findings)):
                findings.district = district[0]
                findings.taken.update(range(at, district[1]))
                continue
            mention = self._finder.department(words, at)
            if mention and mention.area and self._meant(words, at, findings):
                findings.areas.append(mention.area)
                findings.taken.add(at)

    def _city_before(self, words: Sequence[Word], at: int, findings: Findings) -> bool:
        while at > 0 and words[at - 1].text in lexicon.HOLLOW | {"cedex"}:
            at -= 1
        return any(
            mention.end == at and any(c.insee in CITIES for c in mention.communes)
            for mention, _ in findings.names
        )

    def _place_like(self, words: Sequence[Word], at: int, findings: Findings) -> bool:
        """Tell whether an ordinal (``18e``) is an arrondissement: a city, ``dans le``, the word."""
        if any(c.insee in CITIES for m, _ in findings.names for c in m.communes):
            return True
        before = [word.text for word in words[max(0, at - 2) : at]]
        after = [word.text for word in words[at + 1 : at + 3]]
        named = any(word in lexicon.DISTRICT_WORDS for word in after)
        others = [w.text for i, w in enumerate(words) if i != at and not w.text.startswith("e")]
        alone = all(word in lexicon.NEUTRAL for word in others)
        return before == ["dans", "le"] or named or alone

    def _meant(self, words: Sequence[Word], at: int, findings: Findings) -> bool:
        """Tell whether a number is a departement rather than a day, an age or a quantity."""
        others = [word.text for i, word in enumerate(words) if i != at and i not in findings.taken]
        code = words[at].text
        article = at > 0 and words[at - 1].text == "le"
        day = code.isdigit() and int(code) <= _DATES_UP_TO
        if all(word in lexicon.NEUTRAL for word in others) and not (
            article and day and len(words) == 2
        ):
            return True
        if words[at].bracketed:
            return True
        before = [word.text for word in words[max(0, at - 3) : at]]
        if before[-1:] and before[-1] in ("departement", "dept", "dep", "dpt"):
            return True
        if before[-2:] == ["dans", "le"] or (before[-2:] in (["sur", "le"], ["vers", "le"])):
            return True
        if before[-1:] == ["du"] and any(map(lexicon.BEING.fullmatch, before)):
            return True
        if before[-1:] in (["du"], ["le"]) and not day:
            return True
        return any(mention.end == at or mention.start == at + 1 for mention, _ in findings.names)


def _is_code(text: str) -> bool:
    return text[0].isdigit() and len(text) <= 5
