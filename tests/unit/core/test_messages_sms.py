"""SMS: every kind in the GSM alphabet, two segments at most, and only what the way out carries."""

import itertools
import re
from dataclasses import replace

import pytest
from factories import make_site
from message_facts import LINKS, facts_of

from accueil.core.booking import AppointmentStatus
from accueil.core.booking.appointment import Discretion
from accueil.core.messages import SmsMeans, young_sms
from accueil.core.outbox import MessageKind
from accueil.core.sms_text import is_gsm, segments
from accueil.core.territory import Modality, Site

KINDS = tuple(
    kind for kind in MessageKind if kind not in (MessageKind.FIRST_RESPONSE, MessageKind.DECLINED)
)
MEANS = [SmsMeans(links, answers) for links in (True, False) for answers in (True, False)]
RICH = SmsMeans(carries_links=True, takes_answers=True)
BARE = SmsMeans(carries_links=False, takes_answers=False)
PLACES = (
    make_site(name="Antenne de la Gare"),
    make_site(
        name="Mission Locale du Pays de l’Arbresle et de la Forêt des Crêtes – Antenne de "
        "Saint-Germain-au-Mont-d’Or (permanence à la Maison France Services)",
        address="Centre administratif et culturel intercommunal, bâtiment C, 2e étage, 1256 avenue "
        "du Maréchal-de-Lattre-de-Tassigny",
        city="Saint-Germain-en-Brionnais-sur-Loire-et-Arroux Cedex 09",
    ),
    make_site(name="Antenne de Faʻaʻā 🌺", address="Rue de l’Œuvre", city="Faʻaʻā"),
)
WAYS = [*((modality, None) for modality in Modality), (Modality.ON_SITE, "collective-1")]
THREE = "Réponds 1 je viens, 2 je change, 3 j'ai un souci."


def sms_of(kind: MessageKind, means: SmsMeans, site: Site | None = None, **changes: object) -> str:
    text = young_sms(facts_of(kind, site, **changes), means)
    assert text is not None
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_every_sms_is_short_and_plain_wherever_it_is(kind: MessageKind) -> None:
    for means, site, way, discretion in itertools.product(MEANS, PLACES, WAYS, Discretion):
        text = sms_of(
            kind, means, site, modality=way[0], group_session_id=way[1], discretion=discretion
        )
        assert is_gsm(text), text
        assert segments(text) <= 2, text
        assert "  " not in text
        assert text.strip() == text
        assert "Lina" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_nor_number_where_none_can_go(kind: MessageKind) -> None:
    for answers, way in itertools.product((True, False), WAYS):
        means = SmsMeans(carries_links=False, takes_answers=answers)
        text = sms_of(kind, means, modality=way[0], group_session_id=way[1])
        assert "http" not in text
        assert not re.search(r"\d{2} \d{2} \d{2} \d{2}", text)
        if not answers and kind is not MessageKind.ANSWER_UNCLEAR:
            assert "Réponds" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_neutral_sms_name_nothing(kind: MessageKind) -> None:
    for means, way in itertools.product(MEANS, WAYS):
        text = sms_of(
            kind, means, modality=way[0], group_session_id=way[1], discretion=Discretion.NEUTRAL
        )
        bare = text.replace(LINKS.page, "").replace(LINKS.home, "")
        for secret in ("Mission", "Antenne", "Gare", "ogement", "K7QF", "01 99", "Decouvrir"):
            assert secret not in bare, text


def test_a_reminder_asks_for_answers_only_if_they_arrive() -> None:
    for kind in (MessageKind.REMINDER_WEEK, MessageKind.REMINDER_DAYS, MessageKind.REMINDER_HOURS):
        assert THREE in sms_of(kind, SmsMeans(carries_links=False, takes_answers=True))
        without = sms_of(kind, SmsMeans(carries_links=True, takes_answers=False))
        assert THREE not in without
        assert without.endswith(LINKS.page)


def test_a_video_call_can_be_joined_from_its_reminder() -> None:
    text = sms_of(MessageKind.REMINDER_HOURS, RICH, modality=Modality.VIDEO)
    assert THREE in text
    assert text.endswith(LINKS.page)
    assert LINKS.page not in sms_of(MessageKind.REMINDER_HOURS, RICH)


def test_the_time_and_the_link_stay_when_the_place_is_too_long() -> None:
    text = sms_of(MessageKind.CONFIRMED, RICH, PLACES[1])
    assert "mardi 24 novembre à 10 h" in text
    assert text.endswith(LINKS.page)
    assert "Saint-Germain" in text
    short = sms_of(MessageKind.CONFIRMED, RICH, PLACES[0])
    assert "Antenne de la Gare, 1 place de l'Exemple, 99000 Exempleville" in short


def test_a_long_public_address_still_fits() -> None:
    facts = facts_of(MessageKind.WAITING_OFFER, PLACES[1])
    page = f"https://{'rendez-vous.' * 6}mission-locale-exemple.fr/rdv/AbCdEfGhIjKlMnOpQrStUv"
    text = young_sms(replace(facts, links=replace(LINKS, page=page)), RICH)
    assert text is not None
    assert segments(text) <= 2
    assert page in text


def test_without_links_the_code_is_the_way_back() -> None:
    assert "K7QF-3M2P" in sms_of(MessageKind.CONFIRMED, BARE)
    assert "K7QF-3M2P" in sms_of(MessageKind.ANSWER_CHANGE, BARE)


def test_an_offer_is_answered_by_sms_or_by_its_page() -> None:
    text = sms_of(MessageKind.WAITING_OFFER, RICH)
    assert "Gardée jusqu'au lundi 23 novembre à 12 h" in text
    assert "1 je la prends, 2 non merci" in text
    assert LINKS.page in text
    assert "Appelle ta Mission Locale" in sms_of(MessageKind.WAITING_OFFER, BARE)


def test_answers_are_answered() -> None:
    assert "C'est noté" in sms_of(MessageKind.ANSWER_COMING, RICH)
    assert f"{LINKS.page}/deplacer" in sms_of(MessageKind.ANSWER_CHANGE, RICH)
    assert "01 99 00 12 34" in sms_of(MessageKind.ANSWER_TROUBLE, RICH)
    assert "te rappeler" in sms_of(MessageKind.ANSWER_TROUBLE, BARE)
    assert THREE in sms_of(MessageKind.ANSWER_UNCLEAR, RICH)
    held = sms_of(MessageKind.ANSWER_UNCLEAR, RICH, status=AppointmentStatus.HELD)
    assert "1 je la prends" in held


def test_who_did_not_come_gets_three_times_and_no_blame() -> None:
    text = sms_of(MessageKind.NO_SHOW, RICH)
    assert "ce n'est pas grave" in text
    assert "mercredi 25 novembre" in text
    assert "vendredi 27 novembre" in text
    assert text.endswith(LINKS.home)


@pytest.mark.parametrize("kind", [MessageKind.FIRST_RESPONSE, MessageKind.DECLINED])
def test_teams_get_no_sms(kind: MessageKind) -> None:
    assert young_sms(facts_of(kind), RICH) is None


@pytest.mark.parametrize("means", MEANS)
def test_nobody_promises_to_call_a_phone_that_others_answer(means: SmsMeans) -> None:
    text = sms_of(MessageKind.ANSWER_TROUBLE, means, discretion=Discretion.NEUTRAL)
    assert text == "C'est noté. L'équipe sait que tu as un souci."
