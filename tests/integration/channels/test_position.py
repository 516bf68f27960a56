"""A position is rounded to its commune, given back as words, and kept nowhere."""

import pytest
from door import is_problem
from sqlalchemy import select

from accueil.persistence import tables

POSITION = "/api/chat/position"
ROUBAIX = {"latitude": 50.6903, "longitude": 3.1741}


def ask(device, point, **more):
    return device.client.post(POSITION, json=point, headers=device.headers | more)


def test_a_position_becomes_words_to_send(device, engine):
    response = ask(device, ROUBAIX)
    assert response.status_code == 200
    assert response.json() == {"text": "J’habite à Roubaix (59)"}
    assert engine.heard == []


def test_nothing_of_it_is_kept(device, application, caplog):
    ask(device, ROUBAIX)
    with application.engine.connect() as connection:
        rows = [
            tuple(row)
            for table in (tables.chat_sessions, tables.chat_messages)
            for row in connection.execute(select(table))
        ]
    assert "50.69" not in str(rows) + caplog.text
    assert "Roubaix" not in str(rows) + caplog.text


@pytest.mark.parametrize(
    "point",
    [
        {},
        {"latitude": 50.69},
        {"latitude": "50.69", "longitude": "3.17"},
        {"latitude": True, "longitude": False},
        {"latitude": 91, "longitude": 0},
        {"latitude": 10**400, "longitude": 0},
        [50.69, 3.17],
    ],
)
def test_what_is_no_point_is_refused(device, point):
    is_problem(ask(device, point), 400)


def test_outside_france_is_said(device):
    problem = is_problem(ask(device, {"latitude": 50.85, "longitude": 4.35}), 404)
    assert "commune" in problem["detail"]


def test_only_inside_a_conversation(device):
    is_problem(ask(device, ROUBAIX, Authorization="Bearer nothing"), 401)
