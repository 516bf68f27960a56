"""Counsellors: who receives at which site, when, and who may sign in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from accueil.core.booking import AppointmentStatus
from accueil.core.clock import Clock
from accueil.core.french import NBSP
from accueil.core.opening_rules import OpeningRule
from accueil.core.territory import Counsellor, Site, WeeklyHours
from accueil.core.tokens import spoken_password
from accueil.core.weekly_hours import outside
from accueil.services.ports import Store, UnitOfWork
from accueil.services.staff_directory import Refused, counsellor_named, site_named
from accueil.services.staff_entry import (
    quoted,
    read_email,
    read_name,
    read_openings,
    too_short,
)
from accueil.services.staff_openings import put_with_openings, rules_of

__all__ = ["Added", "Listed", "Refused", "StaffService"]


@dataclass(frozen=True, slots=True)
class Added:
    """A counsellor as asked for. ``password`` is empty when the account was there already.

    ``changed`` tells whether anything was written; ``outside`` are the spans beyond the hours of
    the site, ``short`` those in which no appointment fits.
    """

    counsellor: Counsellor
    site: Site
    openings: tuple[OpeningRule, ...]
    password: str
    changed: bool
    outside: tuple[WeeklyHours, ...]
    short: tuple[WeeklyHours, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list; ``site`` is where they sign in."""

    counsellor: Counsellor
    site: Site
    openings: tuple[OpeningRule, ...]


class StaffService:
    """Adds, lists and deactivates counsellors. Openings are in the local time of the site."""

    def __init__(self, store: Store, clock: Clock, hash_password: Callable[[str], str]) -> None:
        self._store = store
        self._clock = clock
        self._hash = hash_password

    def add(self, site_id: str, name: str, email: str, openings: str) -> Added:
        """Create an account, or bring back one that was deactivated, with a new password.

        The same person at the same site again: the openings become those given, and nothing else
        changes. Raises ``WrongEntry``, and ``Refused`` when somebody else has the address.
        """
        name, address, rules = read_name(name), read_email(email), read_openings(openings)
        password = spoken_password()
        hashed = self._hash(password)  # slow on purpose: before the write lock
        with self._store.write() as uow:
            site = site_named(uow.territory, site_id)
            known = uow.territory.counsellor_by_email(address)
            _require_same(known, site, name)
            if known is None or not known.is_active:
                base = known or Counsellor(uuid4().hex, site.id, name, address)
                wanted = replace(
                    base,
                    site_id=site.id,
                    display_name=name,
                    password_hash=hashed,
                    is_active=True,
                    left_at=None,
                )
            else:
                wanted, password = known, ""
            changed = put_with_openings(uow.territory, wanted, rules) or bool(password)
            uow.commit()
        return _added(wanted, site, rules, password, changed)

    def new_password(self, email: str) -> str:
        """Give a new password, end every session, and return it.

        Raises ``WrongEntry``, and ``Refused`` when the account is deactivated.
        """
        password = spoken_password()
        hashed = self._hash(password)
        with self._store.write() as uow:
            counsellor = counsellor_named(uow.territory, email)
            if not counsellor.is_active:
                raise Refused(
                    f"Le compte {counsellor.email} est désactivé{NBSP}: "
                    f"{quoted('accueil counsellors add')} le rétablit."
                )
            counsellor.password_hash = hashed
            uow.console.delete_of(counsellor.id)
            uow.commit()
        return password

    def deactivate(self, email: str) -> bool:
        """Close an account: no sign-in, no slot. False when it was closed already.

        What is past stays. Raises ``WrongEntry``, and ``Refused`` while people are expected.
        """
        with self._store.write() as uow:
            counsellor = counsellor_named(uow.territory, email)
            openings = uow.territory.openings_of_counsellor(counsellor.id)
            # Whoever books here at this moment finishes first, or finds the slots gone.
            sites = {counsellor.site_id, *(one.site_id for one in openings)}
            uow.appointments.lock_sites(sites)
            if not counsellor.is_active:
                return False
            self._require_nobody_expected(uow, counsellor)
            counsellor.leave(self._clock.now())
            uow.console.delete_of(counsellor.id)
            uow.commit()
        return True

    def listed(self, site_id: str = "") -> list[Listed]:
        """Return counsellors by site and name, inactive ones too. Raises ``WrongEntry``."""
        with self._store.read() as uow:
            if site_id:
                site_named(uow.territory, site_id)
            sites = {site.id: site for site in uow.territory.sites()}
            found = [
                Listed(one, sites[one.site_id], rules_of(uow.territory, one.id))
                for one in uow.territory.counsellors()
                if site_id in ("", one.site_id)
            ]
        return sorted(found, key=lambda one: (one.site.name, one.site.id))

    def _require_nobody_expected(self, uow: UnitOfWork, counsellor: Counsellor) -> None:
        expected = uow.appointments.to_come_with(counsellor.id, self._clock.now())
        confirmed = [one for one in expected if one.status is AppointmentStatus.CONFIRMED]
        if confirmed:
            count = f"{len(confirmed)} rendez-vous confirmé" + "s" * (len(confirmed) > 1)
            raise Refused(
                f"{counsellor.display_name} a encore {count} à venir{NBSP}: "
                f"déplacez-les ou annulez-les par {quoted('accueil appointments')}, "
                f"ou confiez-les aux collègues par {quoted('accueil counsellors leave')}."
            )
        sessions = uow.groups.of_counsellor(counsellor.id, self._clock.now())
        if sessions:
            raise Refused(
                f"{counsellor.display_name} anime encore une séance collective{NBSP}: "
                f"{quoted('accueil counsellors leave')} la confie à un collègue."
            )
        if expected:
            raise Refused(
                f"Quelqu’un est en train de réserver avec {counsellor.display_name}{NBSP}: "
                "recommencez dans un quart d’heure."
            )


def _added(
    counsellor: Counsellor, site: Site, rules: Sequence[OpeningRule], password: str, changed: bool
) -> Added:
    spans = [rule.hours() for rule in rules]
    return Added(
        counsellor=counsellor,
        site=site,
        openings=tuple(rules),
        password=password,
        changed=changed,
        outside=tuple(outside(spans, site.hours)),
        short=tuple(too_short(spans)),
    )


def _require_same(known: Counsellor | None, site: Site, name: str) -> None:
    if known is None or not known.is_active:
        return
    if (known.site_id, known.display_name) != (site.id, name):
        raise Refused(
            f"L’adresse {known.email} est déjà prise{NBSP}: {known.display_name}, "
            f"au site {quoted(known.site_id)}."
        )
