"""The slot calculator: cases, and what must hold for any week, zone and set of appointments."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accueil.core.booking import DEFAULT_REASON, Interval, Reason, Slot, free_slots, is_open
from accueil.core.territory import Opening

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ZONES = (
    "Europe/Paris America/Guadeloupe America/Cayenne America/Miquelon Indian/Reunion "
    "Indian/Mayotte Pacific/Noumea Pacific/Tahiti Pacific/Marquesas Pacific/Wallis"
).split()


def opening(
    weekday: int, start: time, end: time, counsellor: str = "nadia", number: int = 0
) -> Opening:
    return Opening(f"{counsellor}-{weekday}-{number}", counsellor, "centre", weekday, start, end)


def local_starts(slots: list[Slot], zone: ZoneInfo = PARIS) -> list[str]:
    return [slot.start.astimezone(zone).strftime("%d %H:%M") for slot in slots]


def reason(minutes: int = 45, notice: int = 0, days: int = 6) -> Reason:
    return Reason("test", "Test", minutes * MINUTE, timedelta(hours=notice), timedelta(days=days))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


def test_an_opening_is_cut_every_quarter_of_an_hour() -> None:
    slots = free_slots(
        [opening(1, time(9), time(10, 30))], {}, frozenset(), PARIS, reason(), MONDAY
    )
    assert local_starts(slots) == ["24 09:00", "24 09:15", "24 09:30", "24 09:45"]
    assert {slot.end - slot.start for slot in slots} == {45 * MINUTE}
    assert {slot.start.utcoffset() for slot in slots} == {timedelta(0)}


@pytest.mark.parametrize(
    ("start", "end", "minutes", "expected"),
    [
        (time(9), time(9, 45), 45, ["24 09:00"]),
        (time(9), time(9, 44), 45, []),
        (time(9, 5), time(10), 45, ["24 09:15"]),
        (time(9, 20), time(10, 10), 20, ["24 09:30", "24 09:45"]),
        (time(9), time(10), 50, ["24 09:00"]),
        (time(9), time(9), 45, []),
        (time(10), time(9), 45, []),
        (time(9), time(10), 60, ["24 09:00"]),
        (time(23), time(23, 59), 45, ["24 23:00"]),
    ],
)
def test_odd_openings_and_lengths_stay_aligned(
    start: time, end: time, minutes: int, expected: list[str]
) -> None:
    slots = free_slots([opening(1, start, end)], {}, frozenset(), PARIS, reason(minutes), MONDAY)
    assert local_starts(slots) == expected


@pytest.mark.parametrize(
    ("busy", "expected"),
    [
        ([(9, 0, 9, 45)], ["24 09:45", "24 10:00", "24 10:15"]),
        ([(9, 0, 9, 50)], ["24 10:00", "24 10:15"]),
        ([(9, 50, 9, 55)], ["24 09:00", "24 10:00", "24 10:15"]),
        ([(8, 0, 9, 0), (11, 0, 12, 0)], [
            "24 09:00", "24 09:15", "24 09:30", "24 09:45", "24 10:00", "24 10:15"]),
        ([(8, 0, 12, 0)], []),
        ([(10, 15, 11, 0), (9, 0, 9, 30)], ["24 09:30"]),
        ([(9, 0, 10, 0), (9, 15, 9, 30), (9, 45, 10, 15)], ["24 10:15"]),
    ],
)  # fmt: skip
def test_appointments_are_taken_out(busy: list[tuple[int, ...]], expected: list[str]) -> None:
    taken = {"nadia": [Interval(at(24, a, b), at(24, c, d)) for a, b, c, d in busy]}
    openings = [opening(1, time(9), time(11))]
    assert local_starts(
        free_slots(openings, taken, frozenset(), PARIS, reason(), MONDAY)
    ) == expected  # fmt: skip


def test_the_load_is_shared() -> None:
    openings = [opening(1, time(9), time(9, 45), name) for name in ("nadia", "karim", "amel")]
    busy = {"amel": [Interval(at(25, 9), at(25, 10))], "nadia": []}
    (slot,) = free_slots(openings, busy, frozenset(), PARIS, reason(), MONDAY)
    assert slot.counsellor_id == "karim"


@pytest.mark.parametrize(
    ("hours", "first"),
    [(0, "23 09:00"), (1, "23 09:00"), (4, "23 12:00"), (24, "24 09:00"), (200, None)],
)
def test_notice_and_horizon(hours: int, first: str | None) -> None:
    openings = [opening(day, time(9), time(17)) for day in range(5)]
    now = at(23, 8)
    starts = local_starts(free_slots(openings, {}, frozenset(), PARIS, reason(45, hours), now))
    assert (starts[0] if starts else None) == first
    if starts:
        assert max(starts) <= "29 08:00"


def test_the_first_and_the_last_instants_count() -> None:
    openings = [opening(1, time(9), time(17))]
    one = reason(45, notice=1, days=1)
    slots = free_slots(openings, {}, frozenset(), PARIS, one, at(23, 10, 15))
    assert local_starts(slots)[-1] == "24 10:15"
    slots = free_slots(openings, {}, frozenset(), PARIS, one, at(24, 8))
    assert local_starts(slots)[0] == "24 09:00"


def test_closed_days_are_local_days() -> None:
    noumea = ZoneInfo("Pacific/Noumea")
    closed = frozenset({date(2026, 11, 24)})
    openings = [opening(day, time(8), time(9)) for day in range(7)]
    starts = local_starts(free_slots(openings, {}, closed, noumea, reason(), MONDAY), noumea)
    assert {start[:2] for start in starts} == {"25", "26", "27", "28", "29"}


@pytest.mark.parametrize(
    ("now", "summer", "winter"),
    [
        (datetime(2026, 10, 22, tzinfo=UTC), date(2026, 10, 23), date(2026, 10, 26)),
        (datetime(2027, 3, 25, tzinfo=UTC), date(2027, 3, 29), date(2027, 3, 26)),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_over_a_clock_change(
    now: datetime, summer: date, winter: date
) -> None:
    openings = [opening(day, time(9), time(9, 45)) for day in range(7)]
    slots = free_slots(openings, {}, frozenset(), PARIS, reason(), now)
    assert {start[3:] for start in local_starts(slots)} == {"09:00"}
    by_day = {slot.start.date(): slot.start.hour for slot in slots}
    assert (by_day[summer], by_day[winter]) == (7, 8)


def test_the_night_of_the_clock_change_is_as_long_as_it_is() -> None:
    night = [opening(6, time(1), time(4))]
    shorter = free_slots(
        night, {}, frozenset(), PARIS, reason(60), datetime(2027, 3, 25, tzinfo=UTC)
    )
    longer = free_slots(
        night, {}, frozenset(), PARIS, reason(60), datetime(2026, 10, 22, tzinfo=UTC)
    )
    assert (len(shorter), len(longer)) == (5, 13)


def test_no_opening_no_slot() -> None:
    assert free_slots([], {}, frozenset(), PARIS, DEFAULT_REASON, MONDAY) == []


quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
any_time = st.times(min_value=time(6), max_value=time(21)).map(
    lambda one: one.replace(second=0, microsecond=0)
)
openings_drawn = st.lists(
    st.tuples(
        st.integers(0, 6),
        any_time,
        any_time,
        st.sampled_from(("nadia", "karim")),
        st.integers(0, 9),
    )
    .filter(lambda drawn: drawn[1] < drawn[2])
    .map(lambda drawn: opening(*drawn)),
    max_size=6,
)
near_clock_changes = st.sampled_from(
    [datetime(2026, 10, 23, tzinfo=UTC), datetime(2027, 3, 26, tzinfo=UTC), MONDAY]
)
minutes_drawn = st.integers(0, 6 * 24 * 60)


@settings(max_examples=80, deadline=None)
@given(
    openings=openings_drawn,
    zone_name=st.sampled_from(ZONES),
    now=st.tuples(near_clock_changes, minutes_drawn).map(lambda one: one[0] + one[1] * MINUTE),
    taken=st.lists(st.tuples(minutes_drawn, st.integers(1, 180)), max_size=8),
    minutes=st.sampled_from([15, 20, 30, 45, 50, 60, 90]),
    closed=st.integers(0, 6),
)
def test_what_holds_for_every_slot(
    openings: list[Opening],
    zone_name: str,
    now: datetime,
    taken: list[tuple[int, int]],
    minutes: int,
    closed: int,
) -> None:
    zone = ZoneInfo(zone_name)
    wanted = reason(minutes, notice=4, days=6)
    intervals = [Interval(now + a * MINUTE, now + (a + b) * MINUTE) for a, b in taken]
    busy = {"nadia": intervals[::2], "karim": intervals[1::2]}
    closed_day = (now + timedelta(days=closed)).astimezone(zone).date()

    slots = free_slots(openings, busy, frozenset({closed_day}), zone, wanted, now)

    assert slots == sorted(slots)
    assert len({slot.start for slot in slots}) == len(slots)
    for slot in slots:
        start = slot.start.astimezone(zone)
        assert slot.end - slot.start == minutes * MINUTE
        assert (start.minute % 15, start.second, start.microsecond) == (0, 0, 0)
        assert now + wanted.notice <= slot.start <= now + wanted.horizon
        assert start.date() != closed_day
        span = Interval(slot.start, slot.end)
        assert not any(one.overlaps(span) for one in busy[slot.counsellor_id])
        mine = [one for one in openings if one.counsellor_id == slot.counsellor_id]
        assert is_open(mine, span, busy[slot.counsellor_id], frozenset(), zone)
        # Openings that touch are one; each whole step of the span lies in one of them.
        for number in range(minutes // 5):
            step = (slot.start + number * 5 * MINUTE).astimezone(zone)
            assert any(
                one.weekday == step.weekday()
                and one.start <= step.time()
                and (step + 5 * MINUTE).time() <= one.end
                for one in mine
            )


@settings(max_examples=40, deadline=None)
@given(openings=openings_drawn, zone_name=st.sampled_from(ZONES), now=near_clock_changes)
def test_no_free_quarter_is_forgotten(
    openings: list[Opening], zone_name: str, now: datetime
) -> None:
    """Every quarter hour from which an opening lasts long enough is proposed."""
    zone = ZoneInfo(zone_name)
    wanted = reason(45, days=3)
    found = {slot.start for slot in free_slots(openings, {}, frozenset(), zone, wanted, now)}
    for number in range(3 * 24 * 4 + 1):
        instant = now + number * 15 * MINUTE
        start = instant.astimezone(zone)
        end = (instant + 45 * MINUTE).astimezone(zone)
        if start.date() == end.date() and any(
            one.weekday == start.weekday() and one.start <= start.time() and end.time() <= one.end
            for one in openings
        ):
            assert instant in found


@given(quarters, st.integers(1, 200), st.integers(-300, 300))
def test_overlap_is_symmetric_and_half_open(start: time, length: int, shift: int) -> None:
    begin = datetime.combine(date(2026, 11, 24), start, UTC)
    one = Interval(begin, begin + length * MINUTE)
    other = Interval(begin + shift * MINUTE, begin + (shift + length) * MINUTE)
    assert one.overlaps(other) == other.overlaps(one) == (abs(shift) < length)
