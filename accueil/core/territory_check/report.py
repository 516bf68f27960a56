"""Say a check to an operator, in French, or to a machine."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from accueil.core.french import NBSP, NNBSP
from accueil.core.places import Gazetteer
from accueil.core.territory_check.model import Check, Counts, Finding, Kind, Level
from accueil.core.territory_check.wording import (
    TITLES,
    TO_DO,
    counted,
    department_name,
    number,
    share,
)

_NAMES = 3
"""Names shown for a departement; ``--json`` gives all."""
_DEPARTMENTS = 5
"""Departements shown for a kind of finding."""
_HEADINGS = {Level.CORRECT: "À CORRIGER", Level.CHECK: "À VÉRIFIER"}


def shown_check(check: Check, gazetteer: Gazetteer) -> list[str]:
    """Return the lines to print, most useful first."""
    place = department_name(gazetteer, check.department) if check.department else "France"
    lines = [f"{place}{NBSP}: {_counts(check.counts)}"]
    if check.is_example:
        lines.append("Tout est un exemple, pour une démonstration.")
    for level in Level:
        findings = [one for one in check.findings if one.kind.level is level]
        if findings:
            lines += ["", _HEADINGS[level]]
        for kind, group in groupby(findings, key=lambda one: one.kind):
            lines += ["", *_kind(kind, list(group), gazetteer)]
    if not check.must_be_corrected:
        lines += ["", "Rien n’est à corriger."]
    return lines


def as_data(check: Check, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the check as plain data, with every name."""
    c = check.counts
    return {
        "department": check.department,
        "is_example": check.is_example,
        "must_be_corrected": check.must_be_corrected,
        "counts": {
            "organisations": c.organisations,
            "sites": c.sites,
            "communes": c.communes,
            "all_communes": c.all_communes,
            "people": c.people,
            "all_people": c.all_people,
        },
        "findings": [_finding(one, gazetteer) for one in check.findings],
    }


def _finding(finding: Finding, gazetteer: Gazetteer) -> dict[str, Any]:
    known = gazetteer.departments.get(finding.department)
    return {
        "kind": finding.kind,
        "level": finding.kind.level,
        "department": finding.department,
        "department_name": known.name if known else "",
        "what": finding.what,
        "which": list(finding.which),
        "to_do": TO_DO[finding.kind],
    }


def _counts(counts: Counts) -> str:
    return (
        f"{counted(counts.organisations, 'Mission Locale', 'Missions Locales')}, "
        f"{counted(counts.sites, 'site', 'sites')}, "
        f"{counted(counts.communes, 'commune couverte', 'communes couvertes')} sur "
        f"{number(counts.all_communes)}, {counted(counts.people, 'habitant', 'habitants')} sur "
        f"{number(counts.all_people)} ({share(counts.people, counts.all_people)})."
    )


def _kind(kind: Kind, findings: Sequence[Finding], gazetteer: Gazetteer) -> Iterator[str]:
    total = sum(len(one.which) for one in findings)
    size = f" ({number(total)})" if len(findings) > 1 and total else ""
    yield f"{TITLES[kind]}{size}. {TO_DO[kind]}"
    if kind is Kind.UNSERVED and len(findings) > 1:
        codes = ", ".join(sorted(one.department for one in findings))
        yield f"  {counted(len(findings), 'département', 'départements')}{NBSP}: {codes}."
        return
    for one in findings[:_DEPARTMENTS]:
        place = department_name(gazetteer, one.department)
        yield f"  {place}{NBSP}: {_names(one)}" if place else f"  {_names(one)}"
    others = len(findings) - _DEPARTMENTS
    if others > 0:
        more = counted(others, "autre département", "autres départements")
        yield f"  et {more} (--department ou --json pour tout voir)."


def _names(finding: Finding) -> str:
    if not finding.which:
        return finding.what if finding.what.endswith(".") else f"{finding.what}."
    others = len(finding.which) - _NAMES
    shown = [*finding.which[:_NAMES], *([f"et {number(others)} de plus"] if others > 0 else [])]
    return f"{finding.what}{NBSP}: {f'{NNBSP}; '.join(shown)}."
