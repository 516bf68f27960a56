"""Choose the words and the number cards that answer a safety reading."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from accueil.core.safety.model import (
    NumberCard,
    SafetyDataError,
    SafetyReading,
    SafetyReply,
    SafetyType,
)
from accueil.core.safety.numbers import EmergencyNumbers

_FIELD = re.compile(r"\{(\w+)(\+?)\}")
_MINIMUM = 3
_MEDICAL = frozenset(
    {
        SafetyType.suicide,
        SafetyType.automutilation,
        SafetyType.surdose,
        SafetyType.urgence_medicale,
        SafetyType.faim,
        SafetyType.sans_abri_ce_soir,
    }
)
_MAX_CARDS = 6


class SafetyReplies:
    """Replies written by editors in ``replies.toml``; numbers and hours come from the registry."""

    def __init__(
        self,
        texts: Mapping[str, Any],
        type_numbers: Mapping[SafetyType, tuple[str, ...]],
        registry: EmergencyNumbers,
    ) -> None:
        self._texts = texts
        self._type_numbers = type_numbers
        self._registry = registry

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read ``replies.toml`` and ``lexicon.toml`` of ``folder`` and the registry beside it.

        Raise SafetyDataError when a type has fewer than three variants, no number open day and
        night, or when a text names a number that the registry does not hold.
        """
        with (folder / "replies.toml").open("rb") as file:
            texts = tomllib.load(file)
        with (folder / "lexicon.toml").open("rb") as file:
            types = tomllib.load(file)["types"]
        numbers = {kind: tuple(types[kind]["numeros"]) for kind in SafetyType}
        registry = EmergencyNumbers.load(folder.parent / "reference" / "emergency_numbers.toml")
        replies = cls(texts, numbers, registry)
        replies._check()
        return replies

    @property
    def registry(self) -> EmergencyNumbers:
        """The numbers these replies quote."""
        return self._registry

    def reply(self, reading: SafetyReading, previous: int | None) -> tuple[int, SafetyReply]:
        """Answer a reading that shows distress.

        ``previous`` is the variant shown last in this conversation, never shown twice running.
        Raise ValueError when the reading shows no distress.
        """
        if not reading.types:
            raise ValueError("no distress in this reading")
        kind = reading.types[0]
        variants = self._texts[kind]["tierce" if reading.third_person else "premiere"]
        index = _next(previous, len(variants))
        minor = SafetyType.mineur_en_danger in reading.types and kind != "mineur_en_danger"
        parts = [variants[index]]
        if minor and not reading.third_person:
            parts.append(_turn(self._texts["mineur"], index))
        parts.append(_turn(self._texts["fins"], index))
        cards = self._cards(("119", *reading.numbers) if minor else reading.numbers, reading)
        return index, SafetyReply("\n\n".join(self._render(part, kind) for part in parts), cards)

    def follow_up(
        self,
        last_type: SafetyType,
        third_person: bool,
        previous: int | None,
        *,
        fears_discovery: bool = False,
    ) -> tuple[int, SafetyReply]:
        """Stay with someone who goes on writing after a safety reply, without a distress word.

        ``fears_discovery``: the writer is afraid that someone learns of it (see
        ``SafetyDetector.fears_discovery``); says how to erase and how to write in silence.
        """
        named = "decouverte" if fears_discovery else "tierce" if third_person else "premiere"
        variants = self._texts["suites"][named]
        index = _next(previous, len(variants))
        numbers = self._type_numbers[last_type]
        if fears_discovery:
            numbers = tuple(dict.fromkeys((*numbers[:1], "114", "119", *numbers[1:])))
        cards = tuple(self._registry.get(number).card() for number in numbers[:_MAX_CARDS])
        return index, SafetyReply(self._render(variants[index], last_type), cards)

    def reassured(self, previous: int | None) -> tuple[int, SafetyReply]:
        """Answer someone who says that there is no danger; the numbers stay in the text."""
        variants = self._texts["suites"]["rassure"]
        index = _next(previous, len(variants))
        text = self._render(variants[index], SafetyType.suicide)
        return index, SafetyReply(text, ())

    def _cards(self, numbers: Iterable[str], reading: SafetyReading) -> tuple[NumberCard, ...]:
        """Keep the reading's order, its first number first, then a minor's 119."""
        ordered = dict.fromkeys((reading.numbers[0], *numbers))
        return tuple(self._registry.get(number).card() for number in list(ordered)[:_MAX_CARDS])

    def _render(self, text: str, kind: SafetyType) -> str:
        def fill(found: re.Match[str]) -> str:
            number = self._registry.get(self._number(found[1], kind))
            return f"{number.display} ({number.mention})" if found[2] else number.display

        return typeset(_FIELD.sub(fill, text))

    def _number(self, field: str, kind: SafetyType) -> str:
        match field:
            case "appel":
                return next(
                    n for n in self._type_numbers[kind] if self._registry.get(n).always_open
                )
            case "secours":
                return "15" if kind in _MEDICAL else "17"
        return field

    def _check(self) -> None:
        for kind in SafetyType:
            if not any(self._registry.get(n).always_open for n in self._type_numbers[kind]):
                raise SafetyDataError(f"{kind} : aucun numéro ouvert jour et nuit")
            for who in ("premiere", "tierce"):
                _enough(f"{kind}.{who}", self._texts.get(kind, {}).get(who, []))
                for text in self._texts[kind][who]:
                    self._render(text, kind)
        for name, variants in self._texts["suites"].items():
            _enough(f"suites.{name}", variants)


def typeset(text: str) -> str:
    """Curve apostrophes; put the French no-break spaces before ``? ! ; :`` and inside ``« »``."""
    curved = text.replace("'", "’")
    thin = re.sub(r" ([?!;])", "\u202f\\1", curved)
    return re.sub(r" (?=[:»])|(?<=«) |(?<=\d) (?=[hj]/)|(?<=\d) (?=h\b)", "\u00a0", thin)


def _enough(name: str, variants: list[str]) -> None:
    if len(set(variants)) < _MINIMUM:
        raise SafetyDataError(f"{name} : il faut au moins {_MINIMUM} variantes différentes")


def _next(previous: int | None, count: int) -> int:
    return 0 if previous is None else (previous + 1) % count


def _turn(texts: list[str], index: int) -> str:
    return texts[index % len(texts)]
