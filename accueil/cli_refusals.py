"""What the commands about people share: a refusal is a sentence, somebody expected is a line."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from accueil.core.french import NBSP, show_moment
from accueil.services.staff_directory import Refused
from accueil.services.staff_entry import WrongEntry

if TYPE_CHECKING:
    from accueil.services.expected import Expected

UNTOLD = "N’ont pas pu être prévenus (pas de contact, ou aucun message voulu)"


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a refusal into one sentence and an exit code: 1 when refused, 2 for a wrong entry."""
    try:
        yield
    except (Refused, WrongEntry) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1 if isinstance(error, Refused) else 2) from None


def shown_expected(title: str, expected: "Iterable[Expected]") -> list[str]:
    """Return a title and one line each, nothing when nobody is expected; no name of theirs."""
    lines = [_line(one) for one in expected]
    return [f"{title}{NBSP}:", *lines] if lines else []


def _line(one: "Expected") -> str:
    taken = f" → {one.given_to}" if one.given_to else ""
    return (
        f"  {show_moment(one.start)}, {one.counsellor}{taken}{NBSP}: {one.what} ({one.identifier})"
    )
