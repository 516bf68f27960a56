"""Judge what stands before a name, to know whether a place is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from accueil.core.places import lexicon
from accueil.core.places.mentions import Mention, Weight, starts_with_article
from accueil.core.places.names import ARTICLES
from accueil.core.places.sentence import Word

_FAR_BACK = 4  # words before the preposition in which a verb of living is looked for
_VILLAGE = 500  # inhabitants from which the same holds after "j'habite"
_LARGE = 10_000  # inhabitants from which a town that is also a word is believed after "à"


class Cue(IntEnum):
    """How clearly the words before announce a place."""

    EXCLUDED = -1
    NONE = 0
    FAINT = 1
    PREPOSITION = 2
    HOME = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """The cue before a word; ``past`` when the message speaks of a former home.

    ``direct`` when the verb of living governs the name, ``compound`` when a common word completes
    it (``lens de contact``).
    """

    cue: Cue
    past: bool = False
    compound: bool = False
    direct: bool = False


def setting_before(words: Sequence[Word], start: int, *, contracted: bool = False) -> Setting:
    """Return the setting of a name that starts at ``start`` (``contracted``: it holds ``au``)."""
    if start == 0 or words[start].opens:
        before = words[start - 1].text if start else ""
        announced = bool(before and lexicon.HOME.fullmatch(before))
        return Setting(Cue.HOME if announced else Cue.NONE)
    first, prepositions = _skip_prepositions(words, start)
    back = _back(words, first)
    if _excluded(back, prepositions):
        return Setting(Cue.EXCLUDED)
    past = any(lexicon.BEFORE.fullmatch(word) for word in back)
    cue = _cue(back, prepositions, contracted=contracted)
    stated = bool(back) and lexicon.HOME.fullmatch(back[-1]) is not None
    placed = contracted or any(word not in lexicon.FAINT for word in prepositions)
    return Setting(cue, past, direct=stated or placed)


def _skip_prepositions(words: Sequence[Word], start: int) -> tuple[int, list[str]]:
    first = start
    while first > 0 and not words[first].opens and words[first - 1].text in lexicon.PREPOSITIONS:
        first -= 1
    texts = [word.text for word in words[first:start]]
    subject = first > 0 and words[first - 1].text in lexicon.SUBJECTS
    if texts and texts[0] == "a" and subject and not words[first].opens:
        return first + 1, texts[1:]
    return first, texts


def _back(words: Sequence[Word], first: int) -> list[str]:
    """Return the few words before, up to a comma or a full stop."""
    back: list[str] = []
    for index in range(first - 1, max(-1, first - 1 - _FAR_BACK), -1):
        if words[index + 1].opens and index + 1 < len(words):
            break
        back.insert(0, words[index].text)
    return back


def says_neighbourhood(words: Sequence[Word], start: int) -> bool:
    """Tell whether ``quartier``, ``cité`` or the like stands before a name (``quartier de X``)."""
    back = [word.text for word in words[max(0, start - 3) : start]]
    while back and (back[-1] in ARTICLES or back[-1] in lexicon.NEIGHBOURHOOD_LINKS):
        back.pop()
    return bool(back) and back[-1] in lexicon.NEIGHBOURHOODS


def _excluded(back: list[str], prepositions: list[str]) -> bool:
    last = back[-2:]
    if any(word in lexicon.PEOPLE for word in last):
        return True
    trimmed = back[:-1] if back and back[-1] in ARTICLES | {"du", "des"} else back
    if trimmed and trimmed[-1] in lexicon.STREETS and (prepositions or trimmed is not back):
        return "a" not in prepositions and "sur" not in prepositions
    if trimmed and trimmed[-1] in lexicon.STREETS - {"residence", "cite", "place"}:
        return not prepositions
    denied = any(word in lexicon.NEGATIONS for word in last)
    return denied and not any(word in lexicon.STILL_NEAR for word in (*last, *prepositions))


def _cue(back: list[str], prepositions: list[str], *, contracted: bool) -> Cue:
    home = any(lexicon.HOME.fullmatch(word) for word in back)
    if "chez" in back and "moi" in back:
        home = True
    near = bool(prepositions) or contracted
    if near and home:
        return Cue.HOME
    if back and not near and (lexicon.HOME.fullmatch(back[-1]) or (home and "moi" in back)):
        return Cue.HOME
    if not near:
        return Cue.NONE
    only_faint = bool(prepositions) and all(word in lexicon.FAINT for word in prepositions)
    if only_faint and not any(lexicon.BEING.fullmatch(word) for word in back):
        return Cue.FAINT
    return Cue.PREPOSITION


def believed(mention: Mention, setting: Setting) -> bool:
    """Tell whether a name in the middle of a sentence is meant as a place."""
    if setting.cue is Cue.EXCLUDED:
        return False
    if setting.compound:
        return False
    if mention.key in lexicon.ORDINARY_PHRASES:
        return False
    if mention.weight is Weight.DISTINCT:
        return True
    if mention.weight is Weight.SMALL:
        return setting.cue >= Cue.PREPOSITION
    home = setting.cue is Cue.HOME and setting.direct and mention.inhabitants >= _VILLAGE
    if home and not starts_with_article(mention.key):
        return True
    return mention.inhabitants >= _LARGE and (
        setting.cue is Cue.HOME
        or (setting.cue is Cue.PREPOSITION and not starts_with_article(mention.key))
    )
