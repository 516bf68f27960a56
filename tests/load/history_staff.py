"""Rules of random histories: what counsellors and operators do, time, and messages that leave."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from accueil.core.booking import reason_of
from accueil.core.booking.waiting import WaitingStatus
from accueil.services.absences import Away
from accueil.services.messaging import SmsNotSent
from accueil.services.staff_directory import Refused
from accueil.services.staff_entry import WrongEntry
from tests.load.history_bookings import numbers, one_of, people, sites
from tests.load.history_checks import is_worth_offering
from tests.load.history_waiting import WaitingRules
from tests.load.history_world import COUNSELLORS, DURATIONS, SITES, TUESDAY, spare_opening

operations = st.sampled_from(
    (
        *("absence", "absence handed over", "absence deleted", "absence deleted", "closure"),
        *("deactivated", "leaves", "leaves at once", "comes back", "comes back", "comes back"),
    )
)
counsellors = st.sampled_from(COUNSELLORS)
days = st.sampled_from([TUESDAY + timedelta(days=number) for number in (0, 1, 2, 7, 8)])


class StaffRules(WaitingRules):
    """What is refused to an operator passes, as refusals of booking do."""

    @rule(by=st.sampled_from(DURATIONS), is_busy=st.booleans())
    def time_passes(self, by: timedelta, is_busy: bool) -> None:
        """Let time pass; the worker works before, or not."""
        if is_busy:
            self.messages_leave()
            self.work_on_the_waiting_list()
        self.world.clock.advance(by)

    @rule()
    def work_on_the_waiting_list(self) -> None:
        self.world.application.waiting_list.work()
        self.note_offers()
        now = self.world.clock.now()
        with self.world.store.read() as uow:
            for site_id in SITES:
                site = uow.territory.site(site_id)
                assert site is not None
                for entry in uow.waiting.of_site(site_id):
                    reason = reason_of(entry.reason)
                    free = self.world.application.slots.free(uow, site, reason, entry.modality)
                    worth = [one for one in free if is_worth_offering(entry, one.start, now)]
                    assert entry.status is not WaitingStatus.WAITING or not worth, "forgotten"

    @rule(is_post=st.booleans(), is_down=st.sampled_from((False, False, False, True)))
    def a_way_out_fails(self, is_post: bool, is_down: bool) -> None:
        if is_post:
            self.world.post.is_closed = is_down
        else:
            self.world.sms.failure = SmsNotSent("down", retry=True) if is_down else None

    @rule(number=st.integers(0, 2), is_added=st.booleans())
    def opening(self, number: int, is_added: bool) -> None:
        wanted = spare_opening(number)
        with self.world.store.write() as uow:
            uow.appointments.lock_sites([wanted.site_id])
            known = uow.territory.openings_of_counsellor(wanted.counsellor_id)
            kept = [one for one in known if one.id != wanted.id]
            more = [wanted] if is_added else []
            uow.territory.replace_openings(wanted.counsellor_id, [*kept, *more])
            uow.commit()

    @rule(act=operations, who=counsellors, day=days, site=sites)
    def an_operator_acts(self, act: str, who: str, day: date, site: str) -> None:
        email, shown, staff = (
            f"{who}@mission.example",
            day.isoformat(),
            self.world.application.staff,
        )
        away = Away(shown, "", "09:00", "10:00")
        absences, leaving = self.world.absences, self.world.leaving
        done: dict[str, Callable[[], object]] = {
            "absence": lambda: absences.add(email, away),
            "absence handed over": lambda: absences.add(email, away, reassign=True),
            "closure": lambda: self.world.closing.close(site, shown, shown, "Inventaire"),
            "deactivated": lambda: staff.deactivate(email),
            "leaves": lambda: leaving.leave(email),
            "leaves at once": lambda: leaving.leave(email, cancel_rest=True),
            "absence deleted": lambda: self.absences_deleted(who),
            "comes back": lambda: self.comes_back(who),
        }
        try:
            done[act]()
        except (Refused, WrongEntry):
            return
        self.happened[act] += 1

    def absences_deleted(self, who: str) -> None:
        """Delete every absence of a counsellor."""
        with self.world.store.read() as uow:
            known = uow.absences.of_counsellor(who)
        for one in known:
            self.world.absences.delete(one.id)

    def comes_back(self, who: str) -> None:
        """Bring a counsellor back who left."""
        with self.world.store.write() as uow:
            counsellor = uow.territory.counsellor(who)
            assert counsellor is not None
            counsellor.is_active = True
            uow.commit()

    @rule(who=people, number=numbers, is_all=st.booleans())
    def erases(self, who: str, number: int, is_all: bool) -> None:
        application = self.world.application
        identifier = one_of(self.known, number)
        if is_all:
            application.erasure.erase_person(who)
        elif application.appointments.by_id(identifier) is not None:  # holds have no page
            application.erasure.erase_appointment(identifier)
        self.note_offers()
