"""The whole look over a territory, or over one departement of it."""

from accueil.core.territory_check.coverage import coverage_findings
from accueil.core.territory_check.model import Check, Counts, Finding, Kind
from accueil.core.territory_check.records import is_example, record_findings
from accueil.core.territory_check.view import View

_ORDER = {kind: rank for rank, kind in enumerate(Kind)}


def check_territory(view: View, department: str = "") -> Check:
    """Return counts and findings; ``department`` (its code) keeps what concerns it."""
    findings = [*coverage_findings(view), *record_findings(view)]
    kept = [one for one in findings if not department or one.department in ("", department)]
    kept.sort(key=_rank)
    return Check(department, count(view, department), tuple(kept), is_example(view))


def _rank(finding: Finding) -> tuple[int, int, str]:
    return _ORDER[finding.kind], -len(finding.which), finding.department


def count(view: View, department: str = "") -> Counts:
    """Return how much there is, in all or in one departement."""
    communes = [one for one in view.communes if department in ("", one.department)]
    sites = [one for one in view.sites if department in ("", view.department_of(one))]
    covered = [one for one in communes if view.is_covered(one)]
    present = {site.organisation_id for site in sites}
    present |= {owner for one in communes for owner in view.owners_at(one.insee)}
    return Counts(
        organisations=len(present) if department else len(view.organisations),
        sites=len(sites),
        communes=len(covered),
        all_communes=len(communes),
        people=sum(map(view.people_covered, communes)),
        all_people=sum(one.population for one in communes),
    )
