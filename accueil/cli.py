"""The command line: run the parts, prepare the database, load a territory, explain a reading."""

import asyncio
import signal
import sys

import typer
import uvicorn

from accueil.bootstrap import Application, build
from accueil.cli_content import content_app
from accueil.cli_counsellors import counsellors_app
from accueil.cli_explain import explain_app
from accueil.cli_territory import seed, sites_app
from accueil.jobs.worker import Worker
from accueil.logs import configure_logs
from accueil.persistence.migrate import migrate as migrate_database
from accueil.settings import SettingsError
from accueil.web.app import create_app

ACTIONS = "actions.server:create"
"""Named, not imported: nothing imports the actions."""

app = typer.Typer(help="Premier Accueil", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(sites_app, name="sites")
app.add_typer(counsellors_app, name="counsellors")
app.add_typer(explain_app, name="explain")
app.add_typer(content_app, name="content")
app.command()(seed)


@app.command()
def migrate() -> None:
    """Mettre la base de données à jour."""
    migrate_database(build().engine)
    typer.echo("La base de données est à jour.")


@app.command()
def serve() -> None:
    """Démarrer l’application : les pages, la conversation et les actions de Rasa."""
    asyncio.run(_serve(build()))


@app.command()
def worker() -> None:
    """Démarrer l’envoi des messages et l’effacement des conversations terminées."""
    work = Worker(build())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: work.stop())
    work.run()


def main() -> None:
    """Run the command line; a wrong setting is one sentence, not a trace."""
    configure_logs()
    try:
        app()
    except SettingsError as error:
        sys.exit(str(error))


async def _serve(application: Application) -> None:
    """Run the public application and, on loopback only, the action server."""
    settings = application.settings
    public = uvicorn.Server(
        uvicorn.Config(
            create_app(application),
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=5,
            forwarded_allow_ips=settings.trusted_proxies,
        )
    )
    actions = uvicorn.Server(
        uvicorn.Config(
            ACTIONS,
            factory=True,
            host="127.0.0.1",
            port=settings.actions_port,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=5,
        )
    )
    servers = [asyncio.create_task(server.serve()) for server in (public, actions)]
    await asyncio.wait(servers, return_when=asyncio.FIRST_COMPLETED)
    public.should_exit = actions.should_exit = True
    await asyncio.gather(*servers)
