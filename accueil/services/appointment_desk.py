"""An operator cancels or moves an appointment, found by the start of its identifier."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from accueil.core.booking import Appointment, NotAllowed, SlotTaken, TooLate
from accueil.core.clock import Clock
from accueil.core.french import NBSP, show_moment
from accueil.services.changes import ChangeService
from accueil.services.expected import Expected, expected_appointment
from accueil.services.ports import Store
from accueil.services.staff_directory import Refused
from accueil.services.staff_entry import WrongEntry, quoted, read_date, read_time
from accueil.services.told import can_be_told

_AHEAD = timedelta(days=366)
_SHORTEST = 4
"""Below, a slip of the hand would name somebody's appointment."""


@dataclass(frozen=True, slots=True)
class Done:
    """An appointment as it was and is. ``is_told``: the young person can be, and will be."""

    before: Expected
    after: Expected
    is_told: bool


class AppointmentDesk:
    """The use case. Nothing here says who the young person is; who must be told is, as ever."""

    def __init__(
        self, store: Store, clock: Clock, changes: ChangeService, *, sends_sms: bool
    ) -> None:
        self._store = store
        self._clock = clock
        self._changes = changes
        self._sends_sms = sends_sms

    def cancel(self, typed: str) -> Done:
        """Cancel. Raises ``WrongEntry`` for an identifier that names none, or several."""
        found, before = self._find(typed)
        with _refused():
            self._changes.cancel(found.id)
        return self._done(found.id, before)

    def move(self, typed: str, day: str, hour: str) -> Done:
        """Move to a day and hour of the site, free for somebody who receives in that way.

        Raises ``WrongEntry``, and ``Refused`` when it cannot be moved or nobody is free then.
        """
        found, before = self._find(typed)
        if found.group_session_id is not None:
            raise Refused(
                f"C’est une place dans une séance collective{NBSP}: "
                "elle s’annule, elle ne se déplace pas."
            )
        local = datetime.combine(read_date(day), read_time(hour), found.zone())
        with _refused(local):
            self._changes.move(found.id, local.astimezone(UTC))
        return self._done(found.id, before)

    def _find(self, typed: str) -> tuple[Appointment, Expected]:
        """Return the one appointment to come whose identifier starts so. Raises ``WrongEntry``."""
        prefix, now = typed.strip().lower(), self._clock.now()
        if len(prefix) < _SHORTEST:
            raise WrongEntry(f"Donnez au moins {_SHORTEST} signes de l’identifiant.")
        with self._store.read() as uow:
            found = [
                one
                for site in uow.territory.sites()
                for one in uow.appointments.of_site(site.id, now, now + _AHEAD)
                if one.id.startswith(prefix) and one.is_future(now)
            ]
            if not found:
                raise WrongEntry(f"Aucun rendez-vous à venir ne commence par {quoted(typed)}.")
            if len(found) > 1:
                raise WrongEntry(
                    f"{len(found)} rendez-vous à venir commencent par {quoted(typed)}{NBSP}: "
                    "donnez plus de signes."
                )
            return found[0], expected_appointment(uow, found[0])

    def _done(self, appointment_id: str, before: Expected) -> Done:
        with self._store.read() as uow:
            found = uow.appointments.get(appointment_id)
            if found is None:
                raise Refused("Ce rendez-vous vient d’être effacé.")
            told = can_be_told(found, sends_sms=self._sends_sms)
            return Done(before, expected_appointment(uow, found), told)


@contextmanager
def _refused(wanted: datetime | None = None) -> Iterator[None]:
    """Turn the rules' refusals into sentences; ``wanted`` is the local time asked for."""
    try:
        yield
    except SlotTaken:
        when = f" {show_moment(wanted)}" if wanted else ""
        raise Refused(
            f"Aucun créneau libre à ce site{when}, pour cette façon de recevoir."
        ) from None
    except TooLate:
        raise Refused(
            f"Trop tard{NBSP}: un rendez-vous se déplace jusqu’à quatre heures avant, "
            "et s’annule jusqu’au début."
        ) from None
    except NotAllowed:
        raise Refused("Ce rendez-vous vient d’être annulé.") from None
