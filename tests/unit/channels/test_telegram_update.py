"""Every kind of update, and everything that is none."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram_updates import BOT, CONTENTS, NOW, Updates, bot_user

from accueil.channels.telegram_update import read_update
from accueil.core.platforms import EventKind, Platform, PlatformEvent

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
LINA, GROUP = 1001, -100_200_300
NUMBER = "33639980001"
MADE = Updates()


def read(update: Any) -> PlatformEvent | None:
    return read_update(update, BOT, RECEIVED)


def heard(**content: Any) -> PlatformEvent:
    event = read(MADE.message(LINA, **content))
    assert event is not None
    return event


def test_a_text_says_who_when_and_what() -> None:
    update = MADE.message(LINA, text="Bonjour, je cherche un logement 🏠")
    assert read(update) == PlatformEvent(
        Platform.TELEGRAM,
        str(update["update_id"]),
        "1001",
        EventKind.TEXT,
        AT,
        text="Bonjour, je cherche un logement 🏠",
    )


@pytest.mark.parametrize(
    "text", ["/start", "/start rdv-ABCD1234", f"/start@{BOT}", "/START  x\ny", "/start\n"]
)
def test_start_opens_the_conversation_and_its_payload_is_not_kept(text: str) -> None:
    event = heard(text=text)
    assert (event.kind, event.text) == (EventKind.START, "")
    assert "ABCD" not in repr(event)


@pytest.mark.parametrize("text", ["/startup", "/help", "start", "on dit /start ?", "/"])
def test_other_words_are_words(text: str) -> None:
    assert (heard(text=text).kind, heard(text=text).text) == (EventKind.TEXT, text)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("voice", EventKind.VOICE),
        ("audio", EventKind.VOICE),
        ("photo", EventKind.IMAGE),
        ("video", EventKind.VIDEO),
        ("video_note", EventKind.VIDEO),
        ("animation", EventKind.VIDEO),
        ("document", EventKind.FILE),
        ("sticker", EventKind.STICKER),
        ("dice", EventKind.OTHER),
        ("poll", EventKind.OTHER),
        ("story", EventKind.OTHER),
    ],
)
def test_what_has_no_words_has_its_kind_and_its_caption(content: str, kind: EventKind) -> None:
    assert (heard(**CONTENTS[content]).kind, heard(**CONTENTS[content]).text) == (kind, "")
    event = heard(**CONTENTS[content], caption="c’est mon courrier")
    assert (event.kind, event.text) == (kind, "c’est mon courrier")


def test_something_that_telegram_invents_later_is_something_else() -> None:
    assert heard(hologram={"file_id": "x"}).kind is EventKind.OTHER


@pytest.mark.parametrize(
    "content", ["pinned_message", "message_auto_delete_timer_changed", "write_access_allowed"]
)
def test_a_setting_of_the_chat_asks_for_no_answer(content: str) -> None:
    assert read(MADE.message(LINA, **{content: {}})) is None


@pytest.mark.parametrize("live", [{}, {"live_period": 900, "horizontal_accuracy": 12.5}])
def test_a_position_has_its_degrees(live: dict[str, Any]) -> None:
    event = heard(location={"latitude": 48.85, "longitude": 2, **live})
    assert (event.kind, event.latitude, event.longitude) == (EventKind.LOCATION, 48.85, 2.0)
    assert "48.85" not in repr(event)


def test_a_place_is_a_position() -> None:
    place = {"latitude": -20.88, "longitude": 55.45}
    venue = {"location": place, "title": "Gare", "address": "1 rue d’exemple"}
    assert heard(venue=venue, location=place).latitude == -20.88
    assert heard(venue=venue).longitude == 55.45


def test_a_live_position_counts_once() -> None:
    place = {"latitude": 48.85, "longitude": 2.35, "live_period": 900}
    assert read(MADE.edited(LINA, location=place)) is None


@pytest.mark.parametrize(
    "place",
    [
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": -181},
        {"latitude": float("nan"), "longitude": 0},
        {"latitude": 10**400, "longitude": 0},
        {"latitude": True, "longitude": 0},
        {"latitude": "48", "longitude": "2"},
        {},
        None,
    ],
)
def test_what_is_no_point_on_earth_is_nothing(place: Any) -> None:
    assert read(MADE.message(LINA, location=place)) is None


def contact(number: str, **owner: int) -> dict[str, Any]:
    return {"phone_number": number, "first_name": "Lina", **owner}


@pytest.mark.parametrize("number", [NUMBER, f"+{NUMBER}"])
def test_one_s_own_number_is_given(number: str) -> None:
    event = heard(contact=contact(number, user_id=LINA))
    assert (event.kind, event.text) == (EventKind.CONTACT, f"+{NUMBER}")
    assert NUMBER not in repr(event)


@pytest.mark.parametrize("owner", [{"user_id": 1002}, {}])
def test_somebody_else_s_number_is_not_kept(owner: dict[str, int]) -> None:
    event = heard(contact=contact(NUMBER, **owner))
    assert (event.kind, event.text) == (EventKind.CONTACT, "")


def test_new_words_are_a_text_again_at_the_time_of_the_change() -> None:
    changed = Updates(now=NOW + 60).edited(LINA, date=NOW, text="à Lyon")
    event = read(changed)
    assert event is not None
    assert (event.kind, event.text, event.at.minute) == (EventKind.TEXT, "à Lyon", 1)
    caption = read(MADE.edited(LINA, **CONTENTS["photo"], caption="mon courrier"))
    assert caption is not None
    assert (caption.kind, caption.text) == (EventKind.TEXT, "mon courrier")


def test_an_edit_without_new_words_says_nothing() -> None:
    assert read(MADE.edited(LINA, **CONTENTS["photo"])) is None
    preview_added = MADE.update(edited_message=MADE.made(LINA, text="voir https://example.org"))
    assert read(preview_added) is None


def test_a_button_has_its_token_and_what_telegram_wants_back() -> None:
    update = MADE.pressed(LINA, "tok3n")
    event = read(update)
    assert event is not None
    assert (event.kind, event.sender, event.button) == (EventKind.BUTTON, "1001", "tok3n")
    assert event.callback == update["callback_query"]["id"]
    assert event.at == RECEIVED  # the message's date is that of our question


def test_a_button_of_an_old_message_still_works() -> None:
    event = read(MADE.pressed(LINA, "tok3n", date=0))
    assert event is not None
    assert event.kind is EventKind.BUTTON


def test_a_button_elsewhere_is_not_heard() -> None:
    in_group = MADE.pressed(LINA, "tok3n")
    in_group["callback_query"]["message"]["chat"] = {"id": GROUP, "type": "group"}
    assert read(in_group) is None
    inline = MADE.pressed(LINA, "tok3n")
    del inline["callback_query"]["message"]
    assert read(inline) is None


@pytest.mark.parametrize(
    ("status", "kind"), [("kicked", EventKind.BLOCKED), ("member", EventKind.UNBLOCKED)]
)
def test_who_blocks_the_bot_is_known(status: str, kind: EventKind) -> None:
    event = read(MADE.membership(LINA, status))
    assert event is not None
    assert (event.kind, event.sender, event.at) == (kind, "1001", AT)


def test_the_bot_in_or_out_of_a_group_is_nothing() -> None:
    update = MADE.membership(LINA, "kicked")
    update["my_chat_member"]["chat"] = {"id": GROUP, "type": "group"}
    assert read(update) is None


@pytest.mark.parametrize(
    "content",
    [
        {"text": f"@{BOT} je dors dehors"},
        {"text": f"dis @{BOT.upper()}, ça marche ?"},
        {"text": f"/start@{BOT}"},
        {"caption": f"@{BOT} mon courrier", **CONTENTS["photo"]},
        {"text": "oui", "reply_to_message": {"from": bot_user()}},
    ],
)
def test_in_a_group_only_that_the_bot_was_called_is_kept(content: dict[str, Any]) -> None:
    event = read(MADE.in_group(GROUP, **content))
    assert event is not None
    assert (event.kind, event.sender, event.text) == (EventKind.GROUP, str(GROUP), "")


@pytest.mark.parametrize(
    "content",
    [
        {"text": "je dors dehors"},
        {"text": f"@{BOT}2 tu es là"},
        {"text": "/start"},
        {"text": "oui", "reply_to_message": {"from": {"id": 5, "username": "lea"}}},
        {"location": {"latitude": 48.85, "longitude": 2.35}},
        CONTENTS["photo"],
    ],
)
def test_what_is_said_between_others_is_not_heard(content: dict[str, Any]) -> None:
    assert read(MADE.in_group(GROUP, **content)) is None


def test_other_bots_are_not_heard() -> None:
    spam = {"text": f"@{BOT} achetez", "from": bot_user()}
    assert read(MADE.update(message=MADE.made(LINA) | spam)) is None
    in_group = MADE.in_group(GROUP)
    in_group["message"] |= spam
    assert read(in_group) is None


@pytest.mark.parametrize("kind", ["channel_post", "inline_query", "message_reaction", "poll"])
def test_what_was_not_asked_for_is_nothing(kind: str) -> None:
    assert read(MADE.update(**{kind: MADE.made(LINA, text="Bonjour")})) is None


def test_a_text_can_be_stored_whatever_it_holds() -> None:
    event = heard(text="a\x00b\ud83dc")
    assert event.text == "ab?c"
    event.text.encode()


@pytest.mark.parametrize(
    "change",
    [{"date": 10**20}, {"date": -1}, {"date": "hier"}, {"date": True}, {"chat": 3}, {"chat": None}],
)
def test_a_message_without_time_or_place_is_nothing(change: dict[str, Any]) -> None:
    assert read(MADE.update(message=MADE.made(LINA, text="Bonjour") | change)) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
EXAMPLES = [
    MADE.message(LINA, text=f"/start @{BOT}"),
    MADE.message(LINA, contact=contact(NUMBER, user_id=LINA)),
    MADE.message(LINA, venue={"location": {"latitude": 1, "longitude": 2}}),
    MADE.message(LINA, caption="voici", **CONTENTS["photo"]),
    MADE.edited(LINA, text="à Lyon"),
    MADE.pressed(LINA, "tok3n"),
    MADE.membership(LINA, "kicked"),
    MADE.in_group(GROUP, text=f"@{BOT}", reply_to_message={"from": bot_user()}),
]


def places_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else ()
    return [path, *(found for key, one in inner for found in places_of(one, (*path, key)))]


@given(json_values)
def test_anything_at_all_is_read_without_a_crash(value: Any) -> None:
    assert read(value) is None


@given(st.data())
def test_any_damage_to_an_update_is_read_without_a_crash(data: st.DataObject) -> None:
    update = copy.deepcopy(data.draw(st.sampled_from(EXAMPLES)))
    *way, last = data.draw(st.sampled_from(places_of(update)[1:]))
    place = update
    for step in way:
        place = place[step]
    place[last] = data.draw(json_values)
    event = read(update)
    assert event is None or (event.at.tzinfo is UTC and event.id and event.sender)
