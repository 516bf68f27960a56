"""E-mails to counsellors and sites: what was agreed, and how to be careful."""

import re

import pytest
from message_facts import LINKS, START, facts_of
from test_messages import BAD_TYPOGRAPHY, WHEN

from accueil.core.booking.appointment import Discretion
from accueil.core.messages import Letter, counsellor_letter, first_response_letter, site_letter
from accueil.core.outbox import MessageKind
from accueil.core.territory import Modality

ANNOUNCED = (MessageKind.CONFIRMED, MessageKind.MOVED)


def to_counsellor(kind: MessageKind, **changes: object) -> Letter:
    letter = counsellor_letter(facts_of(kind, **changes))
    assert letter is not None
    return letter


@pytest.mark.parametrize("kind", ANNOUNCED)
@pytest.mark.parametrize("modality", list(Modality))
@pytest.mark.parametrize("discretion", list(Discretion))
def test_a_counsellor_reads_what_was_agreed(
    kind: MessageKind, modality: Modality, discretion: Discretion
) -> None:
    letter = to_counsellor(kind, modality=modality, discretion=discretion)
    text = letter.to_text()
    for piece in (
        WHEN, "Logement", "Lina", "06 39 98 00 11", "lina@example.org", "Dort chez un ami.",
        "éducateur ou éducatrice", LINKS.console,
    ):  # fmt: skip
        assert piece in text
    assert LINKS.page not in text
    assert "K7QF" not in text
    assert "Lina" not in letter.subject
    assert ("Attention" in text) == (discretion is not Discretion.ORDINARY)
    assert ("restent neutres" in text) == (discretion is Discretion.NEUTRAL)
    assert ("ne lui envoie rien" in text) == (discretion is Discretion.SILENT)
    assert (LINKS.video in text) == (modality is Modality.VIDEO)
    assert ("c’est vous qui appelez" in text) == (modality is Modality.PHONE)
    assert not BAD_TYPOGRAPHY.search(re.sub(r"https?://\S+", "", text))


def test_numbers_and_addresses_are_links_in_html() -> None:
    html = to_counsellor(MessageKind.CONFIRMED).to_html()
    assert 'href="tel:+33639980011"' in html
    assert 'href="mailto:lina@example.org"' in html


def test_a_cancellation_says_when_and_nothing_of_the_person() -> None:
    text = to_counsellor(MessageKind.CANCELLED).to_text()
    assert WHEN in text
    for gone in ("Lina", "0639", "06 39", "lina@", "Dort", "Logement"):
        assert gone not in text


def test_what_was_not_given_is_said_so() -> None:
    nobody = {"first_name": "", "phone": "", "email": "", "shared_note": "", "referrer": ""}
    text = to_counsellor(MessageKind.CONFIRMED, **nobody).to_text()
    assert "Prénom\u00a0: non donné" in text
    assert "Contact\u00a0: non donné" in text
    assert "par\u00a0:" not in text
    assert "accepté de dire" not in text


def test_seats_and_reminders_are_no_counsellor_s_mail() -> None:
    assert counsellor_letter(facts_of(MessageKind.CONFIRMED, group_session_id="c")) is None
    for kind in set(MessageKind) - {*ANNOUNCED, MessageKind.CANCELLED}:
        assert counsellor_letter(facts_of(kind)) is None


def test_a_site_learns_that_a_calendar_declined_and_that_the_appointment_stands() -> None:
    letter = site_letter(facts_of(MessageKind.DECLINED))
    assert letter is not None
    text = letter.to_text()
    assert f"L’agenda de Nadia Exemple a refusé le rendez-vous du {WHEN}." in text
    assert "Le rendez-vous tient toujours" in text
    assert "Lina" not in text
    assert site_letter(facts_of(MessageKind.CONFIRMED)) is None


def test_an_alert_names_nobody() -> None:
    text = first_response_letter("Antenne de la Gare", START, LINKS.console).to_text()
    assert f"{LINKS.console}#rappels" in text
    assert "mardi 24\u00a0novembre à 9\u00a0h" in text
    assert not BAD_TYPOGRAPHY.search(re.sub(r"https?://\S+", "", text))
