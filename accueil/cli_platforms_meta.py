"""``accueil platforms messenger`` and ``whatsapp``: what Meta has to be told and asked once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from accueil.cli_application import refuse
from accueil.core.french import NBSP

if TYPE_CHECKING:
    from accueil.gateways.meta_setup import MetaSetup

_NO_PAGE = (
    "Il manque ACCUEIL_MESSENGER_PAGE, ACCUEIL_MESSENGER_TOKEN, ACCUEIL_MESSENGER_APP_SECRET et "
    f"ACCUEIL_MESSENGER_VERIFY_TOKEN{NBSP}: voyez docs/guides/messageries.md."
)
_NO_NUMBER = (
    "Il manque ACCUEIL_WHATSAPP_NUMBER_ID, ACCUEIL_WHATSAPP_NUMBER, ACCUEIL_WHATSAPP_TOKEN, "
    "ACCUEIL_WHATSAPP_APP_SECRET et ACCUEIL_WHATSAPP_VERIFY_TOKEN"
    f"{NBSP}: voyez docs/guides/messageries.md."
)
_SENT = f"C’est fait{NBSP}: Meta envoie à Premier Accueil ce qu’on écrit."

type _Business = Annotated[
    str, typer.Argument(metavar="COMPTE", help="Identifiant du compte WhatsApp Business.")
]

messenger_app = typer.Typer(help="Messenger.", no_args_is_help=True, pretty_exceptions_enable=False)
whatsapp_app = typer.Typer(help="WhatsApp.", no_args_is_help=True, pretty_exceptions_enable=False)


@messenger_app.callback()
def messenger() -> None:
    """Messenger."""


@whatsapp_app.callback()
def whatsapp() -> None:
    """WhatsApp."""


@messenger_app.command("connect", help="Dire à Meta d’envoyer ce qu’on écrit à la page.")
def connect_messenger() -> None:
    """Exit 0 when done, 1 when Meta refuses or does not answer, 2 without an account."""
    _tell(_page().connect_page)


@messenger_app.command("templates", help="Demander à Meta les trois modèles des rappels.")
def ask_messenger() -> None:
    """Exit 0 when all are taken, 1 when one is not, 2 without an account."""
    _ask(_page())


@whatsapp_app.command("connect", help="Dire à Meta d’envoyer ce qu’on écrit au numéro.")
def connect_whatsapp(business: _Business) -> None:
    """Exit 0 when done, 1 when Meta refuses or does not answer, 2 without an account."""
    _tell(_numbers(business).connect_numbers)


@whatsapp_app.command("templates", help="Demander à Meta les trois modèles des rappels.")
def ask_whatsapp(business: _Business) -> None:
    """Exit 0 when all are taken, 1 when one is not, 2 without an account."""
    _ask(_numbers(business))


def _page() -> "MetaSetup":
    from accueil.gateways.meta_setup import MetaSetup
    from accueil.settings import read_settings

    account = read_settings().platforms.messenger
    if account is None:
        refuse(_NO_PAGE)
    return MetaSetup(account, account.page)


def _numbers(business: str) -> "MetaSetup":
    from accueil.gateways.meta_setup import MetaSetup
    from accueil.settings import read_settings

    account = read_settings().platforms.whatsapp
    if account is None:
        refuse(_NO_NUMBER)
    return MetaSetup(account, business)


def _tell(connect: Callable[[], None]) -> None:
    from accueil.services.platforms.ports import NotDelivered

    try:
        connect()
    except NotDelivered as error:
        typer.echo(f"Meta n’a pas dit oui ({error.kind}){NBSP}: rien n’est sûr.", err=True)
        raise typer.Exit(1) from None
    typer.echo(_SENT)


def _ask(setup: "MetaSetup") -> None:
    """Ask for each template, whatever becomes of the others; one that is there is refused."""
    from accueil.gateways.meta_templates import TEMPLATES
    from accueil.services.platforms.ports import NotDelivered

    is_refused = False
    for template in TEMPLATES:
        try:
            typer.echo(f"{template.name}{NBSP}: {setup.ask_for(template)}")
        except NotDelivered as error:
            is_refused = True
            typer.echo(f"{template.name}{NBSP}: refusé ({error.kind}).", err=True)
    if is_refused:
        raise typer.Exit(1)
