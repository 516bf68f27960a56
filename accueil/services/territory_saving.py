"""Put the sites of a file beside those that are known: new, changed, kept, moved, vanished."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from accueil.core.places import distance_km
from accueil.core.territory import Organisation, Site
from accueil.core.territory_csv import Problem, ProblemKind, Severity
from accueil.core.territory_imported import (
    ImportedSite,
    Merged,
    attached_owner,
    merge,
    said_alone,
)
from accueil.core.territory_rows import SiteLine
from accueil.services.ports import Territory, TerritoryRecord, UnitOfWork
from accueil.services.site_zone import ZoneClash, keep_told_hours, lock_to_move
from accueil.services.territory_report import ImportReport, Kept, Report

_MOVED_KM = 0.1


class SiteSaving:
    """One import under way: ``take`` the lines, then ``write``; counts go into the report."""

    def __init__(
        self, territory: Territory, source: str, spoken: frozenset[str], report: ImportReport
    ) -> None:
        self._territory = territory
        self._source = source
        self._spoken = spoken
        self._report = report
        self._known = {site.id: site for site in territory.sites()}
        self._imported = {one.site_id: one for one in territory.imported_sites()}
        self._organisations = {one.id: one for one in territory.organisations()}
        self._coverage = territory.coverage()
        self._covering = frozenset(self._coverage.values())
        self._ids = {one.source_id: one.site_id for one in self._imported.values()}
        self._changed: list[TerritoryRecord] = []
        self._released: list[str] = []
        self._rezoned: list[Site] = []

    def take(self, lines: Sequence[SiteLine], left_out: Iterable[str]) -> None:
        """Compare every line with what is known, and fill the report."""
        seen = set(left_out)
        for line in lines:
            named = self._named(line)
            seen.add(named.site.id)
            self._take(named)
        self._report.vanished = [
            self._known[one.site_id]
            for one in self._imported.values()
            if one.source == self._source and one.site_id not in seen
        ]

    def keep_told_hours(self, uow: UnitOfWork, now: datetime) -> bool:
        """Give what is to come at sites whose time zone changes the same local hours.

        False when people would be expected twice at once: the report names the sites.
        """
        if self._rezoned:
            lock_to_move(uow, [self._known[one.id] for one in self._rezoned], now)
            self._territory.sites()  # read afresh: the report names them once all is closed
        for site in self._rezoned:
            try:
                keep_told_hours(uow, self._known[site.id], site.time_zone, now)
            except ZoneClash as clash:
                remedy = "Rien n’est importé. Déplacez-les, puis recommencez."
                problem = Problem(0, Severity.ERROR, ProblemKind.OTHER_ZONE, str(clash), remedy)
                self._report.problems.append(problem)
        return not self._report.errors

    def write(self) -> None:
        """Write what changed; Missions Locales that were only a site's own are forgotten."""
        self._territory.put(self._changed)
        self._territory.forget_organisations(self._released)

    def _named(self, line: SiteLine) -> SiteLine:
        """Give a site the identifier under which its source's record was imported before."""
        known = self._ids.get(line.source_id, "") if line.source_id else ""
        if not known or known == line.site.id:
            return line
        alone = line.site.organisation_id == line.site.id
        owner = known if alone else line.site.organisation_id
        return replace(line, site=replace(line.site, id=known, organisation_id=owner))

    def _take(self, line: SiteLine) -> None:
        report = self._report
        before, last = self._known.get(line.site.id), self._imported.get(line.site.id)
        source_id = line.source_id or (last.source_id if last else "")
        imported = ImportedSite(line.site.id, self._source, source_id)
        merged = merge(before, last, line.site, imported, self._spoken)
        site = self._attached(before, merged)
        self._name_organisation(site.organisation_id, line)
        if last != imported:
            self._changed.append(imported)
        self._tell(before, site, merged)
        if before == site:
            report.unchanged += 1
            return
        report.created += before is None
        report.updated += before is not None
        self._changed.append(site)
        if before is not None and before.time_zone != site.time_zone:
            self._rezoned.append(site)

    def _attached(self, before: Site | None, merged: Merged) -> Site:
        """Return the site with its Mission Locale, when the file does not say which one."""
        site = merged.site
        if not said_alone(site, merged.imported):
            return site
        present = before.organisation_id if before else site.id
        owner = attached_owner(
            replace(site, organisation_id=present), self._coverage, self._covering
        )
        self._report.alone += owner == site.id and site.id not in self._covering
        if owner not in (present, site.id):
            count_attached(self._territory, self._report, site)
            self._released.append(present)
        return replace(site, organisation_id=owner)

    def _name_organisation(self, owner: str, line: SiteLine) -> None:
        """Create or rename the Mission Locale, when the line is the one that names it."""
        before = self._organisations.get(owner)
        if owner != line.site.organisation_id:
            return
        if before is None:
            after = Organisation(owner, line.organisation)
        elif before.name != line.organisation or before.is_example:
            after = replace(before, name=line.organisation, is_example=False)
        else:
            return
        self._organisations[owner] = after
        self._report.organisations += 1
        self._changed.append(after)

    def _tell(self, before: Site | None, site: Site, merged: Merged) -> None:
        if merged.kept:
            self._report.kept.append(Kept(site, merged.kept))
        if not site.phone:
            self._report.without_phone.append(site)
        if before is not None:
            gap = distance_km(before.latitude, before.longitude, site.latitude, site.longitude)
            if gap > _MOVED_KM:
                self._report.moved.append((site, gap))


def count_attached(territory: Territory, report: Report, site: Site) -> None:
    """Count a site that leaves itself for its Mission Locale; its first response stays behind."""
    report.attached += 1
    if territory.wants_first_response(site.id):
        report.first_response_lost.append(site.id)
