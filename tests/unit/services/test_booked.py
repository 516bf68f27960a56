"""What somebody is shown of their appointment."""

from datetime import UTC, datetime

from factories import make_appointment, make_counsellor, make_site

from accueil.services.appointments import Booked


def test_the_hour_shown_is_that_of_the_appointment_s_own_zone() -> None:
    start = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    appointment = make_appointment(start, make_counsellor(), time_zone="Indian/Reunion")
    booked = Booked(appointment, make_site(time_zone="Europe/Paris"), "", "")
    assert booked.local_start().isoformat() == "2026-11-24T10:00:00+04:00"
