"""What a message asks for when it asks more than one thing: two requests, or a long story.

"Je cherche un logement et je veux un rdv mardi" is two requests, each clear on its own. In a story
of several screens nobody can tell what counts from the whole: what is asked most clearly, and what
is asked last, do.
"""

import re
from typing import Callable, FrozenSet, List, NamedTuple, Optional, Tuple

from bot.nlu.output import Ranking, top_level

LONG = 600
"""Characters from which a message is a story, read clause by clause."""
_FEWEST_WORDS = 2
_FEWEST_WORDS_IN_STORY = 4
_LONGEST_CLAUSE = 25  # words; a dictated story has no punctuation
_MOST_CLAUSES = 120
_BREAK = re.compile(
    r"[.!?;\n…]+|,|\b(?:et aussi|et sinon|mais aussi|et puis|sinon|en plus|par contre|au fait|"
    r"ensuite|après|apres|puis|aussi|et|plus|pi|é)\b",
    re.IGNORECASE,
)
_STORY_BREAK = re.compile(r"[.!?;\n…]+|\b(?:et|mais|donc|du coup|alors|puis|bref)\b", re.IGNORECASE)


class Request(NamedTuple):
    """One thing asked: the full intent, the probability of its top level, and the whole ranking."""

    label: str
    top: str
    confidence: float
    ranking: Ranking


Reader = Callable[[str], Ranking]


def find_requests(
    read: Reader, text: str, talk: FrozenSet[str], sure: float
) -> Tuple[Request, ...]:
    """Return what counts in a message that holds two requests or is a story; () for others.

    `read` gives the ranking of full intents of a text. Intents of `talk` (a greeting, a yes) are no
    requests. `sure` is the probability (0 to 1) that each must reach.
    """
    if len(text) > LONG:
        return _of_story(read, text, talk, sure)
    clauses = _clauses(_BREAK, text, _FEWEST_WORDS)
    if len(clauses) < 2:
        return ()
    found = _clear(read, clauses, talk, sure)
    distinct: List[Request] = []
    for one in found:
        if one.label not in {other.label for other in distinct}:
            distinct.append(one)
    return tuple(distinct[:2]) if len(distinct) > 1 else ()


def _of_story(read: Reader, text: str, talk: FrozenSet[str], sure: float) -> Tuple[Request, ...]:
    """The clearest request and the last one, in this order; one when they are the same."""
    clauses = _clauses(_STORY_BREAK, text, _FEWEST_WORDS_IN_STORY)[-_MOST_CLAUSES:]
    found = _clear(read, clauses, talk, sure)
    if not found:
        return ()
    strongest, last = max(found, key=lambda one: one.confidence), found[-1]
    return (strongest,) if strongest.label == last.label else (strongest, last)


def _clauses(breaks: "re.Pattern[str]", text: str, fewest: int) -> List[str]:
    parts = [part.split() for part in breaks.split(text)]
    return [
        " ".join(part[start : start + _LONGEST_CLAUSE])
        for part in parts
        for start in range(0, len(part), _LONGEST_CLAUSE)
        if len(part) - start >= fewest
    ]


def _clear(read: Reader, clauses: List[str], talk: FrozenSet[str], sure: float) -> List[Request]:
    asked = (_request(read(clause)) for clause in clauses)
    return [one for one in asked if one and one.confidence >= sure and one.top not in talk]


def _request(ranking: Ranking) -> Optional[Request]:
    if not ranking:
        return None
    top, confidence = top_level(ranking)[0]
    label = next(name for name, _ in ranking if name == top or name.startswith(top + "/"))
    return Request(label, top, confidence, ranking)
