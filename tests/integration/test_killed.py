"""Processes killed under load lose nothing and tell nothing twice; with more kills: tests.load."""

import psycopg
import pytest

from tests.load.kills import run


@pytest.mark.parametrize("system", ["sqlite", "postgresql"])
def test_three_kills_lose_nothing_and_send_no_sms_twice(system: str) -> None:
    try:
        report = run(system, kills=3, seed=7, gap=0.4)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL answers ({type(error).__name__}): ACCUEIL_TEST_POSTGRES_URL")

    assert report.told > 0
    assert report.mails > 0
    assert report.texts_twice == 0
