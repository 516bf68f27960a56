"""Read what the page of an appointment shows beside it."""

from starlette.concurrency import run_in_threadpool

from accueil.bootstrap import Application
from accueil.core.booking import reason_of
from accueil.services.appointments import Booked
from accueil.services.call_backs import open_call_back
from accueil.services.ports import UnitOfWork
from accueil.web.appointment_view import AppointmentView, Surroundings
from accueil.web.choices import DayOfSlots, OtherSession, days_of_slots, other_sessions


class AppointmentReader:
    """Reads, each time in one transaction, away from the event loop."""

    def __init__(self, application: Application) -> None:
        self._app = application

    async def view(self, booked: Booked) -> AppointmentView:
        """Return an appointment as its page shows it now."""
        around = await run_in_threadpool(self._around, booked)
        return AppointmentView.of(booked, around, self._app.clock.now())

    async def days(self, view: AppointmentView) -> list[DayOfSlots]:
        """Return the days to which an appointment can be moved."""
        return await run_in_threadpool(self._days, view)

    async def sessions(self, view: AppointmentView) -> list[OtherSession]:
        """Return the group sessions to which a seat can be moved."""
        return await run_in_threadpool(self._sessions, view)

    def _around(self, booked: Booked) -> Surroundings:
        appointment, site = booked.appointment, booked.site
        with self._app.store.read() as uow:
            session_id = appointment.group_session_id
            return Surroundings(
                site.phone or _phone_of_owner(uow, site.organisation_id),
                uow.groups.get(session_id) if session_id else None,
                open_call_back(uow, appointment.conversation_id, appointment.site_id) is not None,
                self._app.video_url(appointment),
            )

    def _days(self, view: AppointmentView) -> list[DayOfSlots]:
        appointment = view.appointment
        with self._app.store.read() as uow:
            slots = self._app.slots.free(
                uow, view.site, reason_of(appointment.reason), appointment.modality
            )
        return days_of_slots(slots, view.site.zone())

    def _sessions(self, view: AppointmentView) -> list[OtherSession]:
        sessions = self._app.groups.to_come(view.site.id)
        return other_sessions(sessions, view.appointment.group_session_id, view.site.zone())


def _phone_of_owner(uow: UnitOfWork, organisation_id: str) -> str:
    owner = uow.territory.organisation(organisation_id)
    return owner.phone if owner is not None else ""
