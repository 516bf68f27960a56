"""From wishes to the few slots worth proposing."""

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accueil.core.booking import DEFAULT_REASON, Proposal, Slot, Wish, free_slots, propose
from accueil.core.dates import read_dates
from accueil.core.territory import Opening

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 8, tzinfo=PARIS)
OPENINGS = [
    Opening(f"{day}-{start}", "nadia", "centre", day, time(start), time(end))
    for day in range(5)
    for start, end in ((9, 12), (14, 17))
]
SLOTS = free_slots(OPENINGS, {}, frozenset(), PARIS, DEFAULT_REASON, NOW.astimezone(UTC))


def wish(*messages: str) -> Wish:
    found = Wish()
    for message in messages:
        found = found.refine(read_dates(message, NOW))
    return found


def shown(proposal: Proposal) -> list[str]:
    return [slot.start.astimezone(PARIS).strftime("%d %H:%M") for slot in proposal.slots]


def proposed(*messages: str, slots: list[Slot] = SLOTS) -> tuple[list[str], bool]:
    proposal = propose(slots, wish(*messages), PARIS)
    return shown(proposal), proposal.matched


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ((), ["23 14:00", "24 09:00", "24 14:00"]),
        (("mardi",), ["24 09:00", "24 10:00", "24 14:00"]),
        (("jeudi matin",), ["26 09:00", "26 10:00", "26 11:00"]),
        (("mardi à 10h",), ["24 10:00"]),
        (("jeudi", "16h"), ["26 16:00"]),
        (("le matin", "mardi"), ["24 09:00", "24 10:00", "24 11:00"]),
        (("mardi", "plutôt jeudi"), ["26 09:00", "26 10:00", "26 14:00"]),
        (("pas mardi", ), ["23 14:00", "25 09:00", "25 14:00"]),
        (("mardi ou jeudi", "pas mardi"), ["26 09:00", "26 10:00", "26 14:00"]),
        (("mardi", "peu importe"), ["24 09:00", "24 10:00", "24 14:00"]),
        (("l'après-midi",), ["23 14:00", "24 14:00", "25 14:00"]),
    ],
)  # fmt: skip
def test_what_is_wished_is_proposed(messages: tuple[str, ...], expected: list[str]) -> None:
    found, matched = proposed(*messages)
    assert matched
    assert found == expected


def test_an_exact_hour_comes_alone_and_is_said_exact() -> None:
    proposal = propose(SLOTS, wish("mardi à 10h"), PARIS)
    assert (proposal.exact, len(proposal.slots)) == (True, 1)
    assert not propose(SLOTS, wish("mardi"), PARIS).exact


@pytest.mark.parametrize(
    ("messages", "day"),
    [(("mardi à 13h",), "24"), (("mardi à 8h",), "24"), (("samedi",), "30"), (("dimanche",), "30")],
)
def test_what_cannot_be_is_not_called_matching(messages: tuple[str, ...], day: str) -> None:
    found, matched = proposed(*messages)
    assert not matched
    assert found[0].startswith(day)


def test_the_nearest_hours_of_the_day_are_proposed_nearest_first() -> None:
    assert proposed("mardi à 13h")[0] == ["24 14:00", "24 11:15", "24 15:00"]


def test_nothing_free_nothing_proposed() -> None:
    assert proposed("mardi", slots=[]) == ([], False)
    assert proposed(slots=[]) == ([], False)


def test_a_refusal_is_kept_even_when_nothing_suits() -> None:
    found, matched = proposed("mardi à 13h", "pas mardi")
    assert not any(one.startswith("24") for one in found)
    assert found or not matched


@pytest.mark.parametrize(
    ("messages", "one_day"),
    [(("mardi",), True), (("mardi matin",), True), (("mardi à 10h",), True),
    (("mardi ou jeudi",), False),
     (("la semaine prochaine",), False), ((), False)],
)  # fmt: skip
def test_one_day(messages: tuple[str, ...], one_day: bool) -> None:
    assert wish(*messages).is_one_day(PARIS) is one_day


def test_an_empty_wish() -> None:
    assert Wish().is_empty()
    assert Wish().first_start() is None
    assert Wish.from_dict(None, PARIS) == Wish.from_dict({}, PARIS) == Wish()
    assert not wish("pas lundi").is_empty()


@pytest.mark.parametrize(
    "messages",
    [(), ("mardi",), ("mardi à 10h",), ("le matin",), ("à partir de jeudi",), ("pas lundi",),
     ("la semaine prochaine sauf mercredi",), ("mardi ou jeudi après 15h",), ("avant 11h",),
     ("pas 8h30",), ("mardi", "je bosse le matin")],
)  # fmt: skip
def test_a_wish_survives_a_dialogue_slot(messages: tuple[str, ...]) -> None:
    one = wish(*messages)
    back = Wish.from_dict(json.loads(json.dumps(one.to_dict())), PARIS)
    assert back == one
    assert [back.accepts(s.start, PARIS) for s in SLOTS] == [
        one.accepts(s.start, PARIS) for s in SLOTS
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(range(len(SLOTS))), unique=True, max_size=40),
    st.sampled_from(["", "mardi", "mardi à 10h", "le matin", "pas mardi", "la semaine prochaine"]),
)
def test_proposals_are_few_free_sorted_apart_and_true(indices: list[int], message: str) -> None:
    slots = sorted(SLOTS[index] for index in indices)
    one = wish(message)
    proposal = propose(slots, one, PARIS)
    assert len(proposal.slots) <= 3
    assert set(proposal.slots) <= set(slots)
    assert list(proposal.slots) == sorted(proposal.slots)
    gaps = [b.start - a.start for a, b in zip(proposal.slots, proposal.slots[1:], strict=False)]
    assert all(gap >= timedelta(hours=1) for gap in gaps)
    suits = [one.accepts(slot.start, PARIS) for slot in proposal.slots]
    assert all(suits) if proposal.matched else not any(suits)
    if any(one.accepts(slot.start, PARIS) for slot in slots):
        assert proposal.matched


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (("mardi", "pas 9h"), ["24 09:30", "24 10:30", "24 14:00"]),
        (("mardi", "je bosse le matin"), ["24 14:00", "24 15:00", "24 16:00"]),
        (("je bosse le matin",), ["23 14:00", "24 14:00", "25 14:00"]),
        (("je bosse le matin", "mercredi"), ["25 14:00", "25 15:00", "25 16:00"]),
        (("je bosse le matin", "jeudi", "plutôt vendredi"), ["27 14:00", "27 15:00", "27 16:00"]),
        (("mardi", "9h c trop tot"), ["24 09:30", "24 10:30", "24 14:00"]),
        (("mardi", "14h c trop tard"), ["24 09:00", "24 10:00", "24 11:00"]),
        (("mardi matin", "9h bof"), ["24 09:30", "24 10:30"]),
        (("mardi matin", "en fait le matin c mort"), ["24 14:00", "24 15:00", "24 16:00"]),
        (("mardi à 10h", "10h ça va pas"), ["24 09:00", "24 10:30", "24 14:00"]),
        (("pas le matin", "le matin en fait"), ["24 09:00", "25 09:00", "26 09:00"]),
        (("le matin", "pas le matin"), ["23 14:00", "24 14:00", "25 14:00"]),
        (("pas 9h", "peu importe"), ["23 14:00", "24 09:30", "24 14:00"]),
        (("mardi pas trop tot",), ["24 10:00", "24 11:00", "24 14:00"]),
        (("jpeux que le mercredi aprem jai cours sinon",), ["25 14:00", "25 15:00", "25 16:00"]),
        (("jeudi 14 ou 15h",), ["26 14:00"]),
        (("demain c trop tot",), ["25 09:00", "25 14:00", "26 09:00"]),
        (("jeudi c trop tard",), ["23 14:00", "24 09:00", "24 14:00"]),
    ],
)  # fmt: skip
def test_hours_refused_are_refused_on_every_day(
    messages: tuple[str, ...], expected: list[str]
) -> None:
    found, matched = proposed(*messages)
    assert matched
    assert found == expected


def test_what_is_refused_is_not_proposed_when_nothing_suits() -> None:
    found, matched = proposed("je bosse le matin", "samedi")
    assert not matched
    assert all(one.endswith(("14:00", "15:00", "16:00")) for one in found)


def test_a_wish_kept_before_refused_hours_is_read() -> None:
    kept = wish("mardi").to_dict()
    del kept["refused_times"]
    assert Wish.from_dict(kept, PARIS) == wish("mardi")


def test_only_a_refused_hour_is_no_empty_wish() -> None:
    assert not wish("pas 9h").is_empty()
    assert wish("mardi", "pas 9h").is_one_day(PARIS)
