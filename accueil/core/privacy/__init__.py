"""The register of personal data: every column and place that says something of somebody.

``docs/privacy.md`` is this register for people; a test compares both with the database's tables,
and ``services.retention`` takes its delays from here.
"""

from collections.abc import Iterable

from accueil.core.privacy import terms
from accueil.core.privacy.appointments import APPOINTMENTS
from accueil.core.privacy.conversations import CONVERSATIONS
from accueil.core.privacy.elsewhere import ELSEWHERE, RASA_COLUMNS
from accueil.core.privacy.impersonal import IMPERSONAL, Impersonal
from accueil.core.privacy.platforms import PLATFORMS
from accueil.core.privacy.requests import CALLBACKS, OUTBOX, WAITING
from accueil.core.privacy.staff import COUNSELLORS
from accueil.core.privacy.terms import Basis, Delay, Ending, Entry, Protection, Seen

YOUNG_PEOPLE = (*CONVERSATIONS, *APPOINTMENTS, *WAITING, *CALLBACKS, *OUTBOX, *PLATFORMS)
REGISTER = (*YOUNG_PEOPLE, *COUNSELLORS, *ELSEWHERE)

_TITLES = (
    *("Donnée", "Où", "Pourquoi", "Base légale", "Qui la voit", "Combien de temps"),
    *("Comment elle part", "Protection"),
)

__all__ = [
    "COUNSELLORS",
    "ELSEWHERE",
    "IMPERSONAL",
    "RASA_COLUMNS",
    "REGISTER",
    "YOUNG_PEOPLE",
    "Basis",
    "Delay",
    "Ending",
    "Entry",
    "Impersonal",
    "Protection",
    "Seen",
    "register_table",
    "impersonal_table",
    "terms",
]


def register_table(entries: Iterable[Entry]) -> str:
    """Return entries as a table in Markdown, in French."""
    rows = (
        (
            entry.what,
            _place(entry.where, entry.columns),
            entry.why,
            entry.basis,
            entry.seen,
            entry.delay.words,
            entry.ending,
            entry.protection,
        )
        for entry in entries
    )
    return _markdown(_TITLES, rows)


def impersonal_table() -> str:
    """Return what is declared impersonal as a table in Markdown, in French."""
    rows = ((_place(one.where, one.columns), one.reason) for one in IMPERSONAL)
    return _markdown(("Où", "Pourquoi ce n’est pas personnel"), rows)


def _place(where: str, columns: tuple[str, ...]) -> str:
    return f"{where} : {', '.join(columns)}" if columns else where


def _markdown(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(titles)]
    lines.append(["---"] * len(lines[0]))
    lines += [list(row) for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
