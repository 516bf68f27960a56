"""An application that reads what the product ships once a process: each file takes a second."""

from functools import cache, cached_property

from accueil.bootstrap import Application
from accueil.content.answers import read_answers
from accueil.content.example_questions import read_example_questions
from accueil.core.answer_search import AnswerSearch, searched
from accueil.core.answers import Answer
from accueil.core.places import Gazetteer, PlaceResolver
from accueil.core.safety import SafetyDetector, SafetyReplies
from accueil.settings import ROOT

_CONTENT = ROOT / "data" / "nlu"
_SAFETY = ROOT / "data" / "safety"


class ShippedOnce(Application):
    """The real container; what it reads of ``data/`` never changes, and is shared."""

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return shipped_gazetteer()

    @cached_property
    def resolver(self) -> PlaceResolver:
        return _resolver()

    @cached_property
    def safety(self) -> SafetyDetector:
        return _safety()

    @cached_property
    def safety_replies(self) -> SafetyReplies:
        return _safety_replies()

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        return _answers()

    @cached_property
    def answer_search(self) -> AnswerSearch:
        return _answer_search()


@cache
def shipped_gazetteer() -> Gazetteer:
    """The communes of France."""
    return Gazetteer.load(ROOT / "data" / "reference" / "communes.tsv.xz")


@cache
def _resolver() -> PlaceResolver:
    return PlaceResolver(shipped_gazetteer())


@cache
def _safety() -> SafetyDetector:
    return SafetyDetector.load(_SAFETY)


@cache
def _safety_replies() -> SafetyReplies:
    return SafetyReplies.load(_SAFETY)


@cache
def _answers() -> tuple[Answer, ...]:
    return read_answers(_CONTENT)


@cache
def _answer_search() -> AnswerSearch:
    examples = read_example_questions(_CONTENT)
    return AnswerSearch([searched(one, examples.get(one.key, ())) for one in _answers()])
