"""Every type is answered, in several ways, with a number that picks up at night."""

import re
from datetime import date, timedelta

import pytest

from accueil.core.safety import SafetyDetector, SafetyReading, SafetyReplies, SafetyType

CLOCK = date(2026, 11, 22)
KINDS = list(SafetyType)
TRIO = [None, 0, 1]


def reading(detector: SafetyDetector, kind: SafetyType, third: bool) -> SafetyReading:
    numbers = detector._lexicon.numbers[kind]
    return SafetyReading("", True, (kind,), numbers, third)


@pytest.mark.parametrize("third", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_first_reply(
    detector: SafetyDetector, replies: SafetyReplies, kind: SafetyType, third: bool
) -> None:
    texts = []
    for previous in TRIO:
        index, reply = replies.reply(reading(detector, kind, third), previous)
        assert index != previous
        assert "?" in reply.text  # asks whether there is danger now
        assert "robot" in reply.text
        assert "la nuit" in reply.text
        assert "24\u00a0h/24" in reply.text
        assert "114" in reply.text or "chat" in reply.text
        assert any(replies.registry.get(card.number).always_open for card in reply.cards)
        assert any(card.sms or card.chat for card in reply.cards)
        assert all(card.call == f"tel:{card.number}" for card in reply.cards)
        assert not re.search(r"[{}']| [?!;:»]", reply.text)
        texts.append(reply.text)
    assert len(set(texts)) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_are_in_the_registry(
    detector: SafetyDetector, replies: SafetyReplies, kind: SafetyType
) -> None:
    for number in detector._lexicon.numbers[kind]:
        assert replies.registry.get(number).number == number


@pytest.mark.parametrize("third", [False, True])
@pytest.mark.parametrize("fear", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_follow_up_never_repeats(
    replies: SafetyReplies, kind: SafetyType, fear: bool, third: bool
) -> None:
    previous, last = None, ""
    for _ in range(4):
        index, reply = replies.follow_up(kind, third, previous, fears_discovery=fear)
        assert index != previous
        assert reply.text != last
        assert reply.cards
        previous, last = index, reply.text


def test_fear_of_being_found_out_says_how_to_erase(replies: SafetyReplies) -> None:
    _, reply = replies.follow_up(SafetyType.violence_conjugale, False, None, fears_discovery=True)
    assert "fface" in reply.text
    assert "facture" in reply.text
    assert {"114", "119"} <= {card.number for card in reply.cards}


def test_a_minor_is_told_about_the_119(detector: SafetyDetector, replies: SafetyReplies) -> None:
    found = detector.read("j'ai 15 ans et je veux mourir")
    _, reply = replies.reply(found, None)
    assert found.types[0] == SafetyType.suicide
    assert "facture" in reply.text
    assert reply.cards[0].number == "3114"
    assert "119" in {card.number for card in reply.cards}


def test_no_reply_without_distress(detector: SafetyDetector, replies: SafetyReplies) -> None:
    with pytest.raises(ValueError, match="no distress"):
        replies.reply(detector.read("bonjour"), None)


def test_registry_was_read_within_a_year(replies: SafetyReplies) -> None:
    assert replies.registry.outdated(CLOCK) == ()
    assert replies.registry.outdated(CLOCK + timedelta(days=366))
    for number in replies.registry:
        assert number.number.isdigit()
        assert number.source
        assert number.overseas
