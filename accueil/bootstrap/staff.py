"""What counsellors and operators arrange: accounts, openings, absences, closures, sessions."""

from functools import cached_property

from accueil.bootstrap.outside import Outside
from accueil.services.absences import AbsenceService
from accueil.services.accounts import AccountService
from accueil.services.agenda import Agenda
from accueil.services.holds import HoldMaker
from accueil.services.sessions import SessionService
from accueil.services.site_closing import ClosingService
from accueil.services.site_edit import SiteEditor
from accueil.services.staff import StaffService
from accueil.services.staff_leaving import LeavingService
from accueil.services.watchdog import Watchdog

UID_DOMAIN = "premier-accueil.invalid"


class Staff(Outside):
    """Services for those who receive, and for those who arrange it."""

    @cached_property
    def accounts(self) -> AccountService:
        """Counsellors' sign-in."""
        return AccountService(self.store, self.clock, self.tokens)

    @cached_property
    def staff(self) -> StaffService:
        """Counsellors: who receives, where and when."""
        return StaffService(self.store, self.clock, self.hash_password)

    @cached_property
    def agenda(self) -> Agenda:
        """The counsellors' week."""
        return Agenda(self.store, self.clock)

    @cached_property
    def absences(self) -> AbsenceService:
        """Times when a counsellor does not receive."""
        return AbsenceService(self.store, self.clock, self.holds)

    @cached_property
    def leaving(self) -> LeavingService:
        """Counsellors who leave, and who takes over."""
        return LeavingService(self.store, self.clock, self.holds)

    @cached_property
    def closing(self) -> ClosingService:
        """Days on which a site is closed."""
        return ClosingService(self.store, self.clock)

    @cached_property
    def sessions(self) -> SessionService:
        """Group sessions, as they are planned."""
        return SessionService(self.store, self.clock, self.holds)

    @cached_property
    def site_editor(self) -> SiteEditor:
        """What people correct of a site by hand."""
        return SiteEditor(self.store, self.clock)

    @cached_property
    def watchdog(self) -> Watchdog:
        """Whether messages leave."""
        return Watchdog(self.store, self.clock)

    @cached_property
    def holds(self) -> HoldMaker:
        """Times and seats kept while somebody makes up their mind."""
        return HoldMaker(self.clock, self.tokens, UID_DOMAIN)

    def hash_password(self, password: str) -> str:
        """Return the hash to keep for a counsellor's password."""
        return self.accounts.hash_password(password)
