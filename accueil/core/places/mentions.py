"""Names, postal codes, departements and arrondissements written in a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from accueil.core.places.gazetteer import Gazetteer
from accueil.core.places.lexicon import (
    NEGATIONS,
    NEUTRAL,
    PREPOSITIONS,
)
from accueil.core.places.model import Area, Commune
from accueil.core.places.names import ARTICLES, LINKS, full_key, loose_key, with_article
from accueil.core.places.sentence import Word

_LONGEST_NAME = 9  # words
_NEVER_ALONE = LINKS | PREPOSITIONS | NEGATIONS  # words that name no place, but "y"
_CUT_WORD = 3  # letters left of the last word of a name that was cut short
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
    asked: bool = False  # a neighbourhood: its town must be confirmed


class MentionFinder:
    """Look windows of words up in the gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Use this gazetteer."""
        self._gazetteer = gazetteer

    def at(self, words: Sequence[Word], start: int) -> list[Mention]:
        """Return the mentions that start at this word, longest first."""
        first = words[start].text
        if first not in LINKS and first not in self._gazetteer.first_words:
            return []
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
        area = self._gazetteer.areas.get(key) or self._area_with_article(texts)
        if key in self._gazetteer.nicknames:
            communes = self._gazetteer.nicknames[key]
            weight = Weight.COMMON if key in self._gazetteer.common_words else Weight.DISTINCT
            return Mention(start, end, key, communes, area, weight, settled=True)
        communes = self._named(texts, key)
        towns = self._gazetteer.neighbourhoods.get(with_article(texts) or key)
        if towns:
            both = tuple(dict.fromkeys((*towns, *communes)))
            return Mention(start, end, key, both, area, Weight.SMALL, asked=True)
        if area is None and not communes:
            return None
        inhabitants = self._inhabitants(key, communes)
        weight = self._weigh(key, inhabitants, area)
        return Mention(start, end, key, communes, area, weight, inhabitants)

    def _area_with_article(self, texts: list[str]) -> Area | None:
        """Return the area of ``la marne``, a commune's name too, or of ``les hauts de france``."""
        if len(texts) == 1 or texts[0] not in ARTICLES:
            return None
        key = full_key(texts[1:])
        area = self._gazetteer.areas.get(key)
        wanted = area and (area.kind == "departement" or " " in key)
        return area if wanted and key != "paris" else None  # "les paris" are bets

    def _named(self, texts: list[str], key: str) -> tuple[Commune, ...]:
        gazetteer = self._gazetteer
        if len(texts) == 1 and key in _NEVER_ALONE:
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
            exact = self._larger(exact, longer)
        if not exact and key in gazetteer.common_words:
            return ()
        return tuple(dict.fromkeys((*exact, *longer))) or (
            gazetteer.only_called(key) or self._cut_short(texts, key)
        )

    def _cut_short(self, texts: list[str], key: str) -> tuple[Commune, ...]:
        """Return the towns whose name was left off inside its last word (``mantes la jo``)."""
        content = [text for text in texts if text not in LINKS]
        last = texts[-1]
        if len(content) < 2 or len(last) < _CUT_WORD or last in self._gazetteer.common_words:
            return ()
        return () if last in NEUTRAL else self._gazetteer.cut_short(key)

    def _longer(self, key: str, exact: Sequence[Commune]) -> list[Commune]:
        """Return towns called by this first part, larger than those that bear just this name."""
        towns = self._gazetteer.towns_called(key)
        if not towns:
            return []
        floor = max((commune.population for commune in exact), default=0)
        longer = [c for c in towns if c.population >= floor]
        top = max((commune.population for commune in longer), default=0)
        return [c for c in longer if c.population * 10 >= top and c not in exact]

    def _larger(self, heads: Sequence[Commune], longer: Sequence[Commune]) -> tuple[Commune, ...]:
        """Return the heads of older names that are no smaller than towns called this way."""
        top = max(commune.population for commune in longer)
        return tuple(head for head in heads if head.population >= top)

    def _inhabitants(self, key: str, communes: Sequence[Commune]) -> int:
        """Return the population, 0 for a name that is no longer a commune's own."""
        gazetteer, word = self._gazetteer, loose_key(key.split())
        if key in gazetteer.common_words:  # "fort" alone does not say Fort-de-France
            same = (*gazetteer.named_anywhere(key), *gazetteer.named_anywhere(word))
            communes = [commune for commune in communes if commune in same]
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
        if area and area.kind == "agglo" and len(content) == 1:
            return Weight.SMALL  # "la défense"
        if len(content) > 1 or area:
            return Weight.DISTINCT
        known = inhabitants >= _KNOWN_TOWN and len(content[0]) > 2
        return Weight.DISTINCT if known else Weight.SMALL

    def completed(self, words: Sequence[Word], end: int) -> bool:
        """Tell whether ``de`` and a common word follow, as in ``lens de contact``."""
        following = [word.text for word in words[end : end + 2] if not word.opens]
        if len(following) < 2 or following[0] not in ("de", "d"):
            return False
        return following[1] in self._gazetteer.common_words


def starts_with_article(key: str) -> bool:
    """Tell whether a name key starts with its article (``la montagne``)."""
    return key.split(" ", 1)[0] in ARTICLES
