"""Change a site by hand, by the rules of the import; the next imports keep what was changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import available_timezones

from accueil.core.clock import Clock, SystemClock
from accueil.core.territory import Site
from accueil.core.territory_csv import ProblemKind
from accueil.core.territory_fields import FieldChecker, address_with
from accueil.services.ports import Store, UnitOfWork
from accueil.services.site_zone import ZoneClash, keep_told_hours, lock_to_move

EDITABLE = ("phone", "email", "hours", "address", "accessibility", "time_zone")


class EditRefused(ValueError):
    """Nothing was changed; the message says why and what to do, in French."""


@dataclass(frozen=True, slots=True)
class SiteEditor:
    """The use case."""

    store: Store
    clock: Clock = field(default_factory=SystemClock)

    def edit(self, site_id: str, changes: Mapping[str, str]) -> tuple[Site, bool]:
        """Return the site with these texts (see ``EDITABLE``), and whether anything changed.

        An empty text clears the field, but for the address and the time zone. With another zone,
        what is to come keeps the hours that people were told. Raises ``EditRefused``.
        """
        with self.store.write() as uow:
            before = uow.territory.site(site_id)
            if before is None:
                raise EditRefused(
                    f"Il n’y a pas de site «\u00a0{site_id}\u00a0». Son identifiant est celui du "
                    "fichier importé."
                )
            after = replace(before, **_checked(before, changes))
            is_changed = after != before  # asked now: putting changes what was read, too
            if is_changed:
                if after.time_zone != before.time_zone:
                    self._keep_hours(uow, before, after.time_zone)
                uow.territory.put([after])
                uow.commit()
            return after, is_changed

    def _keep_hours(self, uow: UnitOfWork, site: Site, time_zone: str) -> None:
        lock_to_move(uow, [site], self.clock.now())
        try:
            keep_told_hours(uow, site, time_zone, self.clock.now())
        except ZoneClash as clash:
            raise EditRefused(str(clash)) from None


def _checked(before: Site, changes: Mapping[str, str]) -> dict[str, Any]:
    """Return the new values. Raises ``EditRefused`` with everything that is wrong."""
    given = {name: " ".join(text.split()) for name, text in changes.items()}
    check = FieldChecker(0)
    values: dict[str, Any] = {}
    if "phone" in given:
        values["phone"] = check.phone(given["phone"])
    if "email" in given:
        values["email"] = check.email(given["email"])
    if "accessibility" in given:
        check.length("accessibilite", given["accessibility"])
        values["accessibility"] = given["accessibility"]
    address = given.get("address", before.address)
    if "hours" in given:
        reception = check.hours(given["hours"])
        values["hours"] = list(reception.hours)
        address = address_with(reception.place, address)
    if address != before.address:
        if not address:
            check.error(ProblemKind.MISSING_VALUE, "L’adresse est vide.", "Écrivez-la.")
        check.length("adresse", address)
        values["address"] = address
    if "time_zone" in given:
        values["time_zone"] = _zone(given["time_zone"])
    if check.problems:
        raise EditRefused(
            "\n".join(f"{one.message} {_remedy(one.kind, one.remedy)}" for one in check.problems)
        )
    return values


def _zone(name: str) -> str:
    """Return an IANA zone name. Raises ``EditRefused``."""
    if name not in available_timezones():
        raise EditRefused("Fuseau horaire inconnu\u00a0: écrivez par exemple Indian/Reunion.")
    return name


def _remedy(kind: ProblemKind, remedy: str) -> str:
    """Return what to do: here nothing is imported without the field, as a file would be."""
    if kind in (ProblemKind.BAD_PHONE, ProblemKind.BAD_EMAIL):
        return "Corrigez, ou donnez un texte vide pour l’effacer."
    return remedy
