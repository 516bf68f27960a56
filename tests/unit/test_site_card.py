"""What is said of a reception site."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from accueil.core.maps import geo_uri, route_url
from accueil.core.opening_state import OpeningState
from accueil.core.territory import SiteClosure
from actions.site_card import asks_the_way, show_state

MONDAY = datetime.fromisoformat("2026-11-23T12:30+01:00")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            OpeningState(until=datetime.fromisoformat("2026-11-23T17:30+01:00")),
            "C’est ouvert en ce moment, jusqu’à 17\u00a0h\u00a030.",
        ),
        (
            OpeningState(opens_at=datetime.fromisoformat("2026-11-23T13:30+01:00")),
            "C’est fermé en ce moment\u00a0: ça ouvre à 13\u00a0h\u00a030.",
        ),
        (
            OpeningState(opens_at=datetime.fromisoformat("2026-11-24T09:00+01:00")),
            "C’est fermé en ce moment\u00a0: ça ouvre demain à 9\u00a0h.",
        ),
        (
            OpeningState(
                opens_at=datetime.fromisoformat("2026-11-28T09:00+01:00"), closed_for="Noël"
            ),
            "C’est fermé en ce moment (Noël)\u00a0: ça ouvre samedi 28\u00a0novembre à 9\u00a0h.",
        ),
        (OpeningState(), ""),
    ],
)
def test_open_or_closed_in_a_sentence(state: OpeningState, said: str) -> None:
    assert show_state(state, MONDAY) == said


CLOSED = SiteClosure("c", "centre", date(2026, 11, 23), date(2026, 11, 27), "Inventaire")
OPENS = OpeningState(
    opens_at=datetime.fromisoformat("2026-11-30T09:00+01:00"), closed_for="Inventaire"
)
OPEN = OpeningState(until=datetime.fromisoformat("2026-11-23T17:30+01:00"))


@pytest.mark.parametrize(
    ("state", "closure", "said"),
    [
        (
            OPENS,
            CLOSED,
            "C’est fermé jusqu’au vendredi 27\u00a0novembre compris (Inventaire)\u00a0: "
            "ça rouvre lundi 30\u00a0novembre à 9\u00a0h.",
        ),
        (
            OpeningState(),
            CLOSED,
            "C’est fermé jusqu’au vendredi 27\u00a0novembre compris (Inventaire).",
        ),
        (
            OPEN,
            replace(CLOSED, first_day=date(2026, 11, 25)),
            "C’est ouvert en ce moment, jusqu’à 17\u00a0h\u00a030. Ce sera fermé "
            "du mercredi 25\u00a0novembre au vendredi 27\u00a0novembre (Inventaire).",
        ),
        (
            OPEN,
            replace(CLOSED, first_day=date(2026, 11, 27), label=""),
            "C’est ouvert en ce moment, jusqu’à 17\u00a0h\u00a030. Ce sera fermé "
            "le vendredi 27\u00a0novembre.",
        ),
    ],
)
def test_a_closure_is_told_with_its_last_day(
    state: OpeningState, closure: SiteClosure, said: str
) -> None:
    assert show_state(state, MONDAY, closure) == said


@pytest.mark.parametrize(
    "text",
    [
        "comment j'y vais ?",
        "Comment venir depuis la gare",
        "cmt on fai pr venir en tram",
        "kel bus pr aler a la mission locale",
        "c'est quel arrêt",
        "un itinéraire stp",
        "le plan pour venir",
    ],
)
def test_the_way_is_asked(text: str) -> None:
    assert asks_the_way(text)


@pytest.mark.parametrize(
    "text", ["c'est ouvert samedi ?", "où est la mission locale ?", "à quelle heure", "le numéro"]
)
def test_something_else_is_asked(text: str) -> None:
    assert not asks_the_way(text)


def test_links_hold_the_point_and_nothing_else() -> None:
    assert route_url(50.69, -3.1) == (
        "https://www.openstreetmap.org/directions?to=50.69000%2C-3.10000"
    )
    assert geo_uri(50.69, 3.17) == "geo:50.69000,3.17000?q=50.69000,3.17000"
