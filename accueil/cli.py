"""The command line: run the parts, prepare the database, load a territory, explain a reading.

Commands import what they need when they run: reading a thousand lines must not wait for a database
library (``accueil explain``).
"""

import asyncio
import signal
import sys

import typer

from accueil.cli_absences import close_site, closures, reopen_site
from accueil.cli_answers import answers_app
from accueil.cli_appointments import appointments_app
from accueil.cli_content import content_app
from accueil.cli_counsellors import counsellors_app
from accueil.cli_explain import explain_app
from accueil.cli_keys import keys_app
from accueil.cli_mail import mail_app
from accueil.cli_platforms import platforms_app
from accueil.cli_sessions import sessions_app
from accueil.cli_sites_check import check_sites
from accueil.cli_territory import seed, sites_app
from accueil.cli_usage import run
from accueil.cli_watch import watch
from accueil.settings import SettingsError

app = typer.Typer(help="Premier Accueil", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(sites_app, name="sites")
app.add_typer(counsellors_app, name="counsellors")
app.add_typer(appointments_app, name="appointments")
app.add_typer(sessions_app, name="sessions")
app.add_typer(explain_app, name="explain")
app.add_typer(content_app, name="content")
app.add_typer(answers_app, name="answers")
app.add_typer(keys_app, name="keys")
app.add_typer(mail_app, name="mail")
app.add_typer(platforms_app, name="platforms")
app.command()(seed)
app.command()(watch)
sites_app.command("check")(check_sites)
sites_app.command("close", help="Fermer un site quelques jours.")(close_site)
sites_app.command("closures", help="Lister les fermetures à venir.")(closures)
sites_app.command("reopen", help="Effacer une fermeture.")(reopen_site)


@app.command()
def migrate() -> None:
    """Mettre la base de données à jour."""
    from accueil.bootstrap import build
    from accueil.persistence.migrate import migrate as migrate_database

    migrate_database(build().engine)
    typer.echo("La base de données est à jour.")


@app.command()
def serve() -> None:
    """Démarrer l’application : les pages, la conversation et les actions de Rasa."""
    from accueil.bootstrap import build
    from accueil.cli_serve import PortRefused, serve_both

    try:
        asyncio.run(serve_both(build()))
    except PortRefused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None


@app.command()
def worker() -> None:
    """Démarrer l’envoi des messages et l’effacement des conversations terminées."""
    from accueil.bootstrap import build
    from accueil.jobs.worker import Worker

    work = Worker(build())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: work.stop())
    work.run()


def main() -> None:
    """Run the command line; a wrong setting is one sentence, not a trace."""
    if sys.argv[1:2] != ["explain"]:  # it reads and writes lines, and logs nothing
        from accueil.logs import configure_logs

        configure_logs()
    try:
        sys.exit(run(app))
    except SettingsError as error:
        sys.exit(str(error))
