"""Openings in plain French: read, refused in one sentence, and shown back in the same words."""

from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from accueil.core.opening_rules import OpeningRule, show_openings
from accueil.core.opening_words import read_opening_rules
from accueil.core.territory import Modality
from accueil.core.typed_time import read_day, read_hour
from accueil.core.weekly_words import UnreadableHours

FROM, TO = date(2026, 12, 1), date(2027, 3, 31)  # a Tuesday, a Wednesday


def days_of(text: str, hour: time | None = None) -> list[str]:
    """The days of winter 2026-2027 on which what was read takes place."""
    openings = [one.opening("", "", "") for one in read_opening_rules(text)]
    days = [FROM + timedelta(days=number) for number in range((TO - FROM).days + 1)]
    return [
        f"{day:%m-%d}"
        for day in days
        if any(one.takes_place_on(day) and hour in (None, one.start) for one in openings)
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mardi 9h-12h une semaine sur deux à partir du 2026-12-08 jusqu’au 2027-01-05",
         ["12-08", "12-22", "01-05"]),
        ("un mardi sur deux 9h-12h du 8 décembre 2026 au 05/01/2027", ["12-08", "12-22", "01-05"]),
        ("mardi matin toutes les 3 semaines du 2026-12-08 au 2027-01-19",
         ["12-08", "12-29", "01-19"]),
        ("1er et 3e jeudi 14h-17h jusqu'au 2027-01-31", ["12-03", "12-17", "01-07", "01-21"]),
        ("le premier et le dernier jeudi du mois 14h-17h jusqu'au 2027-01-31",
         ["12-03", "12-31", "01-07", "01-28"]),
        ("dernier vendredi 9h-12h", ["12-25", "01-29", "02-26", "03-26"]),
        ("5e mercredi 9h-12h", ["12-30", "03-31"]),
        ("mercredi 14h-16h du 2026-12-01 au 2026-12-20", ["12-02", "12-09", "12-16"]),
        ("jeudi 9h-12h du 2026-12-01 au 2027-01-10, sauf le 2026-12-24 et le 31 décembre 2026",
         ["12-03", "12-10", "12-17", "01-07"]),
        ("jeudi 9h-12h jusqu’au 2027-01-10 sauf du 2026-12-20 au 2027-01-02",
         ["12-03", "12-10", "12-17", "01-07"]),
        ("le 2026-12-05 9h-12h", ["12-05"]),
        ("le 1er mars 2027 de 9h à 12h", ["03-01"]),
        ("le samedi 05/12/2026 9h-12h; le 2026-12-12 matin", ["12-05", "12-12"]),
    ],
)  # fmt: skip
def test_the_days_on_which_it_takes_place(text: str, days: list[str]) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("lun 9h-12h", [Modality.ON_SITE, Modality.PHONE]),
        ("lun 9h-12h par téléphone", [Modality.PHONE]),
        ("lun 9h-12h en visioconférence ou sur place", [Modality.ON_SITE, Modality.VIDEO]),
        ("lun 9h-12h, sur place, par téléphone et en visio", list(Modality)),
    ],
)
def test_the_ways_of_receiving(text: str, ways: list[Modality]) -> None:
    (rule,) = read_opening_rules(text)
    assert list(rule.modalities) == ways
    assert (rule.start, rule.end) == (time(9), time(12))


def test_an_exception_belongs_to_its_weekday() -> None:
    text = "lun-ven 9h-12h 13h30-17h sauf le 2026-12-24"
    assert "12-24" not in days_of(text)
    assert len(days_of(text, time(13, 30))) == len(days_of("lun-ven 9h-12h")) - 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "pas de plage"),
        ("quand je peux", "jour manque"),
        ("mardi", "manque des heures"),
        ("mardi 9h-12h une semaine sur deux", "à partir de quelle semaine"),
        ("semaines paires mardi 9h-12h", "chaque semaine"),
        ("mardi 9h-12h à partir du 2026-02-30", "n’existe pas"),
        ("mardi 9h-12h du 2026-12-31 au 2026-12-01", "à reculons"),
        ("mardi 9h-12h du 2026-12-02 au 2026-12-07", "aucun jour"),
        ("mardi 9h-12h du 2026-12-01 au 2026-12-07 sauf le 2026-12-01", "aucun jour"),
        ("mardi 9h-12h sauf le 2026-12-24", "est un jeudi"),
        ("le lundi 2026-12-05 9h-12h", "est un samedi"),
        ("le 2026-12-05 9h-12h à partir du 2026-12-01", "pas les deux"),
        ("1er lundi 9h-12h et 3e jeudi 9h-12h", "point-virgule"),
        ("1er lundi et mardi 9h-12h", "point-virgule"),
        ("mardi 9h-12h; mardi 11h-14h", "recouvrent"),
        ("mardi 9h-12h peut-être", "autre chose"),
        ("lun 9h-12h;" * 500, "trop longues"),
    ],
)
def test_what_cannot_be_read_is_one_french_sentence(text: str, said: str) -> None:
    with pytest.raises(UnreadableHours, match=said) as refusal:
        read_opening_rules(text)
    assert str(refusal.value).count(".") == 1


def test_the_same_hours_of_other_weeks_do_not_clash() -> None:
    assert len(read_opening_rules("1er mardi 9h-12h; 3e mardi 10h-13h")) == 2
    assert len(read_opening_rules("mardi 9h-12h par téléphone; mardi 9h-12h en visio")) == 2


def test_days_and_hours_typed_alone() -> None:
    assert read_day("1er Décembre 2026") == read_day("1/12/2026") == read_day("2026-12-01") == FROM
    assert read_hour("14h") == read_hour("14:00") == time(14)
    for text in ("demain", "2026-13-01", "32/01/2027"):
        with pytest.raises(UnreadableHours):
            read_day(text)
    for text in ("25h", "14", "midi"):
        with pytest.raises(UnreadableHours):
            read_hour(text)


def test_the_list_speaks_french() -> None:
    text = (
        "lun-mer 9h-12h; 1er et 3e jeudi 14h-17h30 par téléphone; "
        "ven 9h-12h une semaine sur deux à partir du 2026-12-04, sauf le 2027-01-01"
    )
    assert show_openings(read_opening_rules(text)) == [
        "lundi au mercredi\u00a0: 9\u00a0h – 12\u00a0h",
        "1er et 3e jeudi\u00a0: 14\u00a0h – 17\u00a0h\u00a030, par téléphone",
        "vendredi\u00a0: 9\u00a0h – 12\u00a0h, une semaine sur deux à partir du 2026-12-04, "
        "sauf le 2027-01-01",
    ]


clocks = st.times(min_value=time(7), max_value=time(21)).map(lambda at: time(at.hour, at.minute))
dates = st.dates(date(2026, 1, 1), date(2028, 12, 31))
weeks = st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), unique=True, max_size=3)
ways = st.lists(st.sampled_from(list(Modality)), unique=True, min_size=1)


@st.composite
def rules(draw: st.DrawFn) -> OpeningRule:
    """Any rule that the words can say."""
    weekday = draw(st.integers(0, 6))
    start, end = sorted(draw(st.lists(clocks, unique=True, min_size=2, max_size=2)))
    first, last = draw(st.none() | dates), draw(st.none() | dates)
    assume(first is None or last is None or last - first > timedelta(days=400))
    every = draw(st.integers(1, 12)) if first else 1
    month = tuple(sorted(draw(weeks), key=lambda one: (one < 0, one))) if every == 1 else ()
    days = draw(st.lists(dates, max_size=3, unique=True))
    except_days = tuple(sorted(day for day in days if day.weekday() == weekday))
    modalities = draw(ways)
    kept = tuple(one for one in Modality if one in modalities)
    if draw(st.booleans()) and first:
        return OpeningRule(first.weekday(), start, end, first, first, modalities=kept)
    return OpeningRule(weekday, start, end, first, last, every, month, except_days, kept)


@given(st.lists(rules(), min_size=1, max_size=4))
def test_what_is_shown_reads_back_as_it_was(given_rules: list[OpeningRule]) -> None:
    pairs = [(a, b) for a in given_rules for b in given_rules if a is not b]
    assume(not any(a.clashes(b) for a, b in pairs))
    shown = "; ".join(show_openings(given_rules))
    assert set(read_opening_rules(shown)) == set(given_rules)
