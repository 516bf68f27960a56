"""The mini-language of ``data/safety/lexicon.toml``, compiled to regular expressions.

A pattern is read over normalised words (see ``words.py``), each followed by one space::

    mot        that word            mot*      a word that begins so
    (a|b c)    one of these         [a]       perhaps
    ..  ...    up to 3, 6 words     !(a|b)    not followed by one of these
    @nom       a list of [listes]   ^  $      start, end of the sentence

A gap never crosses a sentence, a masked idiom or a negation: "il m'a jamais frappée" is not
"il .. frappé". Patterns that need a negation spell it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from accueil.core.safety.model import SafetyDataError
from accueil.core.safety.spelling import expand_elisions
from accueil.core.text import fold

SENTENCE = "|"
MASK = "§"
_TOKEN = re.compile(r"\s*(\.{2,3}|[()\[\]|^$!]|@\w+|[a-z0-9]+\*?)")
_GAP_WORD = r"(?:(?!(?:pas|jamais|rien|personne|aucune?|sans) )[^ |§]+ )"
_COMMON_TEXT = (
    "je me a de le la les un une des il elle on ils que qui et en y ai est suis plus pas se ce "
    "tu te mon ma mes son sa dans pour avec au du moi tout i to my the"
)
_COMMON = frozenset(_COMMON_TEXT.split())
type Anchors = frozenset[str] | None


@dataclass(frozen=True)
class Pattern:
    """One pattern. ``anchors``: words (``stem*``) of which a match has at least one."""

    source: str
    expression: str
    anchors: frozenset[str]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern compiled, when it is first needed: there are a thousand of them."""
        return re.compile(self.expression)


@dataclass(frozen=True, slots=True)
class _Part:
    regex: str
    anchors: Anchors


class PatternCompiler:
    """Compile patterns; remember every word and stem seen, which is the spelling vocabulary."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self.words: set[str] = set()
        self.stems: set[str] = set()
        self._lists: dict[str, _Part] = {}
        for name, sources in lists.items():
            self._lists[name] = _either([self._parse(source) for source in sources])

    def compile(self, source: str) -> Pattern:
        """Raise SafetyDataError when the pattern is malformed or holds nothing but gaps."""
        part = self._parse(source)
        if not part.anchors:
            raise SafetyDataError(f"« {source} » : il faut au moins un mot obligatoire")
        return Pattern(source, "(?<= )" + part.regex, part.anchors)

    def _parse(self, source: str) -> _Part:
        prepared = expand_elisions(fold(source))
        tokens = _TOKEN.findall(prepared)
        if "".join(tokens) != prepared.replace(" ", ""):
            raise SafetyDataError(f"« {source} » : signe inconnu")
        part, rest = self._alternatives(tokens, source)
        if rest:
            raise SafetyDataError(f"« {source} » : parenthèse en trop")
        return part

    def _alternatives(self, tokens: list[str], source: str) -> tuple[_Part, list[str]]:
        branches: list[_Part] = []
        while True:
            branch, tokens = self._sequence(tokens, source)
            branches.append(branch)
            if not tokens or tokens[0] != "|":
                return _either(branches), tokens
            tokens = tokens[1:]

    def _sequence(self, tokens: list[str], source: str) -> tuple[_Part, list[str]]:
        parts: list[_Part] = []
        while tokens and tokens[0] not in ("|", ")", "]"):
            part, tokens = self._element(tokens, source)
            parts.append(part)
        if not parts:
            raise SafetyDataError(f"« {source} » : un choix est vide")
        return _chain(parts), tokens

    def _element(self, tokens: list[str], source: str) -> tuple[_Part, list[str]]:
        opening, rest = tokens[0], tokens[1:]
        if opening in ("(", "["):
            inner, rest = self._alternatives(rest, source)
            if not rest or rest[0] != {"(": ")", "[": "]"}[opening]:
                raise SafetyDataError(f"« {source} » : parenthèse non fermée")
            return (inner if opening == "(" else _Part(f"(?:{inner.regex})?", None)), rest[1:]
        if opening == "!":
            if not rest:
                raise SafetyDataError(f"« {source} » : « ! » ne porte sur rien")
            inner, rest = self._element(rest, source)
            return _Part(f"(?!{inner.regex})", None), rest
        return self._leaf(opening, source), rest

    def _leaf(self, token: str, source: str) -> _Part:
        match token:
            case "..":
                return _Part(_GAP_WORD + "{0,3}?", None)
            case "...":
                return _Part(_GAP_WORD + "{0,6}?", None)
            case "^":
                return _Part(r"(?<=\| )", None)
            case "$":
                return _Part(r"(?=\|)", None)
        if token.startswith("@"):
            if token[1:] not in self._lists:
                raise SafetyDataError(f"« {source} » : la liste {token} n'existe pas (plus haut)")
            return self._lists[token[1:]]
        if token.endswith("*"):
            self.stems.add(token[:-1])
            return _Part(f"{token[:-1]}[^ |]* ", frozenset({token}))
        self.words.add(token)
        return _Part(f"{token} ", frozenset({token}))


def _chain(parts: list[_Part]) -> _Part:
    known = [part.anchors for part in parts if part.anchors]
    best = min(known, key=lambda a: (bool(a & _COMMON), len(a)), default=None)
    return _Part("".join(part.regex for part in parts), best)


def _either(parts: list[_Part]) -> _Part:
    merged: set[str] = set()
    for part in parts:
        merged |= part.anchors or set()
    complete = all(part.anchors for part in parts)
    return _Part(
        f"(?:{'|'.join(part.regex for part in parts)})", frozenset(merged) if complete else None
    )


class PatternIndex[Entry]:
    """Find quickly which of many patterns may match a set of words."""

    def __init__(self, entries: Iterable[tuple[Pattern, Entry]]) -> None:
        self._entries = list(entries)
        self._by_word: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        for position, (pattern, _) in enumerate(self._entries):
            for anchor in pattern.anchors:
                table = self._by_stem if anchor.endswith("*") else self._by_word
                table.setdefault(anchor.rstrip("*"), []).append(position)
        self._lengths = sorted({len(stem) for stem in self._by_stem})

    def candidates(self, words: Iterable[str]) -> list[tuple[Pattern, Entry]]:
        """Entries with an anchor among ``words``, in the order they were given."""
        found: set[int] = set()
        for word in words:
            found.update(self._by_word.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                found.update(self._by_stem.get(word[:length], ()))
        return [self._entries[position] for position in sorted(found)]
