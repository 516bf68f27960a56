"""Names, postal codes, departements and arrondissements written in a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from accueil.core.places.gazetteer import Gazetteer
from accueil.core.places.lexicon import (
    DISTRICT_WORDS,
    ORDINAL,
    ORDINAL_ENDINGS,
    ORDINALS,
    PREPOSITIONS,
)
from accueil.core.places.model import Area, Commune
from accueil.core.places.names import ARTICLES, LINKS, full_key, loose_key, with_article
from accueil.core.places.sentence import Word

_LONGEST_NAME = 9  # words
_KNOWN_TOWN = 3_000  # inhabitants from which a one-word name needs no preposition


class Weight(IntEnum):
    """How much a name may be something else than a place."""

    COMMON = 0
    SMALL = 1
    DISTINCT = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``start`` to ``end`` (excluded) name these communes, or this area."""

    start: int
    end: int
    key: str
    communes: tuple[Commune, ...]
    area: Area | None
    weight: Weight
    inhabitants: int = 0  # of the largest commune that bears the name today
    settled: bool = False  # a code or an arrondissement: no homonym to weigh


class MentionFinder:
    """Look windows of words up in the gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Use this gazetteer."""
        self._gazetteer = gazetteer

    def at(self, words: Sequence[Word], start: int) -> list[Mention]:
        """Return the mentions that start at this word, longest first."""
        texts: list[str] = []
        for index in range(start, min(len(words), start + _LONGEST_NAME)):
            if index > start and words[index].opens:
                break
            texts.append(words[index].text)
        found = []
        for size in range(len(texts), 0, -1):
            mention = self._window(texts[:size], start)
            if mention:
                found.append(mention)
        return found

    def _window(self, texts: list[str], start: int) -> Mention | None:
        key, end = full_key(texts), start + len(texts)
        area = self._gazetteer.areas.get(key) or self._department_with_article(texts)
        if key in self._gazetteer.nicknames:
            communes = self._gazetteer.nicknames[key]
            weight = Weight.COMMON if key in self._gazetteer.common_words else Weight.DISTINCT
            return Mention(start, end, key, communes, area, weight, settled=True)
        communes = self._named(texts, key)
        if area is None and not communes:
            return None
        inhabitants = self._inhabitants(key, communes)
        weight = self._weigh(key, inhabitants, area)
        return Mention(start, end, key, communes, area, weight, inhabitants)

    def _department_with_article(self, texts: list[str]) -> Area | None:
        """Return the departement of ``la marne``, a commune's name too."""
        if len(texts) == 1 or texts[0] not in ARTICLES:
            return None
        area = self._gazetteer.areas.get(full_key(texts[1:]))
        return area if area and area.kind == "departement" else None

    def _named(self, texts: list[str], key: str) -> tuple[Commune, ...]:
        gazetteer = self._gazetteer
        if len(texts) == 1 and key in LINKS | PREPOSITIONS:
            return gazetteer.named(key) if key == "y" else ()
        exact = gazetteer.named(key)
        if not exact and (contracted := with_article(texts)):
            return gazetteer.named(contracted)
        if texts[-1] in LINKS:
            return exact
        if texts[0] in LINKS:
            return tuple(dict.fromkeys((*exact, *self._longer(key, exact))))
        loose = loose_key(texts)
        if not exact:
            exact = gazetteer.named_loosely(loose)
        if not exact and loose != key and " " in loose:
            exact = gazetteer.named(loose)
        longer = self._longer(loose, exact)
        if longer and not (gazetteer.is_current(key) or gazetteer.is_loose(loose)):
            exact = ()
        if not exact and key in gazetteer.common_words:
            return ()
        return tuple(dict.fromkeys((*exact, *longer))) or gazetteer.only_called(key)

    def _longer(self, key: str, exact: Sequence[Commune]) -> list[Commune]:
        """Return towns called by this first part, larger than those that bear just this name."""
        floor = max((commune.population for commune in exact), default=0)
        longer = [c for c in self._gazetteer.towns_called(key) if c.population >= floor]
        top = max((commune.population for commune in longer), default=0)
        return [c for c in longer if c.population * 10 >= top and c not in exact]

    def _inhabitants(self, key: str, communes: Sequence[Commune]) -> int:
        """Return the population, 0 for a name that is no longer a commune's own."""
        gazetteer, word = self._gazetteer, loose_key(key.split())
        own = bool(gazetteer.is_current(key) or gazetteer.towns_called(key))
        own = own or gazetteer.is_loose(word) or bool(gazetteer.towns_called(word))
        if own or with_article(key.split()):
            return max((commune.population for commune in communes), default=0)
        return 0

    def _weigh(self, key: str, inhabitants: int, area: Area | None) -> Weight:
        content = [word for word in key.split() if word not in LINKS] or key.split()
        kinds = self._gazetteer.common_words
        saint = len(content) > 1 and content[0] in ("saint", "sainte")
        if not saint and all(kinds.get(word) in ("mot", "prenom") for word in content):
            return Weight.COMMON
        if len(content) > 1 or area:
            return Weight.DISTINCT
        known = inhabitants >= _KNOWN_TOWN and len(content[0]) > 2
        return Weight.DISTINCT if known else Weight.SMALL

    def postal_code(self, words: Sequence[Word], at: int) -> Mention | None:
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

    def department(self, words: Sequence[Word], at: int) -> Mention | None:
        """Return the departement whose code is written at this word (``93``, ``2a``, ``974``)."""
        code = words[at].text.upper()
        area = self._gazetteer.departments.get(code)
        return Mention(at, at + 1, code, (), area, Weight.COMMON) if area else None

    def district(self, words: Sequence[Word], at: int, *, city: bool) -> tuple[int, int] | None:
        """Return (number, next word) of an arrondissement; a bare number only after a city."""
        texts = [word.text for word in words]
        match = ORDINAL.fullmatch(texts[at])
        number = int(match.group(1)) if match else ORDINALS.get(texts[at], 0)
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


def starts_with_article(key: str) -> bool:
    """Tell whether a name key starts with its article (``la montagne``)."""
    return key.split(" ", 1)[0] in ARTICLES
