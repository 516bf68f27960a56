"""Find a site or a counsellor by what an operator types."""

from collections.abc import Iterable
from datetime import datetime

from accueil.core.french import NBSP
from accueil.core.territory import Counsellor, Site
from accueil.services.ports import Territory, UnitOfWork
from accueil.services.staff_entry import WrongEntry, quoted


class Refused(Exception):
    """What was typed is clear, but the present state forbids it; ``str`` is a French sentence."""


def site_named(territory: Territory, site_id: str) -> Site:
    """Return a site. Raises ``WrongEntry``."""
    site = territory.site(site_id)
    if site is None:
        raise WrongEntry(
            f"Aucun site n’a l’identifiant {quoted(site_id)}{NBSP}: "
            f"c’est celui de la colonne {quoted('id')} du fichier importé."
        )
    return site


def counsellor_named(territory: Territory, email: str) -> Counsellor:
    """Return who signs in with an address. Raises ``WrongEntry``."""
    counsellor = territory.counsellor_by_email(email.strip().lower())
    if counsellor is None:
        raise WrongEntry(f"Personne n’a l’adresse {quoted(email)}.")
    return counsellor


def lock_where_they_receive(
    uow: UnitOfWork, counsellors: Iterable[Counsellor], *sites: str
) -> None:
    """Queue up behind whoever books with these counsellors, or at these sites."""
    names = set(sites)
    for one in counsellors:
        openings = uow.territory.openings_of_counsellor(one.id)
        names |= {one.site_id, *(opening.site_id for opening in openings)}
    uow.appointments.lock_sites(names)


def lock_with_colleagues(uow: UnitOfWork, counsellor: Counsellor, now: datetime) -> None:
    """Queue up behind whoever books with a counsellor, or with who may take over from them."""
    sites = {counsellor.site_id}
    sites |= {one.site_id for one in uow.territory.openings_of_counsellor(counsellor.id)}
    sites |= {one.site_id for one in uow.appointments.to_come_with(counsellor.id, now)}
    sites |= {one.site_id for one in uow.groups.of_counsellor(counsellor.id, now)}
    team = [one for site_id in sites for one in team_of(uow.territory, site_id)]
    lock_where_they_receive(uow, team, *sites)


def team_of(territory: Territory, site_id: str) -> list[Counsellor]:
    """Return the active counsellors who belong to a site or receive there, by identifier."""
    receiving = {one.counsellor_id for one in territory.openings_of(site_id)}
    found = {one.id: one for one in territory.counsellors_of(site_id)}
    for identifier in receiving - found.keys():
        counsellor = territory.counsellor(identifier)
        if counsellor is not None:
            found[identifier] = counsellor
    return sorted(found.values(), key=lambda one: one.id)
