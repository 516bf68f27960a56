"""Every type is answered, in several ways, with a number that picks up at night."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from accueil.core.safety import SafetyDetector, SafetyReading, SafetyReplies, SafetyType

KINDS = list(SafetyType)
ROOT = Path(__file__).parents[2]
HELPLINE = re.compile(
    r"(?<![\d.,€])(?:0[\s ]80\d(?:[\s ]\d{2,3}){2,3}|3114|3018|3919|3977|119|33700)(?!\d)"
)
"""Free-phone numbers and helplines' short numbers; 15 or 112 may be any figure."""
LABOUR_LAW = "0806000126"
"""The administration's line on labour law: no helpline."""
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
        assert all(card.call == f"tel:{card.number}" or card.sms for card in reply.cards)
        assert [card.call for card in reply.cards if card.number == "114"] in ([], [None])
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
    """Of the real calendar, on purpose: one day this fails, and somebody reads the pages again."""
    today = datetime.now(UTC).date()
    assert [one.number for one in replies.registry.outdated(today)] == []


def test_a_registry_read_long_ago_is_outdated(replies: SafetyReplies) -> None:
    oldest = min(one.checked_on for one in replies.registry)
    assert replies.registry.outdated(oldest + timedelta(days=366))
    assert replies.registry.outdated(oldest - timedelta(days=1))


def test_every_number_says_where_it_holds_and_who_said_so(replies: SafetyReplies) -> None:
    for number in replies.registry:
        assert number.number.isdigit()
        assert number.source
        assert number.coverage
        assert number.hours
        assert number.overseas.startswith(("connu : ", "non vérifié"))


def test_every_helpline_that_is_said_anywhere_is_in_the_registry(replies: SafetyReplies) -> None:
    shown = {re.sub(r"\D", "", one.number) for one in replies.registry}
    said = {}
    for pattern in ("data/nlu/*.yml", "domain.yml", "data/reference/languages.toml",
                    "data/safety/replies.toml", "actions/**/*.py", "accueil/**/*.py"):  # fmt: skip
        for path in ROOT.glob(pattern):
            for found in HELPLINE.findall(path.read_text(encoding="utf-8")):
                said[re.sub(r"\D", "", found)] = path.name
    assert {"3114", "0800081111"} <= set(said)
    known = shown | {LABOUR_LAW}
    assert {number: name for number, name in said.items() if number not in known} == {}
