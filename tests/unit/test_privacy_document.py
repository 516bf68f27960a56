"""The register of personal data, its document and the database's tables say the same."""

import re
from collections import Counter

import pytest
from sqlalchemy import Column

from accueil.core import privacy
from accueil.core.privacy import Protection, terms
from accueil.persistence import tables
from accueil.persistence.types import ENCRYPTED
from accueil.services.accounts import SESSION_TIME
from accueil.services.chat.records import LIFETIME
from accueil.settings import ROOT

DOCUMENT = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
SECTIONS = {
    "jeunes": privacy.register_table(privacy.YOUNG_PEOPLE),
    "équipe": privacy.register_table(privacy.COUNSELLORS),
    "ailleurs": privacy.register_table(privacy.ELSEWHERE),
    "impersonnel": privacy.impersonal_table(),
}
IN_DATABASE = [one for one in privacy.REGISTER if one.where in tables.metadata.tables]


def columns() -> dict[str, Column[object]]:
    found = tables.metadata.tables.values()
    return {f"{table.name}.{column.name}": column for table in found for column in table.columns}


def listed(protection: Protection | None = None) -> set[str]:
    return {
        f"{one.where}.{name}"
        for one in IN_DATABASE
        for name in one.columns
        if protection in (None, one.protection)
    }


def impersonal() -> list[str]:
    return [f"{one.where}.{name}" for one in privacy.IMPERSONAL for name in one.columns]


def test_every_column_is_listed_or_declared_impersonal() -> None:
    assert set(columns()) - listed() - set(impersonal()) == set()


def test_nothing_is_listed_that_does_not_exist_or_is_declared_impersonal() -> None:
    assert listed() - set(columns()) == set()
    assert set(impersonal()) - set(columns()) == set()
    assert listed() & set(impersonal()) == set()
    assert [name for name, times in Counter(impersonal()).items() if times > 1] == []


def test_encrypted_columns_and_no_others_are_listed_as_encrypted() -> None:
    encrypted = {name for name, column in columns().items() if isinstance(column.type, ENCRYPTED)}
    assert encrypted - listed(Protection.ENCRYPTED) == set()
    clear = listed(Protection.CLEAR) | listed(Protection.KEYED_HASH)
    assert clear & encrypted == set()


def test_keyed_hashes_are_listed_as_such() -> None:
    keyed = {
        name
        for name in columns()
        if re.search(r"_(?:key|hash)$", name)
        and not name.endswith((".request_key", ".password_hash"))
    }
    assert keyed == listed(Protection.KEYED_HASH)
    assert listed(Protection.PASSWORD_HASH) == {"counsellors.password_hash"}


def test_places_outside_the_database_are_named() -> None:
    places = {one.where for one in privacy.ELSEWHERE}
    for word in ("Rasa", "journaux", "mail/", "sms/", "prestataire de SMS", "sauvegardes"):
        assert any(word in place for place in places), word


@pytest.mark.parametrize("section", SECTIONS)
def test_the_document_shows_the_register(section: str) -> None:
    shown = re.search(rf"<!-- registre : {section} -->\n(.*?)\n?<!-- fin -->", DOCUMENT, re.S)
    assert shown is not None
    assert shown.group(1).strip() == SECTIONS[section]


def test_delays_are_those_of_the_rest_of_the_program() -> None:
    assert terms.CONVERSATION.time == LIFETIME
    assert terms.SIGNED_IN.time == SESSION_TIME


@pytest.mark.parametrize(
    ("delay", "words"),
    [
        (terms.NOTE, "90 jours"),
        (terms.CANCELLED, "90 jours"),
        (terms.CONTACT, "730 jours"),
        (terms.WAITING_ROW, "180 jours"),
        (terms.CALLBACK_DONE, "90 jours"),
        (terms.CALLBACK, "180 jours"),
        (terms.MESSAGE, "90 jours"),
        (terms.ABSENCE, "365 jours"),
        (terms.LEFT, "365 jours"),
        (terms.HOLD, "12 heures"),
        (terms.CONVERSATION, "24 heures"),
        (terms.ORPHAN, "2 jours"),
        (terms.EVENT, "7 jours"),
    ],
)
def test_the_words_of_a_delay_are_its_time(delay: terms.Delay, words: str) -> None:
    assert words in delay.words
    number, unit = words.split()
    assert delay.time is not None
    assert delay.time.total_seconds() == int(number) * (86_400 if unit == "jours" else 3_600)


def test_the_assistant_says_the_same_delay_for_contacts() -> None:
    content = (ROOT / "data" / "nlu" / "conversation.yml").read_text(encoding="utf-8")
    assert re.search(r"contact est effacé[^.]*24 mois au plus tard", content)
    assert "24 mois" in terms.CONTACT.words
