"""Read one message: is someone in danger, of what kind, whom should they call."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from accueil.core.safety.lexicon import (
    Context,
    Lexicon,
    Rule,
    Scope,
    Strength,
    load_lexicon,
)
from accueil.core.safety.model import SafetyReading, SafetyType
from accueil.core.safety.pattern import MASK, SENTENCE, PatternIndex

_REACH = 160


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

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read ``lexicon.toml`` in ``folder``; raise SafetyDataError when it is wrong."""
        return cls(load_lexicon(folder / "lexicon.toml"))

    def read(self, text: str) -> SafetyReading:
        """Read a raw message of any length, in French first, some English, Spanish and creole."""
        lexicon = self._lexicon
        line = self._masked(lexicon.normaliser.line(text))
        words = frozenset(line.split())
        hits = self._hits(line, words)
        if not hits:
            return SafetyReading(text, False, (), (), False)
        types = self._types(line, words, hits)
        numbers = dict.fromkeys(number for kind in types for number in lexicon.numbers[kind])
        third = self._third_person(line, words, [hit for hit in hits if hit.rule.type == types[0]])
        return SafetyReading(text, True, types, tuple(numbers), third)

    def fears_discovery(self, text: str) -> bool:
        """Tell whether the writer is afraid that someone learns of the conversation."""
        line = self._lexicon.normaliser.line(text)
        return _occurs(self._lexicon.discovery, line, frozenset(line.split()))

    def reassures(self, text: str) -> bool:
        """Tell whether the writer says plainly that there is no danger, or none any more."""
        line = self._lexicon.normaliser.line(text)
        return not self.read(text).distress and _occurs(
            self._lexicon.reassured, line, frozenset(line.split())
        )

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

    def _types(self, line: str, words: frozenset[str], hits: list[_Hit]) -> tuple[SafetyType, ...]:
        kinds = {hit.rule.type for hit in hits}
        if kinds & self._lexicon.minor_types and _occurs(self._lexicon.minor, line, words):
            kinds.add(SafetyType.mineur_en_danger)
        return tuple(kind for kind in self._lexicon.numbers if kind in kinds)

    def _third_person(self, line: str, words: frozenset[str], hits: Iterable[_Hit]) -> bool:
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
