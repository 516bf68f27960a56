"""The one setting for SMS, and what its value means."""

from pathlib import Path

import pytest

from accueil.gateways.sms_account import read_account
from accueil.settings import SettingsError, read_settings

URL = "ovh://key:s%40cret@eu.api.ovh.com/sms-xx11111-1?consumer=consumer"


def test_the_whole_account_is_in_one_line() -> None:
    account = read_account(URL)
    assert account.base_url == "https://eu.api.ovh.com/1.0"
    assert account.service == "sms-xx11111-1"
    assert account.application_key == "key"
    assert account.application_secret == "s@cret"
    assert account.consumer_key == "consumer"
    assert (account.number, account.sender) == ("", "")
    assert "cret" not in repr(account)


@pytest.mark.parametrize("number", ["+33939980002", "%2B33939980002"])
def test_a_plus_is_a_plus(number: str) -> None:
    assert read_account(f"{URL}&number={number}").number == "+33939980002"


def test_a_name_may_have_a_space() -> None:
    assert read_account(f"{URL}&sender=Mission%20Loc").sender == "Mission Loc"


@pytest.mark.parametrize("host", ["127.0.0.1:8099", "localhost:8099", "[::1]:8099"])
def test_only_this_machine_is_spoken_to_in_clear(host: str) -> None:
    url = URL.replace("eu.api.ovh.com", host)
    assert read_account(url).base_url == f"http://{host}/1.0"
    assert read_account(URL.replace("eu.", "127.0.0.1.")).base_url.startswith("https://")


@pytest.mark.parametrize(
    "value",
    [
        "smtp://key:secret@eu.api.ovh.com/sms-xx11111-1?consumer=consumer",
        "ovh://eu.api.ovh.com/sms-xx11111-1?consumer=consumer",
        "ovh://key@eu.api.ovh.com/sms-xx11111-1?consumer=consumer",
        "ovh://key:secret@eu.api.ovh.com/?consumer=consumer",
        "ovh://key:secret@eu.api.ovh.com/a/b?consumer=consumer",
        "ovh://key:secret@eu.api.ovh.com/sms-xx11111-1",
        "ovh://key:secret@/sms-xx11111-1?consumer=consumer",
        "ovh://key:sec/ret@eu.api.ovh.com/sms-xx11111-1?consumer=consumer",
        "ovh://key:secret@[eu.api.ovh.com/sms-xx11111-1?consumer=consumer",
        "ovh://key:secret@eu.api.ovh.com:99999/sms-xx11111-1?consumer=consumer",
        "ovh://key:secret@eu.api.ovh.com:0/sms-xx11111-1?consumer=consumer",
        f"{URL}&number=%2B33939980002&sender=Accueil",
        f"{URL}&number=accueil",
        f"{URL}&sender=PremierAccueil",
        f"{URL}&sendr=Accueil",
        "secret",
    ],
)
def test_a_wrong_value_is_one_sentence_without_the_value(tmp_path: Path, value: str) -> None:
    with pytest.raises(
        SettingsError, match=r"^ACCUEIL_SMS_URL doit s’écrire ovh://.*\.$"
    ) as caught:
        read_settings({"ACCUEIL_FOLDER": str(tmp_path), "ACCUEIL_SMS_URL": value})
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_without_the_setting_there_is_no_account(tmp_path: Path) -> None:
    assert read_settings({"ACCUEIL_FOLDER": str(tmp_path)}).sms_account is None
    given = {"ACCUEIL_FOLDER": str(tmp_path), "ACCUEIL_SMS_URL": URL}
    assert read_settings(given).sms_account == read_account(URL)
