"""What a message asks for when it asks more than one thing: two requests, or a long story.

"Je cherche un logement et je veux un rdv mardi" is two requests, each clear on its own. In a story
of several screens nobody can tell what counts from the whole: what is asked most clearly, and what
is asked last, do.
"""

import re
from typing import Callable, FrozenSet, Iterable, List, NamedTuple, Tuple

from bot.nlu.output import Ranking, top_level

LONG = 600
"""Characters from which a message is a story, read clause by clause."""
_FEWEST_WORDS = 3
_LONGEST_CLAUSE = 25  # words; a dictated story has no punctuation
_MOST_CLAUSES = 120
# How a request begins, in full or in a hurry.
_ASKS = (
    r"(?:est[- ]ce|es ce|j['’ ]?(?:e )?(?:ai besoin|veux|veu|voudrais?|cherche|peux|peu|"
    r"pourrais?|dois|souhaite|aimerais?|fais comment)\b|il me (?:faut|faudrait)|(?:il )?faut|"
    r"(?:il )?y a\b|ya\b|comment|cmt|coment|comen|combien|cb\b|où\b|ou (?:je|est|on|c)\b|"
    r"qui (?:peut|pai|pay)|quel(?:le)?s?\b|quand|(?:vous|tu) (?:pouv|peux|av|as\b|fai|aid|conn)|"
    r"on (?:peut|fait)|peut[- ]on|besoin|c['’ ]?(?:est )?(?:(?:qu|k)oi|"
    r"(?:où|ou|quand|combien|cb)\b)|"
    r"(?:avoir|prendre|trouver|pour (?:avoir|faire)) |une aide|(?:d['’ ])?un (?:rdv|rendez)|"
    r"rdv\b|rendez[- ]vous|(?:elle|il|vous) (?:est|êtes|etes) où|où est)"
)
_LINK = (
    r"(?:et|mais|aussi|sinon|puis|ensuite|après|apres|en plus|au fait|par contre|du coup|"
    r"autre question|autre chose)"
)
_SENTENCE = re.compile(r"[^?!.;\n…]+[?!.;\n…]*")
_LINKED = re.compile(
    rf",?\s*\b(?:{_LINK}[\s,]+)+(?={_ASKS})|[,+]\s*(?=r\.?d\.?v|rendez)|\s\+\s", re.IGNORECASE
)
_CUE = re.compile(rf"\b{_ASKS}", re.IGNORECASE)
_UNWANTED = re.compile(
    r"\b(?:j?(?:veux?|voudrais|cherche|demande)|besoin|est) (?:pas|plus|rien)\b|"
    r"\b(?:pas|plus|aucun) besoin\b|\bau lieu\b|\bplut[oô]t\b",
    re.IGNORECASE,
)
# "Merci, c'est quoi Visale ?": what comes after the courtesy is what is asked.
_COURTESY = re.compile(
    r"^\W*(?:(?:merci|mrc|mci|ok|okay|bon|ba|bah|super|cool|d['’ ]accord|bonjour|bjr|bonsoir|salut|"
    r"slt|coucou|cc|hello|wesh|ah)\b[\s,.!]*)+(?:(?:et|mais|du coup|alors)\b\s*)?",
    re.IGNORECASE,
)
_STORY_BREAK = re.compile(r"[.!?;\n…]+|\b(?:et|mais|donc|du coup|alors|puis|bref)\b", re.IGNORECASE)


class Request(NamedTuple):
    """One thing asked: the full intent, its top level with its probability, the whole ranking."""

    label: str
    top: str
    confidence: float
    ranking: Ranking


Reader = Callable[[str], Ranking]


def find_requests(
    read: Reader, text: str, talk: FrozenSet[str], sure: float
) -> Tuple[Request, ...]:
    """Return what counts in a message that holds more than one thing; () for others.

    Two requests, the clearest and the last of a story, or the one that follows a courtesy.

    `read` gives the ranking of full intents of a text. Intents of `talk` (a greeting, a yes) are no
    requests. `sure` is the probability (0 to 1) that each must reach.
    """
    if len(text) > LONG:
        return _of_story(read, text, talk, sure)
    clauses = _requests_of(text)
    if len(clauses) > 1:
        found = _clear(read, clauses, talk, sure)
        others = [one for one in found[1:] if one.top != found[0].top]
        if others:
            return (found[0], others[0])
    return _after_courtesy(read, text, talk, sure)


def _after_courtesy(
    read: Reader, text: str, talk: FrozenSet[str], sure: float
) -> Tuple[Request, ...]:
    """The request that follows a thanks or a greeting, alone; () without one or the other."""
    courtesy = _COURTESY.match(text)
    rest = text[courtesy.end() :] if courtesy else ""
    if not rest or not (rest.rstrip().endswith("?") or _CUE.search(rest)):
        return ()
    return tuple(_clear(read, [rest], talk, sure))


def _requests_of(text: str) -> List[str]:
    """The parts of a message that ask for something, one after the other."""
    clauses = []
    for sentence in _SENTENCE.findall(text):
        for clause in _LINKED.split(sentence):
            asks = "?" in sentence or _CUE.search(clause)
            if asks and len(clause.split()) >= _FEWEST_WORDS and not _UNWANTED.search(clause):
                clauses.append(clause)
    return clauses


def _of_story(read: Reader, text: str, talk: FrozenSet[str], sure: float) -> Tuple[Request, ...]:
    """The clearest request and the last one, in this order; one when they are the same."""
    parts = [part.split() for part in _STORY_BREAK.split(text)]
    clauses = [
        " ".join(part[start : start + _LONGEST_CLAUSE])
        for part in parts
        for start in range(0, len(part), _LONGEST_CLAUSE)
        if len(part) - start >= _FEWEST_WORDS
    ]
    found = _clear(read, clauses[-_MOST_CLAUSES:], talk, sure)
    if not found:
        return ()
    strongest, last = max(found, key=lambda one: one.confidence), found[-1]
    return (strongest,) if strongest.label == last.label else (strongest, last)


def _clear(
    read: Reader, clauses: Iterable[str], talk: FrozenSet[str], sure: float
) -> List[Request]:
    asked = [_request(ranking) for ranking in map(read, clauses) if ranking]
    return [one for one in asked if one.confidence >= sure and one.top not in talk]


def _request(ranking: Ranking) -> Request:
    top, confidence = top_level(ranking)[0]
    label = next(name for name, _ in ranking if name == top or name.startswith(top + "/"))
    return Request(label, top, confidence, ranking)
