"""Video calls: one room for each appointment, which nobody can guess, or none at all."""

from pathlib import Path

import pytest
from factories import NOW, make_appointment, make_counsellor

from accueil.bootstrap import Application
from accueil.core.territory import Modality
from accueil.settings import SettingsError, read_settings


def application_of(folder: Path, address: str, key: str = "k" * 40) -> Application:
    given = {
        "ACCUEIL_FOLDER": str(folder),
        "ACCUEIL_SECRET_KEY": key,
        "ACCUEIL_VIDEO_URL": address,
    }
    return Application(read_settings(given))


def test_a_room_is_the_appointment_s_for_life_and_says_nothing(tmp_path: Path) -> None:
    one, other = (
        make_appointment(NOW, make_counsellor(), modality=Modality.VIDEO) for _ in range(2)
    )
    application = application_of(tmp_path, "https://visio.example.org/")
    room = application.video_url(one)
    assert room.startswith("https://visio.example.org/")
    assert len(room.rpartition("/")[2]) == 32
    assert one.id not in room
    assert room == application.video_url(one)
    assert room != application.video_url(other)
    assert room != application_of(tmp_path, "https://visio.example.org", "z" * 40).video_url(one)


def test_no_room_for_other_ways_nor_without_a_service(tmp_path: Path) -> None:
    application = application_of(tmp_path, "https://visio.example.org")
    for modality in (Modality.ON_SITE, Modality.PHONE):
        assert not application.video_url(
            make_appointment(NOW, make_counsellor(), modality=modality)
        )
    by_video = make_appointment(NOW, make_counsellor(), modality=Modality.VIDEO)
    assert application_of(tmp_path, "").video_url(by_video) == ""


@pytest.mark.parametrize("address", ["http://visio.example.org", "visio", "javascript:alert(1)"])
def test_an_address_that_is_not_https_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match=r"^ACCUEIL_VIDEO_URL doit .*https://\.$"):
        application_of(tmp_path, address)
