"""E-mails to young people: every kind, way of being received and discretion."""

import itertools
import re
from html.parser import HTMLParser

import pytest
from factories import make_site
from message_facts import LINKS, facts_of

from accueil.core.booking.appointment import Discretion
from accueil.core.messages import Facts, Letter, young_letter
from accueil.core.outbox import MessageKind
from accueil.core.territory import Modality

KINDS = (
    MessageKind.CONFIRMED,
    MessageKind.MOVED,
    MessageKind.CANCELLED,
    MessageKind.REMINDER_WEEK,
    MessageKind.REMINDER_DAYS,
    MessageKind.REMINDER_HOURS,
    MessageKind.WAITING_OFFER,
    MessageKind.NO_SHOW,
)
WHEN = "mardi 24\u00a0novembre à 10\u00a0h"
WAYS = [*((modality, None) for modality in Modality), (Modality.ON_SITE, "collective-1")]
EVERY = list(itertools.product(KINDS, WAYS, (Discretion.ORDINARY, Discretion.NEUTRAL)))
BAD_TYPOGRAPHY = re.compile(r" [:;?!»]|« |[^\s\u202f][?!;](?!\w)|\w'\w|[^\s\u00a0]:\s")


def letter_of(kind: MessageKind, **changes: object) -> Letter:
    letter = young_letter(facts_of(kind, **changes))
    assert letter is not None
    return letter


def every_letter() -> list[tuple[Facts, Letter]]:
    found = []
    for kind, (modality, session), discretion in EVERY:
        facts = facts_of(kind, modality=modality, group_session_id=session, discretion=discretion)
        letter = young_letter(facts)
        assert letter is not None
        found.append((facts, letter))
    return found


class Reader(HTMLParser):
    """Words and links of a document; remembers what would be fetched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "a":
            self.links.append(given["href"] or "")
        self.fetched += [name for name in ("src", "background", "srcset") if name in given]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.words.append(data)


@pytest.mark.parametrize(("facts", "letter"), every_letter())
def test_each_letter_is_well_set_and_says_when(facts: Facts, letter: Letter) -> None:
    text = re.sub(r"https?://\S+", "", letter.to_text())
    assert WHEN in text
    for written in (letter.subject, text):
        assert not BAD_TYPOGRAPHY.search(written), written
    assert not re.search(r"(?<!rendez-)\b(?:vous|votre|vos)\b", text)
    assert facts.appointment.link_token not in text.replace(LINKS.page, "")


@pytest.mark.parametrize(("facts", "letter"), every_letter())
def test_the_html_says_the_same_and_fetches_nothing(facts: Facts, letter: Letter) -> None:
    html, text = letter.to_html(), letter.to_text()
    read = Reader(html)
    assert read.fetched == []
    assert not {"img", "script", "link", "iframe", "table"} & set(read.tags)
    assert "url(" not in html
    assert html.startswith('<!DOCTYPE html>\n<html lang="fr">')
    seen = " ".join(read.words)
    for line in text.splitlines():
        said, _, address = line.partition("\u00a0: http")
        for piece in said.removeprefix("- ").split("\u00a0: ", 1):
            assert piece in seen
        if address:
            assert f"http{address}" in read.links


@pytest.mark.parametrize(("kind", "way"), list(itertools.product(KINDS, WAYS)))
def test_neutral_messages_name_neither_person_nor_theme_nor_organisation(
    kind: MessageKind, way: tuple[Modality, str | None]
) -> None:
    letter = letter_of(
        kind, modality=way[0], group_session_id=way[1], discretion=Discretion.NEUTRAL
    )
    assert letter.subject == "Rendez-vous"
    said = letter.to_text() + letter.to_html()
    for secret in (
        "Lina", "Logement", "logement", "Mission", "Antenne", "Gare", "01 99 00", "K7QF",
        "Découvrir", "conseill", "visio.example", "Dort", "éducat", "code",
    ):  # fmt: skip
        assert secret not in said, secret
    assert ("1 place de l’Exemple" in said) == (
        way[0] is Modality.ON_SITE and kind not in (MessageKind.CANCELLED, MessageKind.NO_SHOW)
    )


def test_a_confirmation_has_what_is_needed_to_come_and_to_come_back() -> None:
    text = letter_of(MessageKind.CONFIRMED).to_text()
    for piece in (
        "Bonjour Lina,", "Antenne de la Gare", "1 place de l’Exemple, 99000 Exempleville",
        "45\u00a0minutes", "01 99 00 12 34", LINKS.page, "K7QF-3M2P",
    ):  # fmt: skip
        assert piece in text


def test_each_way_of_being_received_says_what_to_do() -> None:
    phone = letter_of(MessageKind.CONFIRMED, modality=Modality.PHONE).to_text()
    assert "On t’appelle au numéro que tu as donné" in phone
    assert "place de l’Exemple" not in phone
    assert "0639" not in phone.replace(" ", "")
    video = letter_of(MessageKind.CONFIRMED, modality=Modality.VIDEO).to_text()
    assert LINKS.video in video
    assert "place de l’Exemple" not in video
    group = letter_of(MessageKind.CONFIRMED, group_session_id="collective-1").to_text()
    assert "Découvrir la Mission Locale" in group
    offer = letter_of(MessageKind.WAITING_OFFER, modality=Modality.VIDEO).to_text()
    assert LINKS.video not in offer


def test_a_reminder_has_the_three_answers_as_links() -> None:
    for kind in (MessageKind.REMINDER_WEEK, MessageKind.REMINDER_DAYS, MessageKind.REMINDER_HOURS):
        read = Reader(letter_of(kind).to_html())
        answers = [one for one in read.links if one.startswith(LINKS.page)]
        assert answers == [
            f"{LINKS.page}#je-viens",
            f"{LINKS.page}/deplacer",
            f"{LINKS.page}#souci",
        ]


def test_a_cancellation_says_how_to_book_again_and_leads_to_nothing_that_is_gone() -> None:
    text = letter_of(MessageKind.CANCELLED).to_text()
    assert LINKS.home in text
    assert LINKS.page not in text


def test_an_offer_says_until_when_in_local_time_and_where_to_answer() -> None:
    text = letter_of(MessageKind.WAITING_OFFER).to_text()
    assert "jusqu’au lundi 23\u00a0novembre à 12\u00a0h" in text
    assert LINKS.page in text
    assert "liste d’attente" in text
    assert "K7QF" not in text


def test_who_did_not_come_is_not_blamed_and_gets_three_times() -> None:
    text = letter_of(MessageKind.NO_SHOW).to_text()
    for piece in ("ce n’est pas grave", "mercredi 25", "jeudi 26", "vendredi 27", LINKS.home):
        assert piece in text
    assert not re.search(r"absen|manqu|rat[ée]|pas venu|dommage|prévenir", text)
    assert "pas pu se parler" in letter_of(MessageKind.NO_SHOW, modality=Modality.PHONE).to_text()


def test_what_people_wrote_is_escaped() -> None:
    site = make_site(name='Antenne <b>"R&D"</b>')
    letter = young_letter(facts_of(MessageKind.CONFIRMED, site, first_name="<script>alert(1)"))
    assert letter is not None
    assert "script" not in Reader(letter.to_html()).tags
    assert "&lt;b&gt;&quot;R&amp;D&quot;" in letter.to_html()
    assert 'Antenne <b>"R&D"</b>' in letter.to_text()


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind not in KINDS])
def test_what_is_only_said_by_sms_or_to_others_is_no_letter(kind: MessageKind) -> None:
    assert young_letter(facts_of(kind)) is None
