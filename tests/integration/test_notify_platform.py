"""Reminders in the messaging app from which somebody booked, and what happens when it is closed."""

from datetime import UTC, datetime, timedelta

import pytest
from factories import NOW, seed_territory
from platform_memory import MemoryGateway
from sending import notifier_of

from accueil.bootstrap import Application
from accueil.core.booking import Appointment, Discretion
from accueil.core.contact import Contact
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage
from accueil.core.platforms import EventKind, Platform, PlatformEvent, SentReceipt
from accueil.gateways.post import NullPost
from accueil.gateways.sms import NullSms
from accueil.services.booking import Sharing
from accueil.services.people import AlreadyBooked
from accueil.services.platforms.ports import Blocked, NotDelivered, WindowClosed

START = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
LINA = Contact("+33639980011", "lina@example.org")
ADDRESS = "4001"


@pytest.fixture(autouse=True)
def territory(application: Application) -> None:
    seed_territory(application.store)


@pytest.fixture
def gateway() -> MemoryGateway:
    return MemoryGateway(Platform.WHATSAPP)


def converse(application: Application, address: str = ADDRESS, channel: str = "whatsapp") -> str:
    """Open a conversation for somebody in an app; return its identifier."""
    number = application.tokens.new_id()
    event = PlatformEvent(Platform.WHATSAPP, number, address, EventKind.TEXT, NOW, "salut")
    application.platform_inbox.receive([event], [])
    (user_id,) = application.platform_inbox.waiting()
    user = application.platform_inbox.user(user_id)
    application.platform_inbox.answered(application.platform_inbox.next_event(user), user_id, [])
    session, token = application.chat_records.open(channel)
    application.platform_inbox.attach(user_id, session.id, token)
    return session.id


def book(
    application: Application,
    contact: Contact | None = None,
    discretion: Discretion = Discretion.ORDINARY,
    conversation: str = "",
    start: datetime = START,
) -> Appointment:
    conversation = conversation or converse(application)
    held = application.booking.hold(conversation, "centre", "logement", start)
    sharing = Sharing(contact or Contact(), "Lina", discretion=discretion)
    return application.booking.confirm(held.id, conversation, "logement", sharing).appointment


def rows(application: Application, appointment: Appointment) -> list[OutboxMessage]:
    with application.store.read() as uow:
        found = [
            uow.outbox.get(f"{appointment.id}:{appointment.sequence}:{kind}:young_person{way}")
            for kind in MessageKind
            for way in ("", ":sms", ":platform")
        ]
    return [one for one in found if one is not None]


def ways(application: Application, appointment: Appointment) -> set[tuple[str, str]]:
    return {(one.kind.value, one.channel.value) for one in rows(application, appointment)}


def test_reminders_come_in_the_app_without_any_contact(application: Application) -> None:
    appointment = book(application)
    assert ways(application, appointment) == {
        ("reminder_week", "platform"),
        ("reminder_days", "platform"),
        ("reminder_hours", "platform"),
    }


def test_a_confirmation_goes_by_mail_for_the_calendar_only(application: Application) -> None:
    appointment = book(application, LINA)
    assert ("confirmed", "email") in ways(application, appointment)
    assert ("reminder_days", "platform") in ways(application, appointment)
    phone_only = book(application, Contact("+33639980012"), conversation=converse(application, "2"),
                      start=START + timedelta(hours=1))  # fmt: skip
    assert not any(kind == "confirmed" for kind, _ in ways(application, phone_only))


def test_whoever_went_on_on_the_site_hears_as_before(application: Application) -> None:
    appointment = book(application, LINA, conversation=converse(application, channel="web"))
    assert {way for _, way in ways(application, appointment)} == {"email", "sms"}


def test_silence_is_silence_in_an_app_too(application: Application) -> None:
    assert rows(application, book(application, LINA, Discretion.SILENT)) == []


def test_a_reminder_leaves_with_its_template(
    application: Application, gateway: MemoryGateway
) -> None:
    book(application)
    application.clock.at = START - timedelta(days=2) + timedelta(minutes=1)
    notifier_of(application, gateways={Platform.WHATSAPP: gateway}).send_due()
    to, message = gateway.sent[-1]
    assert to == ADDRESS
    assert "mardi 8\u00a0décembre à 10\u00a0h" in message.text
    assert message.template is not None
    assert message.template.name == "rappel_rendez_vous"
    assert message.template.values[0] == "mardi 8\u00a0décembre à 10\u00a0h"


def test_a_discreet_reminder_names_nobody(application: Application, gateway: MemoryGateway) -> None:
    book(application, discretion=Discretion.NEUTRAL)
    application.clock.at = START - timedelta(days=2) + timedelta(minutes=1)
    notifier_of(application, gateways={Platform.WHATSAPP: gateway}).send_due()
    _, message = gateway.sent[-1]
    assert "Mission" not in message.text
    assert "Lina" not in message.text
    assert message.template is not None
    assert "Antenne" not in "".join(message.template.values)


@pytest.mark.parametrize("closed", [WindowClosed(), Blocked()])
@pytest.mark.parametrize(
    ("contact", "way"),
    [(LINA, "email"), (Contact("+33639980013"), "sms"), (Contact(), "")],
)
def test_a_closed_app_is_replaced_by_another_way(
    application: Application,
    gateway: MemoryGateway,
    closed: NotDelivered,
    contact: Contact,
    way: str,
) -> None:
    appointment = book(application, contact)
    gateway.failures.extend([closed] * 5)
    post, sms = NullPost(), NullSms()
    application.clock.at = START - timedelta(days=2) + timedelta(minutes=1)
    notifier = notifier_of(application, post=post, sms=sms, gateways={Platform.WHATSAPP: gateway})
    while notifier.send_due():
        pass
    row = next(one for one in rows(application, appointment) if one.kind == "reminder_days")
    again = [
        one
        for one in rows(application, appointment)
        if one.kind == "reminder_days" and one.channel is not Channel.PLATFORM
    ]
    assert [one.channel.value for one in again] == ([way] if way else [])
    assert all(one.status is DeliveryStatus.SENT for one in again)
    assert row is not None
    assert gateway.sent == []


def test_what_the_app_took_and_could_not_deliver_leaves_another_way_once(
    application: Application, gateway: MemoryGateway
) -> None:
    appointment = book(application, LINA)
    application.clock.at = START - timedelta(days=2) + timedelta(minutes=1)
    post = NullPost()
    notifier = notifier_of(application, post=post, gateways={Platform.WHATSAPP: gateway})
    while notifier.send_due():
        pass
    before = len(post.sent)
    (_, message) = gateway.sent[-1]
    lost = SentReceipt(Platform.WHATSAPP, message.reference, failed=True)
    for receipt in (SentReceipt(Platform.WHATSAPP, message.reference), lost, lost):
        application.platform_inbox.receive([], [receipt])
    while notifier.send_due():
        pass
    assert len(post.sent) == before + 1
    statuses = {(one.kind, one.channel): one.status for one in rows(application, appointment)}
    kind = MessageKind.REMINDER_DAYS
    assert statuses[kind, Channel.PLATFORM] is DeliveryStatus.UNDELIVERED
    assert statuses[kind, Channel.EMAIL] is DeliveryStatus.SENT


def test_a_busy_app_is_tried_again(application: Application, gateway: MemoryGateway) -> None:
    book(application)
    gateway.failures.append(NotDelivered("500", retry=True))
    application.clock.at = START - timedelta(days=2) + timedelta(minutes=1)
    notifier = notifier_of(application, gateways={Platform.WHATSAPP: gateway})
    notifier.send_due()
    assert gateway.sent == []
    application.clock.advance(timedelta(minutes=2))
    notifier.send_due()
    assert len(gateway.sent) == 1


def test_it_is_found_again_in_the_app_once_the_conversation_is_over(
    application: Application,
) -> None:
    appointment = book(application)
    application.clock.advance(timedelta(hours=30))
    application.erasure.erase_old()
    later = converse(application)
    found = application.appointments.future_of(later)
    assert found is not None
    assert found.appointment.id == appointment.id
    other = converse(application, "4002")
    assert application.appointments.future_of(other) is None


def test_one_appointment_per_person_in_the_app(application: Application) -> None:
    book(application)
    application.clock.advance(timedelta(hours=30))
    with pytest.raises(AlreadyBooked):
        book(application, start=START + timedelta(hours=1))


def test_whoever_asks_in_a_later_conversation_is_forgotten_too(application: Application) -> None:
    appointment = book(application)
    application.clock.advance(timedelta(hours=30))
    application.erasure.erase_old()
    erased = application.erasure.erase_person(converse(application))
    assert (erased.appointments_cancelled, erased.appointments_erased) == (1, 1)
    with application.store.read() as uow:
        kept = uow.appointments.get(appointment.id)
    assert kept is not None
    assert (kept.first_name, kept.platform_user_id) == ("", None)


def test_whoever_asks_to_be_forgotten_is_reminded_no_more(
    application: Application, gateway: MemoryGateway
) -> None:
    conversation = converse(application)
    book(application, conversation=conversation)
    application.erasure.erase_person(conversation)
    application.clock.at = START - timedelta(days=2) + timedelta(minutes=1)
    notifier_of(application, gateways={Platform.WHATSAPP: gateway}).send_due()
    assert gateway.sent == []
    application.erasure.erase_old()
    with application.store.read() as uow:
        assert uow.platforms.user_of_session(conversation) is None
