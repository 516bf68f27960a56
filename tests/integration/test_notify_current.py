"""What is no longer true when its time comes does not leave."""

from datetime import UTC, datetime, time, timedelta

import pytest
from factories import (
    book,
    keep,
    make_appointment,
    make_group_session,
    seed_territory,
)
from sending import PUBLIC_URL, SENDER, notifier_of, status_of

from accueil.bootstrap import Application
from accueil.core.booking import Appointment, AppointmentStatus
from accueil.core.booking.appointment import Discretion
from accueil.core.booking.proposals import Wish
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import (
    Channel,
    DeliveryStatus,
    MessageKind,
    OutboxMessage,
    Recipient,
)
from accueil.core.territory import Counsellor, Modality, Opening
from accueil.gateways.post import NullPost
from accueil.gateways.sms import NullSms
from accueil.services.booking import Sharing

START = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
LINA = Contact("+33639980011", "lina@example.org")
DROPPED, SENT = DeliveryStatus.DROPPED, DeliveryStatus.SENT


@pytest.fixture(autouse=True)
def people(application: Application) -> dict[str, Counsellor]:
    return seed_territory(application.store)


@pytest.fixture
def standing(application: Application, people: dict[str, Counsellor]) -> Appointment:
    one = make_appointment(START, people["nadia"], phone=LINA.phone, email=LINA.email, sequence=1)
    keep(application.store, appointments=[one])
    return one


def sent_as(
    application: Application,
    appointment: Appointment,
    kind: MessageKind,
    *,
    recipient: Recipient = Recipient.YOUNG_PERSON,
    channel: Channel = Channel.EMAIL,
    counsellor_id: str = "",
    sequence: int = 1,
) -> DeliveryStatus:
    """Write one row, due now, and return what became of it."""
    row = OutboxMessage(
        f"row-{kind}-{channel}", appointment.id, kind, recipient, sequence,
        application.clock.now(), counsellor_id, channel=channel,
    )  # fmt: skip
    with application.store.write() as uow:
        uow.outbox.add([row])
        uow.commit()
    notifier_of(application).send_due()
    return status_of(application, row.id)


def change(application: Application, appointment: Appointment, **values: object) -> None:
    with application.store.write() as uow:
        found = uow.appointments.get(appointment.id)
        for name, value in values.items():
            setattr(found, name, value)
        uow.commit()


FOR_YOUNG = [kind for kind in MessageKind if kind not in ("first_response", "declined")]


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("kind", FOR_YOUNG)
def test_who_wants_silence_gets_nothing(
    application: Application, standing: Appointment, kind: MessageKind, channel: Channel
) -> None:
    change(application, standing, discretion=Discretion.SILENT, status=_status_for(kind))
    assert sent_as(application, standing, kind, channel=channel) is DROPPED


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
@pytest.mark.parametrize("kind", [one for one in FOR_YOUNG if one != "waiting_offer"])
def test_each_kind_leaves_while_it_is_true_and_only_by_its_ways(
    application: Application, standing: Appointment, kind: MessageKind, channel: Channel
) -> None:
    change(application, standing, status=_status_for(kind))
    is_answer_by_mail = kind.startswith("answer_") and channel is Channel.EMAIL
    expected = DROPPED if is_answer_by_mail else SENT
    assert sent_as(application, standing, kind, channel=channel) is expected


def _status_for(kind: MessageKind) -> AppointmentStatus:
    special = {
        MessageKind.CANCELLED: AppointmentStatus.CANCELLED,
        MessageKind.NO_SHOW: AppointmentStatus.NO_SHOW,
    }
    return special.get(kind, AppointmentStatus.CONFIRMED)


@pytest.mark.parametrize(
    "kind", [one for one in FOR_YOUNG if one.startswith(("reminder", "confirmed", "moved", "can"))]
)
def test_what_speaks_of_an_older_state_is_dropped(
    application: Application, standing: Appointment, kind: MessageKind
) -> None:
    change(application, standing, status=_status_for(kind))
    assert sent_as(application, standing, kind, sequence=0) is DROPPED


@pytest.mark.parametrize(
    "status",
    [AppointmentStatus.CANCELLED, AppointmentStatus.EXCUSED, AppointmentStatus.EXPIRED],
)
@pytest.mark.parametrize(
    "kind",
    [
        MessageKind.CONFIRMED,
        MessageKind.MOVED,
        MessageKind.REMINDER_DAYS,
        MessageKind.NO_SHOW,
        MessageKind.WAITING_OFFER,
        MessageKind.ANSWER_COMING,
    ],
)
def test_a_dead_appointment_is_not_spoken_of(
    application: Application, standing: Appointment, kind: MessageKind, status: AppointmentStatus
) -> None:
    change(application, standing, status=status)
    channel = Channel.SMS if kind is MessageKind.ANSWER_COMING else Channel.EMAIL
    assert sent_as(application, standing, kind, channel=channel) is DROPPED


@pytest.mark.parametrize(
    ("kind", "before", "expected"),
    [
        (MessageKind.REMINDER_WEEK, timedelta(days=6), SENT),
        (MessageKind.REMINDER_WEEK, timedelta(days=2), DROPPED),
        (MessageKind.REMINDER_DAYS, timedelta(hours=1), SENT),
        (MessageKind.REMINDER_DAYS, timedelta(0), DROPPED),
        (MessageKind.REMINDER_HOURS, timedelta(minutes=1), SENT),
        (MessageKind.REMINDER_HOURS, -timedelta(minutes=1), DROPPED),
        (MessageKind.CONFIRMED, -timedelta(minutes=1), DROPPED),
    ],
)
def test_a_reminder_whose_time_is_past_is_dropped(
    application: Application,
    standing: Appointment,
    clock: FixedClock,
    kind: MessageKind,
    before: timedelta,
    expected: DeliveryStatus,
) -> None:
    clock.advance(START - before - clock.now())
    assert sent_as(application, standing, kind) is expected


def test_trouble_is_answered_even_when_the_hour_has_come(
    application: Application, standing: Appointment, clock: FixedClock
) -> None:
    clock.advance(START + timedelta(minutes=10) - clock.now())
    found = sent_as(application, standing, MessageKind.ANSWER_TROUBLE, channel=Channel.SMS)
    assert found is SENT


def test_reminders_of_a_moved_appointment_are_those_of_its_new_time(
    application: Application, clock: FixedClock
) -> None:
    booked = book(application.booking, START, contact=LINA)
    notifier_of(application).send_due()
    application.changes.move(booked.appointment.id, START + timedelta(days=1))
    post, sms = NullPost(), NullSms()
    notifier = notifier_of(application, post=post, sms=sms)
    while clock.now() < START + timedelta(days=2):
        clock.advance(timedelta(hours=1))
        notifier.send_due()
    subjects = [mail.subject for mail in post.sent if mail.to == LINA.email]
    assert [subject.split("\u00a0")[0] for subject in subjects] == ["Rendez-vous déplacé"] + [
        "Rappel"
    ] * 2
    assert all("mercredi 9" in subject for subject in subjects)
    assert ["mercredi 9 décembre" in one.text for one in sms.sent] == [True]


def offer(application: Application) -> tuple[str, NullPost]:
    """Book the only time there is, put somebody on the list, and free that time."""
    day = START.date()
    only = Opening("only", "nadia", "centre", 1, time(10), time(10, 45), day, day)
    with application.store.write() as uow:
        uow.territory.replace_openings("nadia", [only])
        uow.territory.replace_openings("karim", [])
        uow.commit()
    taken = book(application.booking, START)
    sharing = Sharing(Contact("", LINA.email), "Lina")
    application.waiting_list.join("attend", "centre", "logement", Wish(), sharing)
    application.changes.cancel(taken.appointment.id)
    entry = application.waiting_list.place_of("attend")
    assert entry is not None
    assert entry.offered_id
    return entry.offered_id, NullPost()


def test_an_offer_leaves_while_it_is_held_and_not_after(
    application: Application, clock: FixedClock
) -> None:
    offered, post = offer(application)
    key = f"{offered}:0:waiting_offer:young_person"
    notifier_of(application, post=post).send_due()
    (mail,) = [one for one in post.sent if one.to == LINA.email]
    assert mail.subject.startswith("Une place s’est libérée")
    assert f"{PUBLIC_URL}/rdv/" in mail.text
    assert "jusqu’au lundi 23\u00a0novembre à 10\u00a0h" in mail.text
    assert status_of(application, key) is SENT


def test_an_offer_that_ran_out_or_was_taken_back_is_dropped(
    application: Application, clock: FixedClock
) -> None:
    offered, post = offer(application)
    application.waiting_list.decline(offered)
    notifier_of(application, post=post).send_due()
    assert status_of(application, f"{offered}:0:waiting_offer:young_person") is DROPPED
    assert [(one.to, one.method) for one in post.sent] == [("nadia@mission.example", "CANCEL")]


def test_an_offer_nobody_could_answer_any_more_is_dropped(
    application: Application, clock: FixedClock
) -> None:
    offered, _ = offer(application)
    clock.advance(timedelta(hours=3))
    notifier_of(application).send_due()
    assert status_of(application, f"{offered}:0:waiting_offer:young_person") is DROPPED


def test_a_refusal_goes_to_the_site_while_the_appointment_is_that_counsellor_s(
    application: Application, standing: Appointment
) -> None:
    to_site = {"recipient": Recipient.SITE, "counsellor_id": "nadia"}
    assert sent_as(application, standing, MessageKind.DECLINED, **to_site) is SENT


@pytest.mark.parametrize(
    "values", [{"counsellor_id": "karim"}, {"status": AppointmentStatus.CANCELLED}, {"sequence": 2}]
)
def test_a_refusal_that_is_settled_is_dropped(
    application: Application, standing: Appointment, values: dict[str, object]
) -> None:
    change(application, standing, **values)
    to_site = {"recipient": Recipient.SITE, "counsellor_id": "nadia"}
    assert sent_as(application, standing, MessageKind.DECLINED, **to_site) is DROPPED


def test_a_seat_is_told_to_the_young_person_with_its_title_and_to_no_counsellor(
    application: Application,
) -> None:
    keep(application.store, sessions=[make_group_session(START, id="collective")])
    held = application.booking.hold_seat("conversation", "collective")
    application.booking.confirm(held.id, "conversation", "", Sharing(LINA, "Lina"))
    post = NullPost()
    notifier_of(application, post=post).send_due()
    (mail,) = post.sent
    assert mail.to == LINA.email
    assert "Découvrir la Mission Locale" in mail.text
    assert "2\u00a0h" in mail.text


def test_who_left_is_told_once_of_the_last_time(application: Application) -> None:
    """Nadia, Karim, Nadia, Karim: nothing had left yet."""
    booked = book(application.booking, START)
    afternoon = START + timedelta(hours=4)
    for start in (afternoon, START, afternoon):
        application.changes.move(booked.appointment.id, start)
    post = NullPost()
    notifier_of(application, post=post).send_due()
    assert sorted((mail.to.split("@")[0], mail.method) for mail in post.sent) == [
        ("karim", "REQUEST"),
        ("nadia", "CANCEL"),
    ]
    (left,) = [mail.calendar.decode() for mail in post.sent if mail.method == "CANCEL"]
    assert "SEQUENCE:3\r\n" in left
    assert f"UID:{booked.appointment.uid}\r\n" in left.replace("\r\n ", "")
    assert "DTSTART:20261208T090000Z\r\n" in left


def test_a_neutral_calendar_and_mail_name_no_site(application: Application) -> None:
    held = application.booking.hold("c", "centre", "logement", START, Modality.ON_SITE)
    sharing = Sharing(LINA, "Lina", discretion=Discretion.NEUTRAL)
    application.booking.confirm(held.id, "c", "logement", sharing)
    post = NullPost()
    notifier_of(application, post=post).send_due()
    (mail,) = [one for one in post.sent if one.to == LINA.email]
    calendar = mail.calendar.decode().replace("\r\n ", "")
    for written in (calendar, mail.text, mail.html, str(mail.headers)):
        assert "Antenne" not in written
        assert "mission.example" not in written
        assert "Lina" not in written
    assert f"ORGANIZER:mailto:{SENDER}" in calendar
    assert f"URL:{PUBLIC_URL}/rdv/" in calendar


def test_the_answer_to_an_ordinary_mail_reaches_the_site(application: Application) -> None:
    book(application.booking, START, contact=LINA)
    post = NullPost()
    notifier_of(application, post=post).send_due()
    headers = {mail.to: mail.headers for mail in post.sent}
    assert headers[LINA.email] == {"Reply-To": "accueil@mission.example"}
    assert headers["nadia@mission.example"] == {}


def test_an_address_given_later_brings_each_reminder_once(
    application: Application, clock: FixedClock
) -> None:
    booked = book(application.booking, START, contact=Contact(LINA.phone))
    application.booking.add_contact(booked.appointment.conversation_id, LINA, "")
    post, sms = NullPost(), NullSms()
    notifier = notifier_of(application, post=post, sms=sms)
    while clock.now() < START:
        notifier.send_due()
        clock.advance(timedelta(hours=1))
    mails = [mail.subject.split("\u00a0")[0] for mail in post.sent if mail.to == LINA.email]
    assert [one.partition(" ")[0] for one in mails] == ["Rendez-vous", "Rappel", "Rappel"]
    assert [one.text.partition(" ")[0] for one in sms.sent] == ["Rendez-vous", "Rappel"]
    kept = status_of(application, f"{booked.appointment.id}:0:reminder_days:young_person:sms")
    assert kept is DROPPED


def test_a_reminder_leaves_by_its_way_when_it_is_too_late_for_another(
    application: Application, clock: FixedClock
) -> None:
    """Two hours before it is due, an address brings no other reminder of that kind."""
    booked = book(application.booking, START, contact=Contact(LINA.phone))
    two_days_before = START.replace(day=6)
    clock.advance(two_days_before - timedelta(hours=2) - clock.now())
    application.booking.add_contact(booked.appointment.conversation_id, LINA, "")
    clock.advance(timedelta(hours=2))
    notifier_of(application).send_due()
    key = f"{booked.appointment.id}:0:reminder_days:young_person"
    assert status_of(application, f"{key}:sms") is SENT
    with application.store.read() as uow:
        assert uow.outbox.get(key) is None
