"""A written answer as its page shows it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accueil.content.typography import mend_line
from accueil.core.answers import Answer, Variant
from accueil.core.booking import REASONS
from accueil.services.chat.wording import being_checked

HOME = "/reponses"
_PLACES = {
    "region": "En région {}",
    "departement": "Dans le département {}",
    "mission_locale": "À la {}",
}
_LONGEST_DESCRIPTION = 155


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from. Days in France."""

    title: str
    url: str
    checked_on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class VariantView:
    """One text: ``place`` is empty when it is for everybody; an expired one says so instead."""

    place: str
    text: str
    easy: str
    source: Source
    is_expired: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What the page of an answer says."""

    key: str
    title: str
    theme: str
    variants: tuple[VariantView, ...]
    see_also: tuple[tuple[str, str], ...]
    """Other answers: (address, title)."""

    @property
    def path(self) -> str:
        """Return the address of the page."""
        return f"{HOME}/{self.key}"

    @property
    def theme_path(self) -> str:
        """Return the address of the page of its theme."""
        return f"{HOME}/{self.theme}"

    @property
    def theme_title(self) -> str:
        """Return the name of its theme."""
        return theme_title(self.theme)

    @property
    def checked_on(self) -> date | None:
        """Return the day of the last check of any of its sources."""
        days = [one.source.checked_on for one in self.variants if one.source.checked_on]
        return max(days, default=None)

    @property
    def description(self) -> str:
        """Return one or two sentences, for search engines and lists."""
        first = self.variants[0]
        return shortened(first.text if first.is_expired or not first.easy else first.easy)


def view_of(answer: Answer, today: date, titles: Mapping[str, str]) -> AnswerView:
    """Return the view on a day in France; ``titles`` leads from a question to its key."""
    others = dict.fromkeys(
        button["payload"]
        for variant in answer.variants
        for button in variant.buttons
        if titles.get(button["payload"], answer.key) != answer.key
    )
    variants = sorted(answer.variants, key=lambda one: bool(one.where))
    return AnswerView(
        answer.key,
        mend_line(answer.title),
        answer.theme,
        tuple(_variant(one, today) for one in variants),
        tuple((f"{HOME}/{titles[one]}", mend_line(one)) for one in others),
    )


def titles_of(answers: Iterable[Answer]) -> dict[str, str]:
    """Return the key of each question that has an answer."""
    return {one.title: one.key for one in answers}


def themes_of(answers: Sequence[Answer]) -> dict[str, list[Answer]]:
    """Return the answers of each theme, in the order in which themes are always named."""
    themes = {code: [one for one in answers if one.theme == code] for code in REASONS}
    return {code: ones for code, ones in themes.items() if ones}


def theme_title(code: str) -> str:
    """Return the name of a theme."""
    return REASONS[code].title


def shortened(text: str) -> str:
    """Return the first sentences, as many as fit in a description."""
    flat = re.sub(r"\s*\n\s*", " ", text.strip())
    if len(flat) <= _LONGEST_DESCRIPTION:
        return flat
    cut = flat[:_LONGEST_DESCRIPTION]
    end = max(cut.rfind(sign) for sign in (". ", "\u202f? ", "\u202f! "))
    if end > _LONGEST_DESCRIPTION // 3:
        return cut[: end + 2].strip()
    return cut.rpartition(" ")[0] + "…"


def _variant(variant: Variant, today: date) -> VariantView:
    card = variant.card
    expired = variant.is_expired(today)
    return VariantView(
        " ".join(_PLACES[name].format(value) for name, value in variant.where.items()),
        being_checked(card) if expired else variant.text,
        "" if expired else str(card.get("easy") or ""),
        Source(
            str(card.get("title") or ""),
            str(card.get("url") or ""),
            _day(card.get("checked_on")),
            _day(card.get("expires_on")),
        ),
        expired,
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
