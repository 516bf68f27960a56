"""SMS that do not leave: files in a folder, and memory; and the names that messages have."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from accueil.gateways.sms import FolderSms, NullSms
from accueil.gateways.sms_ovh import OvhSms
from accueil.services.messaging import (
    DeliveryReceipt,
    IncomingSms,
    Sms,
    SmsNotSent,
    SmsSender,
    reference_for,
)

LINA = "+33639980001"
REMINDER = Sms(LINA, "Rappel : ton rendez-vous.", "a1b2c3d4e5f60718293a")
SENDERS: tuple[type[SmsSender], ...] = (OvhSms, FolderSms, NullSms)
"""The type checker reads this: each keeps to the protocol."""


def test_a_file_for_each_reference_written_twice_is_one(tmp_path: Path) -> None:
    folder = FolderSms(tmp_path / "sms")
    assert folder.find(REMINDER.reference) is None
    identifier = folder.send(REMINDER)
    assert folder.send(REMINDER) == identifier
    (file,) = (tmp_path / "sms").iterdir()
    assert file.name == "a1b2c3d4e5f60718293a.txt"
    assert file.read_text(encoding="utf-8") == f"À\u00a0: {LINA}\n\nRappel : ton rendez-vous.\n"
    assert folder.find(REMINDER.reference) == identifier
    assert folder.receipts([identifier, "other"]) == {
        identifier: DeliveryReceipt.DELIVERED,
        "other": DeliveryReceipt.FAILED,
    }
    assert folder.incoming(datetime(2026, 11, 23, tzinfo=UTC)) == []
    assert not folder.takes_answers
    assert "«\u00a0sms\u00a0»" in folder.description


def test_a_folder_that_cannot_be_written_gets_the_message_later(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SmsNotSent) as caught:
        FolderSms(tmp_path / "file").send(REMINDER)
    assert caught.value.retry


def test_a_text_that_no_file_takes_is_not_tried_again(tmp_path: Path) -> None:
    with pytest.raises(SmsNotSent) as caught:
        FolderSms(tmp_path).send(Sms(LINA, "\ud83d", "half"))
    assert not caught.value.retry


def test_memory_keeps_what_it_is_given() -> None:
    memory = NullSms()
    identifier = memory.send(REMINDER)
    assert memory.sent == [REMINDER]
    assert memory.find(REMINDER.reference) == identifier
    assert memory.find("other") is None
    assert memory.receipts([identifier]) == {identifier: DeliveryReceipt.PENDING}
    memory.states[identifier] = DeliveryReceipt.DELIVERED
    assert memory.receipts([identifier]) == {identifier: DeliveryReceipt.DELIVERED}
    at = [datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (7, 8, 9)]
    memory.answers = [IncomingSms(str(hour), LINA, "1", hour) for hour in reversed(at)]
    assert [answer.at for answer in memory.incoming(at[1])] == at[1:]
    memory.failure = SmsNotSent("429", retry=True)
    with pytest.raises(SmsNotSent):
        memory.send(REMINDER)
    assert len(memory.sent) == 1


@pytest.mark.parametrize("reference", ["", "a" * 21, "../up", "a b", "é"])
def test_a_reference_is_short_and_plain(reference: str) -> None:
    with pytest.raises(ValueError, match="a reference is 1 to 20") as caught:
        Sms(LINA, "t", reference)
    assert LINA not in str(caught.value)


def test_the_same_fact_to_the_same_address_has_one_name() -> None:
    name = reference_for("id:0:confirmed:young_person", LINA)
    assert Sms(LINA, "t", name).reference == name
    assert len(name) == 20
    assert name == reference_for("id:0:confirmed:young_person", LINA)
    assert name != reference_for("id:0:confirmed:young_person", "+33639980002")
    assert name != reference_for("id:1:confirmed:young_person", LINA)
