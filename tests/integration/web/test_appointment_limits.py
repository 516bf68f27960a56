"""Guessing links and codes: limited for an address and in all, before the database is asked."""

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from factories import book
from sqlalchemy import event
from visits import Visit, visit

from accueil.bootstrap import Application
from accueil.core.contact import Contact
from accueil.web.app import create_app

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
GUESSES = 10_000
FROM_EVERYWHERE = 2_000
LIMIT_OF_ADDRESS, LIMIT_OF_CODES = 10, 300
ELSEWHERE = "203.0.113.7"


@pytest.fixture
def booked(application, people):
    return book(application.booking, TUESDAY_NINE, contact=Contact(email="lina@example.org"))


@pytest.fixture
def app(application, people):
    return create_app(application)


@contextmanager
def lookups(application: Application) -> Iterator[list[str]]:
    """Keep the statements that look for an appointment by its link or by its code."""
    kept: list[str] = []

    def keep(_connection, _cursor, statement, *_others) -> None:
        if "link_token_hash = " in statement or "code_hash = " in statement:
            kept.append(statement)

    event.listen(application.engine, "before_cursor_execute", keep)
    yield kept
    event.remove(application.engine, "before_cursor_execute", keep)


def links(addresses, count=GUESSES):
    """One guess from each of the addresses in turn."""
    turns = itertools.islice(itertools.cycle(addresses), count)
    return [Visit(f"/rdv/{number:022d}", address) for number, address in enumerate(turns)]


def codes(addresses, count=GUESSES):
    turns = itertools.islice(itertools.cycle(addresses), count)
    return [
        Visit("/rdv", address, "POST", {"code": f"{number // 10000:04d}-{number % 10000:04d}"})
        for number, address in enumerate(turns)
    ]


def everywhere(count: int) -> list[str]:
    """So many addresses of the range kept for measuring (RFC 2544)."""
    return [f"198.18.{number // 250}.{number % 250}" for number in range(count)]


@pytest.mark.parametrize(("guesses", "queries"), [(links, 3), (codes, 1)])
def test_ten_thousand_guesses_from_one_address(application, app, booked, guesses, queries):
    with lookups(application) as asked:
        answers = Counter(one.status_code for one in visit(app, guesses(["192.0.2.1"])))
    assert answers == {404: LIMIT_OF_ADDRESS, 429: GUESSES - LIMIT_OF_ADDRESS}
    assert len(asked) == LIMIT_OF_ADDRESS * queries
    link = f"/rdv/{booked.link_token}"
    right = Visit("/rdv", ELSEWHERE, "POST", {"code": booked.code})
    by_link, by_code = visit(app, [Visit(link, ELSEWHERE), right])
    assert by_link.status_code == 200
    assert "24\u00a0novembre" in by_link.text
    assert by_code.headers["location"] == link


@pytest.mark.parametrize("guesses", [links, codes])
def test_guesses_sent_all_together_get_at_most_twice_the_limit(app, guesses):
    together = visit(app, guesses(["192.0.2.1"], 500), together=True)
    answers = Counter(one.status_code for one in together)
    assert LIMIT_OF_ADDRESS <= answers[404] < 2 * LIMIT_OF_ADDRESS
    assert answers[404] + answers[429] == 500


def test_links_guessed_from_everywhere_leave_the_right_one_open(app, booked):
    answers = Counter(
        one.status_code for one in visit(app, links(everywhere(1000), FROM_EVERYWHERE))
    )
    # Those who had missed none yet are let in once.
    assert answers[404] == 1000
    right = f"/rdv/{booked.link_token}"
    assert visit(app, [Visit(right, ELSEWHERE)])[0].status_code == 200
    wrong = [Visit("/rdv/" + "A" * 22, ELSEWHERE), Visit("/rdv/" + "B" * 22, ELSEWHERE)]
    assert [one.status_code for one in visit(app, wrong)] == [404, 429]


def test_codes_guessed_from_everywhere_are_refused_and_links_still_open(application, app, booked):
    with lookups(application) as asked:
        answers = Counter(
            one.status_code for one in visit(app, codes(everywhere(1000), FROM_EVERYWHERE))
        )
    assert answers == {404: LIMIT_OF_CODES, 429: FROM_EVERYWHERE - LIMIT_OF_CODES}
    assert len(asked) == LIMIT_OF_CODES
    right = Visit("/rdv", ELSEWHERE, "POST", {"code": booked.code})
    refused, opened = visit(app, [right, Visit(f"/rdv/{booked.link_token}", ELSEWHERE)])
    assert refused.status_code == 429
    assert "ouvre le lien de ton message" in refused.text
    assert int(refused.headers["retry-after"]) == 600
    assert opened.status_code == 200


def test_what_is_right_is_never_counted(app, booked):
    right = [Visit("/rdv", method="POST", data={"code": booked.code})] * 40
    assert {one.status_code for one in visit(app, right)} == {303}
    opened = [Visit(f"/rdv/{booked.link_token}")] * 40
    assert {one.status_code for one in visit(app, opened, together=True)} == {200}
