"""What commands share: the application on an up-to-date database, and refusing with a sentence."""

from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from accueil.bootstrap import Application


def application() -> "Application":
    """Return the application, its database at the newest schema."""
    from accueil.bootstrap import build
    from accueil.persistence.migrate import migrate

    app = build()
    migrate(app.engine)
    return app


def refuse(message: str) -> NoReturn:
    """Say why nothing was done, and exit 2: misuse."""
    typer.echo(message, err=True)
    raise typer.Exit(2)
