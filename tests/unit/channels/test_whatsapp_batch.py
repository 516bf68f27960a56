"""What WhatsApp's webhooks say: every kind, whole batches, and what nobody expects."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.channels.whatsapp_batch import read_whatsapp
from accueil.core.platforms import EventKind, Platform, PlatformEvent, SentReceipt

NUMBER, LINA, LINA_HERE = "106", "33639980001", "FR.1349"
METADATA = {"display_phone_number": "33939980003", "phone_number_id": NUMBER}


def change(
    value: dict[str, Any], field: str = "messages", metadata: Any = METADATA
) -> dict[str, Any]:
    return {
        "field": field,
        "value": {"messaging_product": "whatsapp", "metadata": metadata} | value,
    }


def batch(*changes: Any) -> dict[str, Any]:
    entry = {"id": "102", "changes": list(changes)}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def message(kind: str, content: Any = None, **more: Any) -> dict[str, Any]:
    named = {"from": LINA, "id": "wamid.1", "timestamp": "1795417200", "type": kind}
    return named | ({kind: content} if content is not None else {}) | more


def read(*messages: Any, contacts: Any = ()) -> list[PlatformEvent]:
    value = {"messages": list(messages), "contacts": list(contacts)}
    events, receipts = read_whatsapp(batch(change(value)), NUMBER)
    assert not receipts
    return events


def only_event(found: dict[str, Any], contacts: Any = ()) -> PlatformEvent:
    (event,) = read(found, contacts=contacts)
    return event


def test_a_text_has_its_writer_its_words_and_its_moment() -> None:
    assert only_event(message("text", {"body": "Je cherche un logement"})) == PlatformEvent(
        Platform.WHATSAPP,
        "wamid.1",
        LINA,
        EventKind.TEXT,
        datetime(2026, 11, 23, 7, tzinfo=UTC),
        text="Je cherche un logement",
        callback="wamid.1",
    )


def test_somebody_with_a_username_has_no_number() -> None:
    hidden = message("text", {"body": "Bonjour"}, from_user_id=LINA_HERE) | {"from": ""}
    assert only_event(hidden).sender == LINA_HERE
    del hidden["from"]
    assert only_event(hidden).sender == LINA_HERE


def test_the_identifier_made_for_us_goes_before_the_number() -> None:
    assert only_event(message("text", {"body": "a"}, from_user_id=LINA_HERE)).sender == LINA_HERE


def test_the_only_contact_says_who_writes_and_several_do_not() -> None:
    nameless = message("text", {"body": "Bonjour"}) | {"from": ""}
    contact = {"wa_id": "", "user_id": LINA_HERE}
    assert only_event(nameless, [contact]).sender == LINA_HERE
    assert not read(nameless, contacts=[contact, {"user_id": "FR.9"}])


@pytest.mark.parametrize("kind", ["button_reply", "list_reply"])
def test_a_choice_is_its_token(kind: str) -> None:
    answer = {"type": kind, kind: {"id": "t0ken", "title": "Oui"}}
    event = only_event(message("interactive", answer))
    assert (event.kind, event.button, event.text) == (EventKind.BUTTON, "t0ken", "")


def test_the_button_of_a_template_is_its_payload_or_the_words_on_it() -> None:
    event = only_event(message("button", {"payload": "t0ken", "text": "Oui"}))
    assert (event.kind, event.button) == (EventKind.BUTTON, "t0ken")
    event = only_event(message("button", {"payload": "Oui", "text": "Oui"}))
    assert (event.kind, event.text) == (EventKind.TEXT, "Oui")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image", EventKind.IMAGE),
        ("video", EventKind.VIDEO),
        ("audio", EventKind.VOICE),
        ("document", EventKind.FILE),
        ("sticker", EventKind.STICKER),
        ("order", EventKind.OTHER),
        ("unsupported", EventKind.OTHER),
        ("what_comes_next", EventKind.OTHER),
        ("request_welcome", EventKind.START),
    ],
)
def test_every_kind_has_its_own(kind: str, expected: EventKind) -> None:
    assert only_event(message(kind, {"id": "1"})).kind is expected
    assert only_event(message(kind)).kind is expected


def test_a_caption_is_kept() -> None:
    assert only_event(message("image", {"id": "1", "caption": "Ma lettre"})).text == "Ma lettre"


def test_a_location_has_its_point() -> None:
    event = only_event(message("location", {"latitude": 48.85, "longitude": 2.35, "name": "x"}))
    assert (event.kind, event.latitude, event.longitude) == (EventKind.LOCATION, 48.85, 2.35)
    assert only_event(message("location", {"latitude": 200})).kind is EventKind.OTHER


def shared(number: str) -> list[dict[str, Any]]:
    return [{"name": {"formatted_name": "Lina"}, "phones": [{"phone": "x", "wa_id": number}]}]


def test_a_shared_number_counts_when_it_is_the_writers_own() -> None:
    own = only_event(message("contacts", shared(LINA)))
    assert (own.kind, own.text) == (EventKind.CONTACT, f"+{LINA}")
    friend = only_event(message("contacts", shared("33639980002")))
    assert (friend.kind, friend.text) == (EventKind.CONTACT, "")


def test_a_hidden_number_is_known_only_by_the_contact_of_the_same_person() -> None:
    said = message("contacts", shared(LINA), from_user_id=LINA_HERE) | {"from": ""}
    assert only_event(said, [{"user_id": LINA_HERE, "wa_id": LINA}]).text == f"+{LINA}"
    assert only_event(said, [{"user_id": "FR.9", "wa_id": LINA}]).text == ""
    assert (
        only_event(message("contacts", shared("")) | {"from": ""}, [{"user_id": "FR.9"}]).text == ""
    )


@pytest.mark.parametrize(
    "silent",
    [
        message("reaction", {"message_id": "wamid.0", "emoji": "👍"}),
        message("system", {"type": "user_changed_number", "wa_id": "33639980009"}),
        message("unsupported", {"type": "pin"}),
        message("text", {"body": "en groupe"}, group_id="g1"),
        message("text", {"body": "sans nom"}) | {"id": None},
        message("text", {"body": "sans moment"}) | {"timestamp": "hier"},
        message("text", {"body": "de personne"}) | {"from": 33639980001},
        message("text", {"body": "sans genre"}) | {"type": None},
        "pas un objet",
        None,
    ],
)
def test_what_is_not_said_to_us_is_left_out_alone(silent: Any) -> None:
    events = read(silent, message("text", {"body": "Bonjour"}))
    assert [event.text for event in events] == ["Bonjour"]


def status(state: Any, reference: Any = "a1b2c3", **more: Any) -> dict[str, Any]:
    return {"id": "wamid.2", "status": state, "biz_opaque_callback_data": reference} | more


def test_statuses_hand_our_reference_back() -> None:
    said = [status("sent"), status("delivered"), status("read"), status("failed", errors=[{}])]
    found = read_whatsapp(batch(change({"statuses": said})), NUMBER)
    ours = SentReceipt(Platform.WHATSAPP, "a1b2c3")
    assert found == ([], [ours, ours, ours, SentReceipt(Platform.WHATSAPP, "a1b2c3", failed=True)])


def test_statuses_without_our_reference_say_nothing() -> None:
    said = [status("sent", None), status("sent", "pas à nous"), status("warning"), status(None), 7]
    assert read_whatsapp(batch(change({"statuses": said})), NUMBER) == ([], [])


def test_a_batch_is_read_whole_and_in_order() -> None:
    def value(n: int) -> dict[str, Any]:
        said = message("text", {"body": str(n)}) | {"id": f"wamid.{n}"}
        return {"messages": [said], "statuses": [status("sent", f"r{n}")]}

    body = batch(change(value(1)), "?", change(value(2)))
    body["entry"] += batch(change(value(3)))["entry"]
    events, receipts = read_whatsapp(body, NUMBER)
    assert [event.text for event in events] == ["1", "2", "3"]
    assert [receipt.reference for receipt in receipts] == ["r1", "r2", "r3"]


def test_another_number_and_other_fields_are_not_ours() -> None:
    said = {"messages": [message("text", {"body": "Bonjour"})]}
    other = change(said, metadata=METADATA | {"phone_number_id": "999"})
    stop = change({"user_preferences": [{"value": "stop"}]} | said, field="user_preferences")
    assert read_whatsapp(batch(other, stop, change(said, metadata=None)), NUMBER) == ([], [])
    assert read_whatsapp(batch(change(said)) | {"object": "page"}, NUMBER) == ([], [])


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
KINDS = st.sampled_from("text image interactive button location contacts unsupported".split())


@given(body=JUNK, kind=KINDS, content=JUNK, more=st.dictionaries(KINDS, JUNK), contacts=JUNK)
def test_nothing_that_comes_makes_it_fail(
    body: Any, kind: str, content: Any, more: dict[str, Any], contacts: Any
) -> None:
    read_whatsapp(body, NUMBER)
    value = {"messages": [message(kind, content) | more, body], "contacts": contacts}
    events, _ = read_whatsapp(batch(change(value), change({"statuses": [content, body]})), NUMBER)
    for event in events:
        event.text.encode()
        assert all((event.id, event.sender, event.at.tzinfo is UTC))
