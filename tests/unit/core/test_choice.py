"""Which proposal a message chooses: by rank, day or hour."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from accueil.core.booking.choice import choose
from accueil.core.dates import read_dates

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 8, tzinfo=PARIS)
STARTS = [
    datetime(2026, 11, 24, 10, 0, tzinfo=PARIS),
    datetime(2026, 11, 26, 14, 30, tzinfo=PARIS),
    datetime(2026, 11, 27, 9, 0, tzinfo=PARIS),
]


def chosen(text: str, starts: list[datetime] = STARTS) -> int | None:
    return choose(text, starts, read_dates(text, NOW))


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("1", 0), ("le 1", 0), ("le 1er", 0), ("la 1ère", 0), ("la 1ere stp", 0), ("le premier", 0),
        ("la première", 0), ("ok pour le premier", 0), ("un", 0), ("numéro 1", 0), ("n°1", 0),
        ("choix 1", 0), ("je prends le 1er créneau", 0), ("1!", 0), ("le 1er merci", 0), ("1️⃣", 0),
        ("2", 1), ("le 2e", 1), ("le 2ème", 1), ("la deuxième", 1), ("le second", 1),
        ("la 2nde", 1),
        ("option 2", 1), ("oui le 2 svp", 1), ("je veux bien le deuxieme", 1), ("va pour la 2", 1),
        ("3", 2), ("le troisième", 2), ("le dernier", 2), ("la dernière", 2), ("plutôt le 3", 2),
        ("jprends le 3", 2), ("le num 3", 2), ("proposition 3", 2),
    ],
)  # fmt: skip
def test_a_rank_chooses(text: str, index: int) -> None:
    assert chosen(text) == index


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("mardi", 0), ("jeudi", 1), ("vendredi", 2), ("10h", 0), ("14h30", 1), ("celui de 9h", 2),
        ("jeudi stp", 1), ("mardi à 10h", 0), ("le 26", 1), ("l'après-midi", 1), ("demain", 0),
        ("le 27 novembre ça me va", 2),
    ],
)  # fmt: skip
def test_a_day_or_an_hour_chooses_when_it_fits_one(text: str, index: int) -> None:
    assert chosen(text) == index


@pytest.mark.parametrize(
    "text",
    ["", "4", "le 4e", "aucun", "oui", "non", "le matin", "lundi", "11h", "mardi à 11h",
    "je sais pas",
     "pas mardi", "ni le premier ni le deuxième", "j'ai 2 questions", "12", "les deux", "0",
     "cette semaine"],
)  # fmt: skip
def test_neither_or_several(text: str) -> None:
    assert chosen(text) is None


def test_ranks_beyond_what_was_proposed() -> None:
    assert chosen("3", STARTS[:2]) is None
    assert chosen("le dernier", STARTS[:2]) == 1
    assert chosen("le dernier", STARTS[:1]) == 0
    assert chosen("le dernier", []) is None
    assert chosen("1", []) is None


def test_a_rank_that_is_also_another_day_is_asked_again() -> None:
    starts = [
        datetime(2026, 11, 30, 10, tzinfo=PARIS),
        datetime(2026, 12, 1, 10, tzinfo=PARIS),
        datetime(2026, 12, 2, 10, tzinfo=PARIS),
    ]
    assert chosen("le 2", starts) is None
    assert chosen("2", starts) == 1
    assert chosen("le 2e", starts) == 1
    assert chosen("le 30", starts) == 0


def test_two_hours_of_one_day_are_told_apart_by_the_hour() -> None:
    starts = [datetime(2026, 11, 24, hour, tzinfo=PARIS) for hour in (9, 10, 14)]
    assert chosen("mardi", starts) is None
    assert chosen("14h", starts) == 2
    assert chosen("l'aprem", starts) == 2


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("la 2 non la 3", 2), ("la 2, non la 3", 2), ("la 2 nan la 3", 2), ("2 non 3", 2),
        ("non la 3", 2), ("la 1 enfin la 2", 1), ("le 1er finalement le 2eme", 1),
        ("la 1, non attends la 2", 1), ("la première euh la dernière", 2),
        ("pas la 1 la 2", 1), ("la 2 pas la 1", 1), ("numéro 2 pas numéro 1", 1),
        ("la 2 mais pas la 1", 1), ("la 3 plutôt que la 1", 2), ("la 1 c trop tot la 2 ok", 1),
        ("ni la 1 ni la 2, la 3", 2), ("la 1 c nul, la 3 alors", 2),
        ("10h c trop tot, 14h30 ok", 1), ("9h non 10h", 0), ("vendredi non jeudi", 1),
        ("pas mardi, jeudi", 1), ("le matin mais pas 10h", 2),
    ],
)  # fmt: skip
def test_the_last_wanted_is_chosen(text: str, index: int) -> None:
    assert chosen(text) == index


@pytest.mark.parametrize(
    "text",
    ["pas la 1", "non pas la 3", "surtout pas la 2", "la 1 non", "la 1 c trop tot", "la 2 bof",
     "la 1 pas possible", "la 3 c mort", "la 2 je peux pas", "ni la 1 ni la 2", "tout sauf la 2",
     "la 1 et la 2 non", "la 2 ou la 3", "10h c trop tot pour moi", "14h30 c nul", "9h c trop tard",
     "pas 10h", "14h30 ça m'arrange pas", "trop tôt 9h", "mardi c trop tot", "jeudi bof",
     "l'aprem c mort", "vendredi je peux pas"],
)  # fmt: skip
def test_what_is_refused_is_not_chosen(text: str) -> None:
    assert chosen(text) is None
