"""Holes and overlaps: who covers what, and whether a site is within reach."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from accueil.core.places import Commune, distance_km
from accueil.core.territory import Site
from accueil.core.territory_check.model import Finding, Kind
from accueil.core.territory_check.view import View
from accueil.core.territory_check.wording import commune_name, counted, share

ALMOST_ALL = 0.9
"""Share of a departement's people from which a commune without Mission Locale was forgotten.

Below, other Missions Locales, which this instance does not know, may cover the rest.
"""
FAR_KM = 60.0


def coverage_findings(view: View) -> Iterator[Finding]:
    """Yield everything about who covers what."""
    if not view.sites:
        yield Finding(Kind.NO_SITE, "", "La base n’a pas un seul site.")
    if view.communes_of:
        yield from _holes(view)
    elif view.sites:
        yield Finding(Kind.NO_COVERAGE, "", "Aucune Mission Locale n’a de commune.")
    yield from _overlaps(view)
    yield from _organisations_without_site(view)
    yield from _far_communes(view)


def _holes(view: View) -> Iterator[Finding]:
    """Judge each departement: nobody there, part of it, or all but a few communes."""
    with_sites = {view.department_of(one) for one in view.sites}
    served = {view.department_of(one) for one in view.sites if view.covers(one)}
    for department, communes in _by_department(view.communes).items():
        # Nobody lives in a dozen villages destroyed in 1916, nor in the Terres australes.
        holes = [one for one in communes if one.population and not view.is_covered(one)]
        if not holes:
            continue
        people = sum(one.population for one in communes)
        covered = sum(map(view.people_covered, communes))
        if not covered and department not in served:
            if department not in with_sites:  # otherwise its sites without coverage are told
                what = f"{counted(len(communes), 'commune', 'communes')}, ni site ni couverture"
                yield Finding(Kind.UNSERVED, department, what)
            continue
        holes.sort(key=lambda one: (-one.population, one.insee))
        what = (
            f"{counted(len(holes), 'commune', 'communes')} sans Mission Locale, "
            f"{share(people - covered, people)} des habitants"
        )
        kind = Kind.HOLE if covered >= ALMOST_ALL * people else Kind.UNCOVERED
        yield Finding(kind, department, what, tuple(_hole(view, one) for one in holes))


def _hole(view: View, commune: Commune) -> str:
    missing = view.missing_districts(commune.insee)
    if not missing or not view.district_owners.get(commune.insee):
        return commune_name(commune)
    manque = counted(missing, "arrondissement", "arrondissements")
    return f"{commune_name(commune)}, {manque}"


def _overlaps(view: View) -> Iterator[Finding]:
    shared = [one for one in view.communes if len(view.owners.get(one.insee, ())) > 1]
    for department, communes in _by_department(shared).items():
        which = tuple(f"{commune_name(one)}, {view.owners_said(one.insee)}" for one in communes)
        what = counted(len(which), "commune", "communes") + " à plusieurs Missions Locales"
        yield Finding(Kind.OVERLAP, department, what, which)


def _organisations_without_site(view: View) -> Iterator[Finding]:
    found: dict[str, list[str]] = defaultdict(list)
    for organisation_id, communes in view.communes_of.items():
        if not view.sites_of.get(organisation_id):
            department = Counter(one.department for one in communes).most_common(1)[0][0]
            size = counted(len(communes), "commune", "communes")
            name = view.organisation_name(organisation_id).strip()
            found[department].append(f"{name} ({organisation_id}), {size}")
    for department, names in found.items():
        what = counted(len(names), "Mission Locale", "Missions Locales") + " sans site"
        yield Finding(Kind.WITHOUT_SITE, department, what, tuple(sorted(names)))


def _far_communes(view: View) -> Iterator[Finding]:
    """Compare each covered commune with all the sites of its Missions Locales."""
    far: list[tuple[Commune, float]] = []
    for commune in view.communes:
        owners = view.owners_at(commune.insee)
        sites = [site for owner in owners for site in view.sites_of.get(owner, ())]
        gap = _nearest_km(commune, sites)
        if gap is not None and gap > FAR_KM:
            far.append((commune, gap))
    gaps = {commune.insee: gap for commune, gap in far}
    for department, communes in _by_department([commune for commune, _ in far]).items():
        communes.sort(key=lambda one: -gaps[one.insee])
        which = tuple(f"{commune_name(one)}, {gaps[one.insee]:.0f}\u00a0km" for one in communes)
        what = counted(len(which), "commune", "communes") + " à plus de 60\u00a0km d’un site"
        yield Finding(Kind.FAR, department, what, which)


def _nearest_km(commune: Commune, sites: list[Site]) -> float | None:
    """Return the distance to the first site found within reach, else to the nearest."""
    if commune.latitude is None or commune.longitude is None:
        return None
    nearest: float | None = None
    for site in sites:
        gap = distance_km(commune.latitude, commune.longitude, site.latitude, site.longitude)
        nearest = gap if nearest is None else min(nearest, gap)
        if gap <= FAR_KM:
            break
    return nearest


def _by_department(communes: tuple[Commune, ...] | list[Commune]) -> dict[str, list[Commune]]:
    found: dict[str, list[Commune]] = defaultdict(list)
    for commune in communes:
        found[commune.department].append(commune)
    return found
