"""What identifies somebody stops at the door: not for the engine, the history or the logs."""

import json

import pytest
from door import is_problem
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

PHONE = "06 39 98 12 34"
EMAIL = "lina.exemple@mission.example"

WRITTEN = [
    f"rappelez moi au {PHONE} svp",
    "mon num c'est 0639981234",
    "0639981234",
    "+33 6 39 98 12 34 merci",
    "0033639981234",
    "06.39.98.12.34",
    "06-39-98-12-34",
    "06\u00a039\u202f98 12 34",
    "06\u200b39\u200d98\ufeff12 34",
    "０６３９９８１２３４",
    "٠٦٣٩٩٨١٢٣٤",
    "j'habite Roubaix, 0639981234, je cherche un logement",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_phone_number_is_masked_everywhere_but_kept_for_the_appointment(
    device, engine, application, text
):
    device.say(text)
    said = [one | {"id": ""} for one in device.history()]  # an identifier has digits of its own
    history = json.dumps(said, ensure_ascii=False)
    for seen in (engine.heard[0], history):
        assert "[téléphone]" in seen
        assert "39" not in seen
    with application.store.read() as uow:
        assert uow.chats.get(device.opened["session_id"]).phone == "+33639981234"


@pytest.mark.parametrize(
    "text", [f"mon mail : {EMAIL}", EMAIL.upper(), f"<{EMAIL}>", EMAIL.replace("@", "＠")]
)
def test_an_address_is_masked_too(device, engine, application, text):
    device.say(text)
    for seen in (engine.heard[0], str(device.history())):
        assert "[email]" in seen
        assert "mission.example" not in seen.lower()
    with application.store.read() as uow:
        assert uow.chats.get(device.opened["session_id"]).email == EMAIL


def test_an_incomplete_number_goes_no_further(device, engine):
    device.say("appelle le 06 39 98 12")
    assert engine.heard == ["appelle le [numéro incomplet]"]


@pytest.mark.parametrize("offset", range(0, 16, 3))
def test_a_number_is_masked_where_a_long_message_is_cut(device, engine, offset):
    device.say("a " * 400 + "0639981234 " + "b" * (1_489 + offset))
    assert "39981" not in engine.heard[0]
    assert "81234" not in engine.heard[0]


def test_nothing_written_is_legible_in_the_database_file(device, engine, database_file):
    device.say("ma copine Zoé attend un bébé, 0639981234")
    stored = b"".join(path.read_bytes() for path in database_file.parent.glob("accueil.db*"))
    for secret in ("copine", "Zoé", "639981234"):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    "crash",
    [
        RuntimeError(f"cannot answer {PHONE}"),
        ValueError(f"wrong {PHONE}"),
        OperationalError("INSERT INTO chat", {"text": PHONE}, Exception(PHONE)),
        KeyError(PHONE),
    ],
    ids=lambda crash: type(crash).__name__,
)
def test_a_turn_that_fails_tells_the_logs_its_kind_only(device, engine, crash, capsys, caplog):
    engine.crash = crash
    caplog.set_level(0)
    problem = is_problem(device.post({"text": f"rappelle Zoé au {PHONE}"}), 503)
    assert "112" in problem["detail"]
    shown = "".join(capsys.readouterr()) + caplog.text
    assert type(crash).__name__ in shown
    for secret in (PHONE, "39981234", "Zoé", "rappelle", device.token):
        assert secret not in shown
    assert PHONE not in json.dumps(problem)


def test_a_turn_that_goes_well_writes_no_log(device, caplog):
    caplog.set_level("INFO", logger="accueil")
    with capture_logs() as logs:
        device.say(f"rappelle Zoé au {PHONE}")
    assert logs == []
    assert "Zoé" not in caplog.text
