"""Postal codes, departements and arrondissements written in figures."""

from collections.abc import Sequence

from accueil.core.places import lexicon
from accueil.core.places.findings import Findings
from accueil.core.places.gazetteer import Gazetteer
from accueil.core.places.geography import CITIES
from accueil.core.places.lexicon import (
    DISTRICT_WORDS,
    ORDINAL,
    ORDINAL_ENDINGS,
    ORDINALS,
    ROMAN,
)
from accueil.core.places.mentions import Mention, Weight
from accueil.core.places.sentence import Word

_DATES_UP_TO = 31  # "le 13" is a day before it is a departement


class NumberReader:
    """Tell the numbers that are places from days, ages and quantities."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Use this gazetteer."""
        self._gazetteer = gazetteer

    def read_postal_codes(self, words: Sequence[Word], findings: Findings) -> None:
        """Note the postal codes that exist."""
        for at in range(len(words)):
            mention = self._postal_code(words, at)
            if mention:
                findings.postal.append(mention)
                findings.taken.add(at)

    def read(self, words: Sequence[Word], findings: Findings) -> None:
        """Note the arrondissement and the departements written in figures."""
        for at in range(len(words)):
            if at in findings.taken:
                continue
            city = self._city_before(words, at, findings) or self._city_after(words, at, findings)
            district = self._district(words, at, city=city)
            if district and (city or self._place_like(words, at, findings)):
                findings.district = district[0]
                findings.taken.update(range(at, district[1]))
                continue
            mention = self._department(words, at)
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

    def _city_after(self, words: Sequence[Word], at: int, findings: Findings) -> bool:
        """Tell whether this is ``le vingtième``, of a city named further on."""
        said = at > 0 and words[at - 1].text == "le" and ordinal(words[at].text) > 0
        return said and self._city_named(findings)

    def _city_named(self, findings: Findings) -> bool:
        return any(c.insee in CITIES for m, _ in findings.names for c in m.communes)

    def _place_like(self, words: Sequence[Word], at: int, findings: Findings) -> bool:
        """Tell whether an ordinal (``18e``) is an arrondissement: a city, ``dans le``, the word."""
        if self._city_named(findings):
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

    def _postal_code(self, words: Sequence[Word], at: int) -> Mention | None:
        """Return the communes of the postal code written at this word."""
        code = words[at].text
        if len(code) != 5 or not code.isdigit():
            return None
        communes = self._gazetteer.by_postal_code(code)
        if not communes and len(words) == 1 and (commune := self._gazetteer.by_insee(code)):
            communes = (commune,)
        if not communes:
            return None
        return Mention(at, at + 1, code, communes, None, Weight.DISTINCT, settled=True)

    def _department(self, words: Sequence[Word], at: int) -> Mention | None:
        """Return the departement whose code is written at this word (``93``, ``2a``, ``974``)."""
        code = words[at].text.upper()
        area = self._gazetteer.departments.get(code)
        return Mention(at, at + 1, code, (), area, Weight.COMMON) if area else None

    def _district(self, words: Sequence[Word], at: int, *, city: bool) -> tuple[int, int] | None:
        """Return (number, next word) of an arrondissement; a bare number only after a city."""
        texts = [word.text for word in words]
        match = ORDINAL.fullmatch(texts[at])
        number = int(match.group(1)) if match else ordinal(texts[at])
        following = at + 1
        if not number and texts[at].isdigit() and len(texts[at]) <= 2:
            ending = following < len(texts) and texts[following] in ORDINAL_ENDINGS
            named = following < len(texts) and texts[following] in DISTRICT_WORDS
            if ending or named or city:
                number = int(texts[at])
                following += ending
        elif number and not match and not city:
            number = number if following < len(texts) and texts[following] in DISTRICT_WORDS else 0
        if not 1 <= number <= 20:
            return None
        following += following < len(texts) and texts[following] in DISTRICT_WORDS
        return number, following


def ordinal(text: str) -> int:
    """Return the number that ``seizième``, ``XVI`` or ``XVIe`` stands for, 0 when it is none."""
    if roman := ROMAN.fullmatch(text):
        return 0 if text == "vie" else ORDINALS.get(roman.group(1), 0)
    return ORDINALS.get(text, 0) if len(text) > 1 else 0
