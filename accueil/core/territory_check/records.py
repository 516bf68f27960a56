"""Records that are wrong, poor or out of date, site by site."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from accueil.core.french import show_distance
from accueil.core.places import department_of, distance_km
from accueil.core.territory import Organisation, Site
from accueil.core.territory_check.model import Finding, Kind
from accueil.core.territory_check.view import DISTRICTS, View
from accueil.core.territory_check.wording import commune_name, counted, site_name
from accueil.core.text import fold

MISPLACED_KM = 15.0
"""As for an import: further than this from its commune's centre, a site is misplaced."""
SAME_PLACE_KM = 0.05
_SAME_PLACE_DEGREES = 0.00046  # of latitude: a little over 50 m


def record_findings(view: View) -> Iterator[Finding]:
    """Yield everything about sites."""
    yield from _examples(view)
    yield from _gone(view)
    yield from _misplaced(view)
    yield from _elsewhere(view)
    yield from _same_place(view)
    if view.communes_of:
        uncovered = [one for one in view.sites if not view.covers(one)]
        yield from _grouped(view, Kind.WITHOUT_COVERAGE, uncovered, "sans commune couverte")
    silent = [one for one in view.sites if not (one.phone or _owner(view, one).phone)]
    yield from _grouped(view, Kind.NO_PHONE, silent, "sans téléphone")
    yield from _grouped(
        view, Kind.NO_HOURS, [one for one in view.sites if not one.hours], "sans horaires"
    )
    unwritten = [one for one in view.sites if not (one.email or _owner(view, one).email)]
    yield from _grouped(view, Kind.NO_EMAIL, unwritten, "sans e-mail")


def is_example(view: View) -> bool:
    """Tell whether there is something, and all of it an example."""
    records: list[Site | Organisation] = [*view.sites, *view.organisations.values()]
    return bool(records) and all(one.is_example for one in records)


def _owner(view: View, site: Site) -> Organisation:
    known = view.organisations.get(site.organisation_id)
    return known or Organisation(site.organisation_id, site.organisation_id)


def _examples(view: View) -> Iterator[Finding]:
    if is_example(view):
        return
    sites = [one for one in view.sites if one.is_example]
    yield from _grouped(view, Kind.EXAMPLE_BESIDE_REAL, sites, "d’exemple")
    owners = {site.organisation_id for site in sites}
    alone = [o for o in view.organisations.values() if o.is_example and o.id not in owners]
    if alone:
        what = counted(len(alone), "Mission Locale", "Missions Locales") + " d’exemple"
        names = tuple(f"{one.name} ({one.id})" for one in alone)
        yield Finding(Kind.EXAMPLE_BESIDE_REAL, "", what, names)


def _misplaced(view: View) -> Iterator[Finding]:
    found: dict[str, list[str]] = defaultdict(list)
    for site in view.sites:
        commune = view.commune_of(site)
        if commune is None or commune.latitude is None or commune.longitude is None:
            continue
        gap = distance_km(commune.latitude, commune.longitude, site.latitude, site.longitude)
        if gap > MISPLACED_KM:
            said = f"{site_name(site)}, à {show_distance(gap)} de {commune.name}"
            found[commune.department].append(said)
    what = ("site loin de sa commune", "sites loin de leur commune")
    yield from _said(Kind.MISPLACED, found, what)


def _same_place(view: View) -> Iterator[Finding]:
    found: dict[str, list[str]] = defaultdict(list)
    for first, *others in _places(view.sites):
        names = " et ".join(site_name(one) for one in (first, *others))
        found[view.department_of(first)].append(names)
    yield from _said(Kind.SAME_PLACE, found, ("endroit partagé", "endroits partagés"))


def _places(sites: Iterable[Site]) -> Iterator[list[Site]]:
    """Yield groups of sites within 50 m of one of them, or with one address in one commune."""
    ranked = sorted(sites, key=lambda one: (one.latitude, one.longitude, one.id))
    taken: set[str] = set()
    for at, first in enumerate(ranked):
        if first.id in taken:
            continue
        group = [first]
        for other in ranked[at + 1 :]:
            if other.latitude - first.latitude > _SAME_PLACE_DEGREES:
                break
            if other.id not in taken and _is_close(first, other):
                group.append(other)
        if len(group) > 1:
            taken.update(one.id for one in group)
            yield group
    by_address: dict[tuple[str, str], list[Site]] = defaultdict(list)
    for one in ranked:
        if one.address.strip() and one.id not in taken:
            by_address[one.insee, fold(one.address)].append(one)
    yield from (group for group in by_address.values() if len(group) > 1)


def _is_close(one: Site, other: Site) -> bool:
    gap = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return gap <= SAME_PLACE_KM


def _elsewhere(view: View) -> Iterator[Finding]:
    """Yield sites in a commune of another; one whose Mission Locale covers nothing is told once."""
    found: dict[str, list[str]] = defaultdict(list)
    for site in view.sites:
        commune = view.commune_of(site)
        if commune is None or not view.covers(site):
            continue
        place = site.insee if site.insee in DISTRICTS else commune.insee
        owners = view.owners_at(place)
        if owners and site.organisation_id not in owners:
            owner = view.owners_said(place)
            found[commune.department].append(f"{site_name(site)}, à {commune.name}\u00a0: {owner}")
    what = ("site chez une autre Mission Locale", "sites chez une autre Mission Locale")
    yield from _said(Kind.ELSEWHERE, found, what)


def _gone(view: View) -> Iterator[Finding]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in view.stale:
        now = f", aujourd’hui {commune_name(row.now)}" if row.now else ", code inconnu"
        department = row.now.department if row.now else department_of(row.insee)
        found[department].append(f"couverture de {row.insee}{now}")
    for site in view.sites:
        commune = view.gazetteer.by_insee(site.insee)
        if commune is None or commune.insee != site.insee:
            now = f", aujourd’hui {commune_name(commune)}" if commune else ", code inconnu"
            found[view.department_of(site)].append(f"{site_name(site)}, à {site.insee}{now}")
    yield from _said(Kind.GONE_COMMUNE, found, ("code Insee périmé", "codes Insee périmés"))


def _grouped(view: View, kind: Kind, sites: Iterable[Site], what: str) -> Iterator[Finding]:
    """Yield one finding a departement for these sites; ``what`` follows their number."""
    found: dict[str, list[str]] = defaultdict(list)
    for site in sites:
        found[view.department_of(site)].append(site_name(site))
    yield from _said(kind, found, (f"site {what}", f"sites {what}"))


def _said(kind: Kind, found: dict[str, list[str]], what: tuple[str, str]) -> Iterator[Finding]:
    for department, names in found.items():
        yield Finding(kind, department, counted(len(names), *what), tuple(names))
