"""Read one message: is someone in danger, of what kind, whom should they call.

Two readers vote. The lexicon (``lexicon.toml``) finds phrases; the classifier, trained on examples,
weighs the whole message. The classifier may raise an alarm alone, and so may a phrase of the
strongest kind, whatever the classifier says: no training switches those off. A weaker phrase
counts unless the classifier holds the message for ordinary. A classifier that is missing, damaged
or wrong about the witnesses of the lexicon is not listened to at all: every phrase then counts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from accueil.core.safety.booking_words import speaks_of_booking
from accueil.core.safety.classifier import Opinion, SafetyClassifier
from accueil.core.safety.lexicon import (
    Context,
    Lexicon,
    Rule,
    Scope,
    Strength,
    load_lexicon,
)
from accueil.core.safety.model import SafetyDataError, SafetyReading, SafetyType
from accueil.core.safety.pattern import MASK, SENTENCE, PatternIndex
from accueil.core.safety.when_only import says_only_when

_REACH = 160
_SURE = 0.9
"""Probability from which the classifier raises an alarm by itself."""
_SURE_OF_BOOKING = 0.975
"""The same, of a message that speaks of an appointment or of who may read the messages."""
_ORDINARY = 0.5
"""Probability under which it sets weaker phrases aside."""
_TYPE_SURE = 0.1
"""Of a message that shows distress: a number too many does less harm than one too few."""
_LONG, _AROUND = 300, 6
"""Characters of a long message, and on both sides of a phrase that are read with it there."""
_FEARED = 0.7


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shadow:
    context: Context
    start: int
    end: int


class SafetyDetector:
    """Pure and stateless once loaded: same text, same reading; keeps and logs nothing."""

    def __init__(self, lexicon: Lexicon, classifier: SafetyClassifier | None) -> None:
        self._lexicon = lexicon
        trusted = classifier is not None and _agrees(classifier, lexicon)
        self._classifier = classifier if trusted else None

    @property
    def is_whole(self) -> bool:
        """Tell whether both readers work; without the classifier the lexicon stands alone."""
        return self._classifier is not None

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the lexicon of ``folder``, and its classifier unless it is missing or damaged.

        Raise SafetyDataError when the lexicon is wrong.
        """
        try:
            classifier = SafetyClassifier.load(folder)
        except (OSError, SafetyDataError):
            classifier = None
        return cls(load_lexicon(folder / "lexicon.toml"), classifier)

    def read(self, text: str) -> SafetyReading:
        """Read a raw message of any length: French first, plain phrases of other languages."""
        lexicon = self._lexicon
        line = self._masked(lexicon.normaliser.line(text))
        words = frozenset(line.split())
        opinion = self._opinion(text, line)
        hits = [hit for hit in self._hits(line, words) if self._counts(hit, line, opinion)]
        if not hits and not _is_sure(opinion, text):
            return SafetyReading(text, False, (), (), False)
        types = self._types(line, words, self._kinds(hits, opinion))
        numbers = dict.fromkeys(number for kind in types for number in lexicon.numbers[kind])
        third = self._third_person(line, words, [hit for hit in hits if hit.rule.type == types[0]])
        return SafetyReading(text, True, types, tuple(numbers), third)

    def _opinion(self, text: str, line: str) -> Opinion | None:
        if self._classifier is None or says_only_when(text, line):
            return None
        return self._classifier.read(text)

    def fears_discovery(self, text: str) -> bool:
        """Tell whether the writer is afraid that someone learns of the conversation."""
        line = self._lexicon.normaliser.line(text)
        return _occurs(self._lexicon.discovery, line, frozenset(line.split()))

    def reassures(self, text: str) -> bool:
        """Tell whether the writer says plainly that there is no danger, or none any more.

        Of a message already read: one that shows distress reassures nobody.
        """
        line = self._lexicon.normaliser.line(text)
        return _occurs(self._lexicon.reassured, line, frozenset(line.split()))

    def _masked(self, line: str) -> str:
        for pattern, _ in self._lexicon.idioms.candidates(frozenset(line.split())):
            line = pattern.regex.sub(f"{MASK} ", line)
        return line

    def _hits(self, line: str, words: frozenset[str]) -> list[_Hit]:
        found = [
            _Hit(rule, match.start(), match.end())
            for pattern, rule in self._lexicon.rules.candidates(words)
            for match in pattern.regex.finditer(line)
        ]
        if not found:
            return []
        shadows = [
            _Shadow(context, match.start(), match.end())
            for pattern, context in self._lexicon.contexts.candidates(words)
            for match in pattern.regex.finditer(line)
        ]
        kept = [hit for hit in found if not any(_sets_aside(s, hit, line) for s in shadows)]
        alone = [hit for hit in kept if hit.rule.strength == Strength.alone]
        if alone and not self._says_nothing_else(line, alone):
            kept = [hit for hit in kept if hit.rule.strength != Strength.alone]
        exact = [hit for hit in kept if hit.rule.strength != Strength.fallback]
        return exact or kept

    def _says_nothing_else(self, line: str, hits: Iterable[_Hit]) -> bool:
        rest = list(line)
        for hit in hits:
            rest[hit.start : hit.end] = " " * (hit.end - hit.start)
        return set("".join(rest).split()) <= self._lexicon.around | {SENTENCE}

    def _counts(self, hit: _Hit, line: str, opinion: Opinion | None) -> bool:
        """Tell whether a phrase counts: the classifier doubts the message, or fears these words.

        These words alone are asked about in a long message only: a story drowns the one sentence
        that matters, but in a short one the rest of it is what makes a phrase harmless.
        """
        if hit.rule.strength == Strength.always or self._classifier is None or opinion is None:
            return True
        if opinion.probability >= _ORDINARY:
            return True
        if len(line) < _LONG:
            return False
        around = line[max(0, hit.start - _AROUND) : hit.end + _AROUND]
        return self._classifier.read(around).probability >= _FEARED

    def _kinds(self, hits: list[_Hit], opinion: Opinion | None) -> set[SafetyType]:
        """Return the types of the phrases, and those that the classifier thinks of."""
        kinds = {hit.rule.type for hit in hits}
        if self._classifier is not None and opinion is not None:
            ranked = self._classifier.types(opinion)
            if opinion.probability >= _ORDINARY:
                kinds |= {kind for kind, sure in ranked.items() if sure >= _TYPE_SURE}
            if opinion.probability >= _SURE or not kinds:
                kinds.add(next(iter(ranked)))
        return kinds

    def _types(
        self, line: str, words: frozenset[str], kinds: set[SafetyType]
    ) -> tuple[SafetyType, ...]:
        if kinds & self._lexicon.minor_types and _occurs(self._lexicon.minor, line, words):
            kinds.add(SafetyType.mineur_en_danger)
        return tuple(kind for kind in self._lexicon.numbers if kind in kinds)

    def _third_person(self, line: str, words: frozenset[str], hits: Sequence[_Hit]) -> bool:
        if not hits:
            own = self._lexicon.own_words & words
            return not own and _occurs(self._lexicon.others, line, words)
        if any(self._lexicon.own_words & set(line[hit.start : hit.end].split()) for hit in hits):
            return False
        spans = [
            match.start()
            for pattern, _ in self._lexicon.others.candidates(words)
            for match in pattern.regex.finditer(line)
        ]
        return any(
            start < hit.end and SENTENCE not in line[start : hit.start]
            for hit in hits
            for start in spans
        )


def _is_sure(opinion: Opinion | None, text: str) -> bool:
    """Tell whether the classifier alone is enough to answer as to somebody in danger."""
    if opinion is None or opinion.probability < _SURE:
        return False
    return opinion.probability >= _SURE_OF_BOOKING or not speaks_of_booking(text)


def _agrees(classifier: SafetyClassifier, lexicon: Lexicon) -> bool:
    """Tell whether the classifier is right about the witnesses: plain cases of both kinds."""
    in_danger = all(classifier.read(text).probability >= _SURE for text in lexicon.alarming)
    return in_danger and all(classifier.read(text).probability < _SURE for text in lexicon.calm)


def _sets_aside(shadow: _Shadow, hit: _Hit, line: str) -> bool:
    context = shadow.context
    if hit.rule.strength not in context.against or hit.rule.type in context.except_types:
        return False
    if context.except_starting and _first_word(line, hit) in context.except_starting:
        return False
    match context.scope:
        case Scope.just_before:
            return shadow.end == hit.start
        case Scope.just_after:
            return shadow.start == hit.end
        case Scope.sentence:
            gap = line[min(shadow.end, hit.end) : max(shadow.start, hit.start)]
            return SENTENCE not in gap and len(gap) <= _REACH
        case Scope.message:
            return max(shadow.start - hit.end, hit.start - shadow.end) <= _REACH


def _first_word(line: str, hit: _Hit) -> str:
    found = re.compile(r"[^ ]+").match(line, hit.start)
    return found[0] if found else ""


def _occurs(index: PatternIndex[None], line: str, words: frozenset[str]) -> bool:
    return any(pattern.regex.search(line) for pattern, _ in index.candidates(words))
