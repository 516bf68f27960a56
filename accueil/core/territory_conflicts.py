"""Compare the lines of a file with each other: identifiers, Missions Locales, addresses."""

from collections.abc import Iterable, Iterator

from accueil.core.territory_csv import Problem, ProblemKind, Severity, quoted
from accueil.core.territory_rows import SiteLine
from accueil.core.text import fold


def conflicts(lines: Iterable[SiteLine]) -> list[Problem]:
    """Return what two lines say against each other, at the second of them."""
    kept = list(lines)
    return [*_repeated_ids(kept), *_other_names(kept), *_same_places(kept)]


def _problem(
    one: SiteLine, severity: Severity, kind: ProblemKind, message: str, remedy: str
) -> Problem:
    return Problem(one.line, severity, kind, message, remedy, one.label)


def _repeated_ids(lines: Iterable[SiteLine]) -> Iterator[Problem]:
    seen: dict[str, SiteLine] = {}
    for one in lines:
        first = seen.setdefault(one.site.id, one)
        if first is not one:
            yield _problem(
                one,
                Severity.ERROR,
                ProblemKind.REPEATED_ID,
                f"L’identifiant {quoted(one.site.id)} est déjà pris ({first.where()}).",
                "Donnez à chaque site le sien, ou supprimez le doublon.",
            )


def _other_names(lines: Iterable[SiteLine]) -> Iterator[Problem]:
    seen: dict[str, SiteLine] = {}
    for one in lines:
        first = seen.setdefault(one.site.organisation_id, one)
        if first.organisation != one.organisation:
            yield _problem(
                one,
                Severity.ERROR,
                ProblemKind.OTHER_ORGANISATION,
                f"La Mission Locale {quoted(one.site.organisation_id)} s’appelle "
                f"{quoted(one.organisation)} ici et {quoted(first.organisation)} "
                f"ailleurs ({first.where()}).",
                "Écrivez partout le même nom, ou changez l’identifiant.",
            )


def _same_places(lines: Iterable[SiteLine]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], SiteLine] = {}
    for one in lines:
        place = (fold(one.site.name), fold(one.site.address), one.site.insee)
        first = seen.setdefault(place, one)
        if first is not one:
            yield _problem(
                one,
                Severity.WARNING,
                ProblemKind.SAME_PLACE,
                f"Même nom et même adresse qu’un autre site ({first.where()}).",
                "C’est peut-être un doublon. Les deux sites sont gardés.",
            )
