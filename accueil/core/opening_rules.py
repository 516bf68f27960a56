"""When a counsellor receives, apart from who and where; shown in words that can be read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from accueil.core.french import join, show_hours
from accueil.core.territory import DAYS, DEFAULT_MODALITIES, Modality, Opening, WeeklyHours

EVERY = {2: "deux", 3: "trois", 4: "quatre"}
WAYS = {
    Modality.ON_SITE: "sur place",
    Modality.PHONE: "par téléphone",
    Modality.VIDEO: "en visio",
}


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """The days, hours and ways of one opening, in the site's local time: see ``Opening``."""

    weekday: int
    start: time
    end: time
    first_day: date | None = None
    last_day: date | None = None
    every_weeks: int = 1
    month_weeks: tuple[int, ...] = ()
    except_days: tuple[date, ...] = ()
    modalities: tuple[Modality, ...] = DEFAULT_MODALITIES

    @classmethod
    def of(cls, opening: Opening) -> "OpeningRule":
        """Return the rule of an opening."""
        return cls(
            opening.weekday,
            opening.start,
            opening.end,
            opening.first_day,
            opening.last_day,
            opening.every_weeks,
            tuple(opening.month_weeks),
            tuple(sorted(opening.except_days)),
            tuple(one for one in Modality if one in opening.modalities),
        )

    def opening(self, identifier: str, counsellor_id: str, site_id: str) -> Opening:
        """Return the opening that follows this rule."""
        return Opening(
            identifier,
            counsellor_id,
            site_id,
            self.weekday,
            self.start,
            self.end,
            self.first_day,
            self.last_day,
            self.every_weeks,
            list(self.month_weeks),
            list(self.except_days),
            list(self.modalities),
        )

    def hours(self) -> WeeklyHours:
        """Return the span in the week."""
        return WeeklyHours(self.weekday, self.start, self.end)

    def is_once(self) -> bool:
        """Tell whether it takes place on one day only."""
        return self.first_day is not None and self.first_day == self.last_day

    def days(self) -> tuple[object, ...]:
        """Return what chooses the days and the ways, hours left out."""
        bounds = (self.first_day, self.last_day, self.every_weeks)
        return (*bounds, self.month_weeks, self.except_days, self.modalities)

    def clashes(self, other: "OpeningRule") -> bool:
        """Tell whether two rules share hours of the same days, in the same way."""
        return (
            (self.weekday, *self.days()[:4]) == (other.weekday, *other.days()[:4])
            and self.start < other.end
            and other.start < self.end
            and bool(set(self.modalities) & set(other.modalities))
        )


def show_openings(rules: Iterable[OpeningRule]) -> list[str]:
    """Return one line for each run of days: ``1er et 3e jeudi : 14 h – 17 h, par téléphone``.

    ``opening_words.read_opening_rules`` reads the lines back, joined by semicolons.
    """
    groups: dict[object, list[OpeningRule]] = {}
    for rule in sorted(rules, key=lambda one: (one.weekday, one.start, one.end)):
        # "1er lundi au mercredi" would say something else: one line a day.
        day = rule.weekday if rule.month_weeks or rule.is_once() else None
        groups.setdefault((day, rule.days()), []).append(rule)
    return [line for group in groups.values() for line in _lines(group)]


def _lines(group: list[OpeningRule]) -> list[str]:
    rule = group[0]
    lines = show_hours([one.hours() for one in group])
    if rule.is_once():
        name = DAYS[rule.weekday]
        lines = [f"le {name} {rule.first_day}{line.removeprefix(name)}" for line in lines]
    elif rule.month_weeks:
        lines = [f"{_ranks(rule.month_weeks)} {line}" for line in lines]
    return [line + _tail(rule) for line in lines]


def _tail(rule: OpeningRule) -> str:
    words = ""
    if rule.every_weeks > 1:
        words += f", une semaine sur {EVERY.get(rule.every_weeks, str(rule.every_weeks))}"
    if not rule.is_once():
        words += _bounds(rule.first_day, rule.last_day)
    if rule.except_days:
        words += f", sauf {join([f'le {day}' for day in rule.except_days])}"
    if rule.modalities != DEFAULT_MODALITIES:
        words += f", {join([WAYS[one] for one in rule.modalities])}"
    return words


def _bounds(first: date | None, last: date | None) -> str:
    if first and last:
        return f" du {first} au {last}"
    if first:
        return f" à partir du {first}"
    return f" jusqu’au {last}" if last else ""


def _ranks(weeks: Iterable[int]) -> str:
    return join(["dernier" if one < 0 else "1er" if one == 1 else f"{one}e" for one in weeks])
