"""Announce what happens to an appointment: outbox rows when it happens, e-mails when they leave."""

from dataclasses import dataclass

from accueil.core.booking import Appointment, AppointmentStatus, reason_of
from accueil.core.calendar import CalendarMethod, calendar_part
from accueil.core.clock import Clock
from accueil.core.contact import shown_phone
from accueil.core.french import NBSP, show_moment
from accueil.core.outbox import (
    DeliveryStatus,
    MessageKind,
    OutboxMessage,
    Recipient,
)
from accueil.core.territory import Counsellor, Site
from accueil.core.tokens import TokenMaker
from accueil.services.first_response import alert_mail
from accueil.services.ports import Mail, MailNotSent, Post, Store, UnitOfWork

BATCH = 20
_DEAD = (AppointmentStatus.CANCELLED, AppointmentStatus.EXCUSED, AppointmentStatus.EXPIRED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message speaks of, as it is at the moment of sending."""

    message: OutboxMessage
    appointment: Appointment
    site: Site
    counsellor: Counsellor
    phone: str


class Notifier:
    """Sends what is due. Run it in as many workers as wanted: a claimed message is theirs only."""

    def __init__(
        self, store: Store, clock: Clock, post: Post, tokens: TokenMaker, public_url: str
    ) -> None:
        self._store = store
        self._clock = clock
        self._post = post
        self._tokens = tokens
        self._public_url = public_url.rstrip("/")

    def send_due(self) -> int:
        """Send one batch of due messages and return how many were tried."""
        for tried in range(BATCH):
            identifier = self._claim()
            if identifier is None:
                return tried
            self._send_one(identifier)
        return BATCH

    def _claim(self) -> str | None:
        """Claim one message only: a slow server must not outlast the claims of a whole batch."""
        with self._store.write() as uow:
            claimed = [message.id for message in uow.outbox.claim_due(self._clock.now(), 1)]
            uow.commit()
        return claimed[0] if claimed else None

    def _send_one(self, identifier: str) -> None:
        try:
            mail = self._written(identifier)
            if mail is not None and mail.to:
                self._post.send(mail)
        except (MailNotSent, ValueError):
            # ValueError: an address that no calendar takes. The messages behind it must leave.
            self._settle(identifier, sent=False)
        else:
            self._settle(identifier, sent=True if mail is not None and mail.to else None)

    def _written(self, identifier: str) -> Mail | None:
        """Return the message as the facts are now, or None when it is no longer true."""
        with self._store.read() as uow:
            message = uow.outbox.get(identifier)
            if message is not None and message.callback_id is not None:
                return alert_mail(uow, message.callback_id, self._public_url)
            facts = self._facts(uow, message)
        return None if facts is None or _is_outdated(facts) else self._mail(facts)

    def _settle(self, identifier: str, sent: bool | None) -> None:
        now = self._clock.now()
        with self._store.write() as uow:
            message = uow.outbox.get(identifier)
            if message is None:
                return
            if sent is None:
                message.status, message.claimed_until = DeliveryStatus.DROPPED, None
            else:
                message.settle(sent, now)
            uow.commit()

    def _facts(self, uow: UnitOfWork, message: OutboxMessage | None) -> Facts | None:
        if message is None or message.appointment_id is None:
            return None
        appointment = uow.appointments.get(message.appointment_id)
        if appointment is None:
            return None
        site = uow.territory.site(appointment.site_id)
        counsellor = uow.territory.counsellor(message.counsellor_id or appointment.counsellor_id)
        if site is None or counsellor is None:
            return None
        owner = uow.territory.organisation(site.organisation_id)
        phone = site.phone or (owner.phone if owner else "")
        return Facts(message, appointment, site, counsellor, phone)

    def _mail(self, facts: Facts) -> Mail:
        if facts.message.recipient is Recipient.COUNSELLOR:
            return self._to_counsellor(facts)
        return self._to_young_person(facts)

    def _to_counsellor(self, facts: Facts) -> Mail:
        appointment = facts.appointment
        cancelled = facts.message.kind is MessageKind.CANCELLED
        titles = {
            MessageKind.CONFIRMED: "Nouveau rendez-vous",
            MessageKind.MOVED: "Rendez-vous déplacé",
            MessageKind.CANCELLED: "Rendez-vous annulé",
        }
        lines = ["Bonjour,", "", f"{titles[facts.message.kind]}{NBSP}: {_when(facts)}."]
        if not cancelled:
            reach = [shown_phone(appointment.phone)] if appointment.phone else []
            reach += [appointment.email] if appointment.email else []
            lines += [
                f"Motif{NBSP}: {reason_of(appointment.reason).title}.",
                f"Prénom{NBSP}: {appointment.first_name or 'non donné'}.",
                f"Contact{NBSP}: {', '.join(reach) or 'non donné'}.",
            ]
            if appointment.shared_note:
                lines.append(f"Ce qu’il ou elle a accepté de dire{NBSP}: {appointment.shared_note}")
        lines += ["", f"Votre agenda{NBSP}: {self._public_url}/conseiller"]
        method = CalendarMethod.CANCEL if cancelled else CalendarMethod.REQUEST
        to = facts.counsellor.email
        subject = f"{titles[facts.message.kind]}, {_when(facts)}"
        return self._with_calendar(facts, Mail(to, subject, "\n".join(lines)), method, to)

    def _to_young_person(self, facts: Facts) -> Mail:
        appointment, site = facts.appointment, facts.site
        token = appointment.link_token
        cancelled = facts.message.kind is MessageKind.CANCELLED
        said = {
            MessageKind.CONFIRMED: f"ton rendez-vous est confirmé{NBSP}: {_when(facts)}.",
            MessageKind.MOVED: f"ton rendez-vous est déplacé{NBSP}: {_when(facts)}.",
            MessageKind.CANCELLED: f"ton rendez-vous du {_when(facts)} est annulé.",
        }[facts.message.kind]
        hello = f"Bonjour {appointment.first_name}".rstrip()
        lines = [f"{hello},", "", said[0].upper() + said[1:], ""]
        if not cancelled:
            lines += [site.name, f"{site.address}, {site.postal_code} {site.city}"]
        if facts.phone:
            lines += [f"Téléphone{NBSP}: {facts.phone}", ""]
        if not cancelled:
            lines += [
                f"Voir, déplacer ou annuler{NBSP}: {self._public_url}/rdv/{token}",
                f"Ton code{NBSP}: {self._tokens.code_for(token)}",
            ]
        method = CalendarMethod.CANCEL if cancelled else CalendarMethod.PUBLISH
        mail = Mail(appointment.email, f"Rendez-vous {_when(facts)}", "\n".join(lines))
        return self._with_calendar(facts, mail, method, "")

    def _with_calendar(
        self, facts: Facts, mail: Mail, method: CalendarMethod, attendee: str
    ) -> Mail:
        site = facts.site
        part = calendar_part(
            facts.appointment,
            place=f"{site.name}, {site.address}, {site.postal_code} {site.city}",
            organiser=site.email or facts.counsellor.email,
            method=method,
            stamp=self._clock.now(),
            attendee=attendee,
        )
        return Mail(mail.to, mail.subject, mail.text, part, method.value)


def _when(facts: Facts) -> str:
    start = facts.message.was_at or facts.appointment.starts_at
    return show_moment(start.astimezone(facts.site.zone()))


def _is_outdated(facts: Facts) -> bool:
    """Tell whether the state has moved on: only the newest state of an appointment is announced."""
    appointment, message = facts.appointment, facts.message
    if message.kind is MessageKind.CANCELLED:
        left = message.counsellor_id and message.counsellor_id != appointment.counsellor_id
        return appointment.status not in _DEAD and not left
    return appointment.status in _DEAD or message.sequence != appointment.sequence
