"""Read one time of the clock: "14h30", "dix heures et demie", "midi moins le quart"."""

from dataclasses import dataclass
from datetime import time

from accueil.core.dates.lexer import Tokens
from accueil.core.dates.lexicon import CLOSES_WISH, MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS

# Nobody is received at 2 in the morning: "à 2h" is the afternoon unless written "02h" or "02:00".
_LAST_AFTERNOON_HOUR = 5
# Round numbers of hours that are lengths (a week of work, a delay) and never a time.
_LENGTHS = frozenset({24, 26, 28, 30, 32, 35, 36, 39, 40, 42, 45, 48, 72, 96})
# Minutes that may be said in words after an hour in figures: "9 heures trente".
_ROUND_MINUTES = frozenset({5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55})
_MORNING = frozenset({"matin", "mat"})
_EVENING = frozenset({"soir", "aprem"})


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the clock and the token after it; ``time`` is None when no clock shows it."""

    time: time | None
    end: int


def read_clock(tokens: Tokens, at: int) -> Clock | None:
    """Read a time that is written as one: a number followed by "h" or ":", midi, minuit."""
    if tokens.word(at) in {"midi", "minuit"}:
        hour = 12 if tokens.word(at) == "midi" else 0
        return _with_minutes(tokens, at + 1, hour, spoken=True)
    hour_said = tokens.number(at)
    if hour_said is None or tokens.digits(at) > 2:
        return None
    if tokens.word(at + 1) == "heures":
        return _after_hour(tokens, at, hour_said)
    if tokens.word(at + 1) == ":" and tokens.glued(at + 1) and tokens.digits(at + 2) == 2:
        return Clock(_valid(hour_said, tokens.number(at + 2) or 0), at + 3)
    if tokens.word(at + 1) == "." and _is_dotted_time(tokens, at):
        return Clock(_valid(hour_said, tokens.number(at + 2) or 0), at + 3)
    return None


def _is_dotted_time(tokens: Tokens, at: int) -> bool:
    """Tell "à 14.30" and "mardi 14.30" from "14.05", a date, and "12.50", a mark."""
    minutes = tokens.number(at + 2)
    if tokens.digits(at + 2) != 2 or minutes is None or not tokens.glued(at + 2):
        return False
    if not tokens.glued(at + 1) or tokens.word(at + 3) not in CLOSES_WISH - {"."}:
        return False
    before = tokens.word(at - 1)
    if before in {"a", "vers", "pour"}:
        return True
    after_day = before in WEEKDAYS or before in {"demain", "aujourdhui", "apresdemain"}
    return (after_day or not before) and not 1 <= minutes <= 12


def read_bare_hour(tokens: Tokens, at: int, *, opens_range: bool = False) -> Clock | None:
    """Read a number that only its neighbours make an hour: "entre 10 et 12h", "mardi à 10"."""
    hour = tokens.number(at)
    if hour is None or tokens.digits(at) > 2 or hour > 24:
        return None
    if not opens_range and starts_date(tokens, at):
        return None
    return Clock(_valid(_as_meant(hour, tokens.digits(at)), 0), at + 1)


def starts_date(tokens: Tokens, at: int) -> bool:
    """Say whether the number at ``at`` is the day of a date: "3 décembre", "3/12"."""
    following = tokens.word(at + 1)
    if following in MONTHS or following in MONTH_ABBREVIATIONS:
        return True
    return following in {"/", ".", "-"} and tokens.digits(at + 2) > 0 and tokens.glued(at + 2)


def _after_hour(tokens: Tokens, at: int, hour: int) -> Clock | None:
    if hour in _LENGTHS and tokens.digits(at + 2) == 0 and tokens.word(at - 1) != "a":
        return None
    clock = _with_minutes(tokens, at + 2, hour, spoken=tokens.digits(at) == 0)
    after = tokens.after(clock.end, "de", "du")
    after = tokens.after(after, "le")
    part = tokens.word(after)
    joined = after > clock.end
    if clock.time is None or clock.time.hour >= 12:
        is_same_part = joined and part in _MORNING | _EVENING
        return Clock(clock.time, after + 1 if is_same_part else clock.end)
    if joined and part in _MORNING:
        return Clock(time(hour, clock.time.minute), after + 1)
    if joined and part in _EVENING:
        return Clock(clock.time.replace(hour=clock.time.hour + 12), after + 1)
    meant = _as_meant(clock.time.hour, tokens.digits(at))
    return Clock(clock.time.replace(hour=meant), clock.end)


def _with_minutes(tokens: Tokens, at: int, hour: int, *, spoken: bool) -> Clock:
    if tokens.word(at) == "et" and tokens.word(at + 1) in {"demi", "demie", "demis"}:
        return Clock(_valid(hour, 30), at + 2)
    if tokens.spells(at, "et", "quart") or tokens.spells(at, "un", "quart"):
        return Clock(_valid(hour, 15), at + 2)
    if tokens.word(at) == "moins":
        return _before_hour(tokens, at, hour)
    minutes = tokens.number(at)
    if minutes is None or not _are_minutes(tokens, at, spoken=spoken):
        return Clock(_valid(hour, 0), at)
    return Clock(_valid(hour, minutes), tokens.after(at + 1, "min", "minute", "minutes", "mn"))


def _are_minutes(tokens: Tokens, at: int, *, spoken: bool) -> bool:
    if tokens.glued(at):
        return tokens.digits(at) == 2
    if tokens.word(at + 1) in {"heures", ":"} or starts_date(tokens, at):
        return False
    if tokens.digits(at) == 0:
        return (tokens.number(at) or 0) >= 5 if spoken else tokens.number(at) in _ROUND_MINUTES
    return tokens.digits(at) == 2


def _before_hour(tokens: Tokens, at: int, hour: int) -> Clock:
    quarter = tokens.after(at + 1, "le", "un")
    if tokens.word(quarter) == "quart":
        return Clock(_valid(hour - 1, 45), quarter + 1)
    minutes = tokens.number(at + 1)
    if minutes is not None and 0 < minutes < 60:
        return Clock(_valid(hour - 1, 60 - minutes), at + 2)
    return Clock(_valid(hour, 0), at)


def _as_meant(hour: int, digits: int) -> int:
    afternoon = 1 <= hour <= _LAST_AFTERNOON_HOUR and digits < 2
    return hour + 12 if afternoon else hour


def _valid(hour: int, minute: int) -> time | None:
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None
