"""What ``make bench`` counts, and that it stops by itself. Nothing is started."""

import asyncio

import httpx
import pytest
from load.measure import TURNS, Side, measure
from load.slots import milliseconds


def side(name: str, said: list[str], seconds: float = 0.0) -> Side:
    async def begin(_client: httpx.AsyncClient):
        async def say(_text: str) -> None:
            said.append(name)
            await asyncio.sleep(seconds)

        return say

    return Side(name, begin)


def test_every_turn_of_every_user_is_counted_on_both_sides() -> None:
    said: list[str] = []
    chat, rasa = side("chat", said), side("rasa", said)
    assert asyncio.run(measure([chat, rasa], users=3, rounds=2, seconds=5)) is True
    assert len(chat.turns) == len(rasa.turns) == 2 * 3 * len(TURNS)
    assert chat.rate() > 0
    assert 0 <= chat.median() <= chat.p95()


def test_the_warm_up_is_not_counted_and_the_first_side_changes() -> None:
    said: list[str] = []
    sides = [side("chat", said), side("rasa", said)]
    asyncio.run(measure(sides, users=1, rounds=2, seconds=5))
    assert said[:: len(TURNS)] == ["chat", "rasa", "chat", "rasa", "rasa", "chat"]


def test_no_round_begins_after_its_time() -> None:
    chat = side("chat", [], seconds=0.01)
    assert asyncio.run(measure([chat], users=1, rounds=50, seconds=0.1)) is False
    assert len(chat.turns) <= 2 * len(TURNS)


def test_a_round_that_hangs_is_given_up() -> None:
    chat = side("chat", [], seconds=60)
    assert asyncio.run(measure([chat], users=2, rounds=1, seconds=0.05)) is False
    assert chat.turns == []


def test_percentiles() -> None:
    measured = Side("x", side("x", []).begin, turns=[float(n) for n in range(101)], elapsed=10.0)
    assert (measured.rate(), measured.median(), measured.p95()) == (10.1, 50.0, 95.0)


@pytest.mark.parametrize("appointments", [0, 1])
def test_there_are_slots_to_time(appointments: int) -> None:
    spent, found = milliseconds(appointments, repeats=1)
    assert spent > 0
    assert found > 100
