"""What Messenger's webhooks say: every kind, whole batches, and what nobody expects."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accueil.channels.messenger_batch import read_messenger
from accueil.core.platforms import EventKind, Platform, PlatformEvent, SentReceipt

PAGE, LINA = "104", "7700"
AT = 1_795_417_200_123


def batch(*items: Any, page: str = PAGE, key: str = "messaging") -> dict[str, Any]:
    return {"object": "page", "entry": [{"id": page, "time": AT, key: list(items)}]}


def item(**content: Any) -> dict[str, Any]:
    return {"sender": {"id": LINA}, "recipient": {"id": PAGE}, "timestamp": AT} | content


def message(**content: Any) -> dict[str, Any]:
    return item(message={"mid": "m_1"} | content)


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    return message(attachments=[{"type": kind, "payload": payload}])


def only_event(found: dict[str, Any]) -> PlatformEvent:
    events, receipts = read_messenger(batch(found), PAGE)
    assert not receipts
    (event,) = events
    return event


def test_a_text_has_its_writer_its_words_and_its_moment() -> None:
    assert only_event(message(text="Je cherche un logement")) == PlatformEvent(
        Platform.MESSENGER,
        "m_1",
        LINA,
        EventKind.TEXT,
        datetime(2026, 11, 23, 7, 0, 0, 123_000, tzinfo=UTC),
        text="Je cherche un logement",
    )


def test_a_quick_reply_is_its_token_not_its_title() -> None:
    event = only_event(message(text="Oui", quick_reply={"payload": "t0ken"}))
    assert (event.kind, event.button, event.text) == (EventKind.BUTTON, "t0ken", "")


def test_a_postback_is_its_token() -> None:
    event = only_event(item(postback={"mid": "m_9", "title": "Oui", "payload": "t0ken"}))
    assert (event.id, event.kind, event.button) == ("m_9", EventKind.BUTTON, "t0ken")


def test_a_postback_without_identifier_gets_one_that_stays_the_same() -> None:
    first, again = (only_event(item(postback={"payload": "t0ken"})) for _ in range(2))
    other = only_event(item(postback={"payload": "an0ther"}))
    assert first.id == again.id != other.id
    assert LINA not in first.id


@pytest.mark.parametrize(
    "opening",
    [
        item(postback={"mid": "m_0", "title": "Démarrer", "payload": "GET_STARTED"}),
        item(referral={"ref": "un-code", "source": "SHORTLINK", "type": "OPEN_THREAD"}),
    ],
)
def test_opening_the_conversation_is_a_start_and_its_link_says_nothing(opening: Any) -> None:
    event = only_event(opening)
    assert (event.kind, event.text, event.button) == (EventKind.START, "", "")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image", EventKind.IMAGE),
        ("video", EventKind.VIDEO),
        ("audio", EventKind.VOICE),
        ("file", EventKind.FILE),
        ("sticker", EventKind.STICKER),
        ("fallback", EventKind.OTHER),
        ("template", EventKind.OTHER),
        ("reel", EventKind.OTHER),
        ("appointment_booking", EventKind.OTHER),
        ("what_comes_next", EventKind.OTHER),
    ],
)
def test_every_attachment_has_its_kind(kind: str, expected: EventKind) -> None:
    assert only_event(attached(kind, url="https://cdn.example.org/1")).kind is expected


def test_a_thumb_is_a_sticker_in_either_writing() -> None:
    assert only_event(attached("image", sticker_id=369239263222822)).kind is EventKind.STICKER
    both = message(
        attachments=[{"type": "image", "payload": {}}, {"type": "sticker", "payload": {}}]
    )
    assert only_event(both).kind is EventKind.STICKER


def test_a_link_is_words_and_a_picture_keeps_its_caption() -> None:
    link = message(text="https://example.org", attachments=[{"type": "fallback"}])
    assert only_event(link).kind is EventKind.TEXT
    picture = only_event(message(text="Ma lettre", attachments=[{"type": "image"}]))
    assert (picture.kind, picture.text) == (EventKind.IMAGE, "Ma lettre")


def test_a_location_has_its_point() -> None:
    event = only_event(attached("location", coordinates={"lat": 48.85, "long": 2.35}))
    assert (event.kind, event.latitude, event.longitude) == (EventKind.LOCATION, 48.85, 2.35)


@pytest.mark.parametrize("latitude", [91, -91, "48", True, None, float("nan"), 10**400])
def test_a_location_that_is_nowhere_is_no_location(latitude: Any) -> None:
    event = only_event(attached("location", coordinates={"lat": latitude, "long": 2.35}))
    assert (event.kind, event.latitude) == (EventKind.OTHER, None)


def test_an_edit_is_said_again_each_time_under_another_name() -> None:
    first = item(message_edit={"mid": "m_1", "text": "Je cherche un emploi", "num_edit": 1})
    second = item(message_edit={"mid": "m_1", "text": "Je cherche un stage", "num_edit": "2"})
    names = {only_event(edit).id for edit in (first, first, second)} | {"m_1"}
    assert len(names) == 3
    event = only_event(first)
    assert (event.kind, event.text) == (EventKind.TEXT, "Je cherche un emploi")


def test_an_echo_with_our_reference_is_a_receipt_and_no_event() -> None:
    ours = item(message={"mid": "m_2", "is_echo": True, "metadata": "a1b2c3", "text": "Bonjour"})
    theirs = item(message={"mid": "m_3", "is_echo": True, "text": "Un collègue répond"})
    foreign = item(message={"mid": "m_4", "is_echo": True, "metadata": "not ours: " * 9})
    found = read_messenger(batch(ours, theirs, foreign), PAGE)
    assert found == ([], [SentReceipt(Platform.MESSENGER, "a1b2c3")])


@pytest.mark.parametrize(
    "silent",
    [
        item(read={"watermark": AT}),
        item(delivery={"mids": ["m_1"], "watermark": AT}),
        item(reaction={"mid": "m_1", "action": "react", "reaction": "love"}),
        item(optin={"type": "notification_messages", "payload": "x"}),
        item(policy_enforcement={"action": "warning"}),
        message(is_deleted=True),
        {"sender": {"id": LINA}, "message": {"mid": "m_1", "text": "sans moment"}},
        {"timestamp": AT, "message": {"mid": "m_1", "text": "de personne"}},
        item(message={"text": "sans nom"}),
        message(mid=["m_1"], text="nom étrange"),
        item(message_edit={"mid": "m_1"}),
        item(postback={"title": "sans jeton"}),
        "pas un objet",
        None,
    ],
)
def test_what_is_not_said_by_somebody_is_left_out_alone(silent: Any) -> None:
    events, receipts = read_messenger(batch(silent, message(text="Bonjour")), PAGE)
    assert [event.text for event in events] == ["Bonjour"]
    assert not receipts


def test_a_batch_is_read_whole_and_in_order() -> None:
    entries = [batch(item(message={"mid": f"m_{n}", "text": str(n)}))["entry"][0] for n in range(3)]
    entries[1]["messaging"].insert(0, item(message={"is_echo": True, "metadata": "r1"}))
    events, receipts = read_messenger({"object": "page", "entry": entries}, PAGE)
    assert [event.text for event in events] == ["0", "1", "2"]
    assert [receipt.reference for receipt in receipts] == ["r1"]


def test_other_pages_and_conversations_of_other_applications_are_not_ours() -> None:
    said = message(text="Bonjour")
    assert read_messenger(batch(said, page="999"), PAGE) == ([], [])
    assert read_messenger(batch(said, key="standby"), PAGE) == ([], [])
    assert read_messenger(batch(said) | {"object": "instagram"}, PAGE) == ([], [])


def test_halves_of_characters_do_not_get_in() -> None:
    event = only_event(json.loads(json.dumps(message(text="a\ud800b"))))
    assert event.text == "a?b"
    events, _ = read_messenger(batch(item(message={"mid": "m\ud800", "text": "a"})), PAGE)
    assert not events


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
NAMES = st.sampled_from(
    "sender timestamp message postback referral message_edit mid text is_echo metadata payload id "
    "quick_reply attachments type coordinates lat long num_edit sticker_id".split()
)
NEARLY = st.recursive(
    JUNK,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(body=JUNK, entries=JUNK, content=st.dictionaries(NAMES, NEARLY, max_size=5))
def test_nothing_that_comes_makes_it_fail(body: Any, entries: Any, content: Any) -> None:
    read_messenger(body, PAGE)
    read_messenger({"object": "page", "entry": entries}, PAGE)
    events, _ = read_messenger(batch(item(**content), message(**content), content), PAGE)
    for event in events:
        event.text.encode()
        assert all((event.id, event.sender, event.at.tzinfo is UTC))
