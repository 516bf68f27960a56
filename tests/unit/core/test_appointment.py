"""What may be done with an appointment, and when."""

from datetime import timedelta

import pytest
from factories import NOW, make_appointment, make_counsellor

from accueil.core.booking import (
    LIVE_STATUSES,
    Appointment,
    AppointmentStatus,
    Interval,
    NotAllowed,
    TooLate,
    read_reason,
    reason_of,
)

START = NOW + timedelta(days=1)
MINUTE = timedelta(minutes=1)
Status = AppointmentStatus


def one(status: Status = Status.CONFIRMED, **changes: object) -> Appointment:
    return make_appointment(START, make_counsellor(), status=status, **changes)


def held() -> Appointment:
    return one(Status.HELD, created_at=NOW, hold_expires_at=NOW + 5 * MINUTE)


@pytest.mark.parametrize(
    ("after", "over"), [(0, False), (4.99, False), (5, True), (60, True)]
)  # fmt: skip
def test_a_hold_ends_after_five_minutes(after: float, over: bool) -> None:
    assert held().hold_is_over(NOW + after * MINUTE) is over


def test_only_a_hold_ends() -> None:
    assert not one(hold_expires_at=NOW).hold_is_over(NOW)
    assert not one(Status.HELD).hold_is_over(NOW)


@pytest.mark.parametrize(("after", "until"), [(0, 5), (3, 8), (9.5, 14.5), (10, 15), (14, 15)])
def test_activity_extends_a_hold_to_fifteen_minutes_at_most(after: float, until: float) -> None:
    appointment = held()
    appointment.extend_hold(NOW + after * MINUTE)
    assert appointment.hold_expires_at == NOW + until * MINUTE


def test_a_confirmed_appointment_has_no_hold_to_extend() -> None:
    appointment = one()
    appointment.extend_hold(NOW)
    assert appointment.hold_expires_at is None


@pytest.mark.parametrize(
    ("status", "before", "future"),
    [
        (Status.CONFIRMED, 1, True), (Status.CONFIRMED, 0, False), (Status.CONFIRMED, -1, False),
        (Status.HELD, 1, False), (Status.CANCELLED, 1, False), (Status.SEEN, 1, False),
    ],
)  # fmt: skip
def test_to_come(status: Status, before: int, future: bool) -> None:
    assert one(status).is_future(START - before * MINUTE) is future


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.CONFIRMED])
def test_only_what_is_confirmed_is_cancelled_or_moved(status: Status) -> None:
    appointment = one(status)
    for act in (
        lambda: appointment.cancel(NOW),
        lambda: appointment.require_movable(NOW),
        lambda: appointment.move(Interval(START, START + MINUTE), "karim", NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (appointment.status, appointment.sequence, appointment.starts_at) == (status, 0, START)


@pytest.mark.parametrize(
    ("before", "allowed"), [(600, True), (1 / 60, True), (0, False), (-1, False)]
)  # fmt: skip
def test_cancelling_ends_with_the_start(before: float, allowed: bool) -> None:
    appointment = one()
    if allowed:
        appointment.cancel(START - before * MINUTE)
        assert (appointment.status, appointment.sequence) == (Status.CANCELLED, 1)
    else:
        with pytest.raises(TooLate):
            appointment.cancel(START - before * MINUTE)


@pytest.mark.parametrize(
    ("before", "allowed"), [(600, True), (240, True), (239, False), (0, False)]
)
def test_moving_ends_four_hours_before(before: int, allowed: bool) -> None:
    appointment = one()
    uid, target = appointment.uid, Interval(START + 60 * MINUTE, START + 105 * MINUTE)
    if allowed:
        appointment.move(target, "karim", START - before * MINUTE)
        assert appointment.interval() == target
        assert (appointment.counsellor_id, appointment.sequence) == ("karim", 1)
    else:
        with pytest.raises(TooLate):
            appointment.move(target, "karim", START - before * MINUTE)
        assert (appointment.starts_at, appointment.sequence) == (START, 0)
    assert appointment.uid == uid


@pytest.mark.parametrize("status", [Status.SEEN, Status.NO_SHOW, Status.EXCUSED])
@pytest.mark.parametrize("before", list(Status))
def test_what_happened_is_recorded_and_corrected(status: Status, before: Status) -> None:
    appointment = one(before)
    if before in (Status.CONFIRMED, Status.SEEN, Status.NO_SHOW, Status.EXCUSED):
        appointment.mark(status, START)
        assert appointment.status is status
    else:
        with pytest.raises(NotAllowed):
            appointment.mark(status, START)


@pytest.mark.parametrize(
    "status", [Status.HELD, Status.CONFIRMED, Status.CANCELLED, Status.EXPIRED]
)
def test_nothing_else_is_recorded(status: Status) -> None:
    with pytest.raises(NotAllowed):
        one().mark(status, START)


def test_nothing_is_recorded_before_the_start() -> None:
    with pytest.raises(NotAllowed):
        one().mark(Status.SEEN, START - MINUTE)


def test_erasing_forgets_the_person_and_keeps_the_time() -> None:
    appointment = one(
        phone="+33612345678", email="lina@exemple.fr", phone_key="p", email_key="e", shared_note="n"
    )
    appointment.erase_person()
    assert not any(
        (appointment.first_name, appointment.phone, appointment.email, appointment.shared_note,
         appointment.phone_key, appointment.email_key)
    )  # fmt: skip
    assert appointment.interval() == Interval(START, START + 45 * MINUTE)


def test_what_occupies_time() -> None:
    assert set(Status) - set(LIVE_STATUSES) == {Status.EXCUSED, Status.CANCELLED, Status.EXPIRED}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("je cherche un appart", "logement"), ("mon permis", "mobilite"),
        ("trouver un taf", "emploi"),
        ("voir un psy", "sante"), ("mes papiers et un appart", "droits_citoyennete"),
        ("j'ai décroché", "formation"), ("le CEJ", "aides_argent"), ("un stage", "orientation"),
        ("le pass culture", "culture_loisirs"), ("la carte d’identité", "droits_citoyennete"),
    ],
)  # fmt: skip
def test_reasons_in_their_words(text: str, code: str) -> None:
    assert read_reason(text).code == code


def test_no_reason_is_a_first_talk() -> None:
    assert read_reason("bonjour") is None
    assert {reason_of(code).code for code in (None, "", "unknown")} == {"premier_accueil"}
