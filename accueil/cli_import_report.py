"""The lines to print after an import, in French: what is wrong first, then what was done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accueil.core.french import NBSP, NNBSP, join, show_distance
from accueil.core.territory import Site
from accueil.core.territory_imported import FRENCH

if TYPE_CHECKING:
    from accueil.services.territory_report import CoverageReport, ImportReport, Report

_SHOWN = 20


def shown_import(report: "ImportReport", *, dry_run: bool, everything: bool = False) -> list[str]:
    """Return the lines to print after an import of sites; long lists are cut."""
    lines = _problems(report)
    if report.errors:
        return [*lines, "Rien n’a été importé. Corrigez les erreurs et recommencez."]
    lists = (
        ("Gardé tel que modifié à la main", [_kept(k.site, k.fields) for k in report.kept]),
        (
            "Déplacés de plus de 100 m",
            [f"{_site(s)}, de {show_distance(km)}" for s, km in report.moved],
        ),
        (_vanished_title(report), list(map(_site, report.vanished))),
        ("Sans téléphone", list(map(_site, report.without_phone))),
    )
    for title, found in lists:
        lines += _list(title, found, everything)
    lines.append(
        f"{report.usable} sites utilisables{NBSP}: {report.created} créés, "
        f"{report.updated} modifiés, {report.unchanged} inchangés, "
        f"{report.left_out} laissés de côté."
    )
    lines.append(
        f"À revoir{NBSP}: {report.misplaced} mal placés, {len(report.vanished)} absents du "
        f"fichier, {len(report.moved)} déplacés, {len(report.without_phone)} sans téléphone."
    )
    return [*lines, *_attached(report), *_dry(dry_run)]


def shown_coverage(
    report: "CoverageReport", *, dry_run: bool, everything: bool = False
) -> list[str]:
    """Return the lines to print after an import of coverage; long lists are cut."""
    lines = _problems(report)
    if report.errors:
        return [*lines, "Rien n’a été importé. Corrigez les erreurs et recommencez."]
    lists = (
        ("Missions Locales nouvelles", report.organisations),
        ("Anciens codes, pris pour la commune d’aujourd’hui", report.former),
        ("Absentes du fichier (toujours couvertes)", report.vanished),
    )
    for title, found in lists:
        lines += _list(title, found, everything)
    lines.append(
        f"{report.usable} communes couvertes{NBSP}: {report.created} nouvelles, "
        f"{report.updated} changées de Mission Locale, {report.unchanged} inchangées."
    )
    return [*lines, *_attached(report), *_dry(dry_run)]


def _problems(report: "Report") -> list[str]:
    lines: list[str] = []
    for title, problems in (("Erreurs", report.errors), ("Avertissements", report.warnings)):
        if problems:
            lines += [f"{title} ({len(problems)})", *(f"  {one}" for one in problems), ""]
    return lines


def _list(title: str, found: Sequence[str], everything: bool) -> list[str]:
    if not found:
        return []
    shown = found if everything else found[:_SHOWN]
    rest = len(found) - len(shown)
    more = [f"  … et {rest} autres (--all les montre)."] if rest else []
    return [f"{title} ({len(found)})", *(f"  {one}" for one in shown), *more, ""]


def _attached(report: "Report") -> list[str]:
    lines: list[str] = []
    if report.attached:
        lines.append(
            f"{_sites(report.attached, 'rattaché')} à la Mission Locale qui couvre la commune."
        )
    if report.alone:
        lines.append(
            f"{_sites(report.alone)} sans Mission Locale connue{NBSP}: rien ne dit qui couvre la "
            "commune (accueil sites import-coverage)."
        )
    if report.first_response_lost:
        lines.append(
            f"Première réponse à remettre en service (accueil sites first-response){NNBSP}; elle "
            f"l’était pour {join(report.first_response_lost)}."
        )
    return lines


def _dry(dry_run: bool) -> list[str]:
    return [f"Essai seulement (--dry-run){NBSP}: rien n’a été écrit."] if dry_run else []


def _sites(number: int, state: str = "") -> str:
    """Return ``2 sites rattachés``."""
    mark = "s" if number > 1 else ""
    return f"{number} site{mark} {state}{mark}" if state else f"{number} site{mark}"


def _vanished_title(report: "ImportReport") -> str:
    title = "Absents du fichier (gardés)"
    is_partial = len(report.vanished) > report.usable
    return f"{title}{NNBSP}; le fichier est-il complet{NNBSP}?" if is_partial else title


def _site(site: Site) -> str:
    return f"{site.id}{NBSP}: {site.name} ({site.city})"


def _kept(site: Site, fields: Sequence[str]) -> str:
    return f"{_site(site)}, {join([FRENCH[name] for name in fields if name in FRENCH])}"
