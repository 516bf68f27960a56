"""Run the command line; a wrong entry is one French sentence and exit 2, not an English box."""

import os
from typing import Any

import typer
from typer.exceptions import TyperException

from accueil.core.french import NBSP
from accueil.services.staff_entry import quoted

_OWNER_ONLY = 0o077


def run(app: typer.Typer) -> int:
    """Run the command that was typed and return its exit code."""
    os.umask(_OWNER_ONLY)  # the database, its journals, messages that become files
    try:
        result = app(standalone_mode=False)
    except typer.Abort:
        return 1
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error))  # the help itself
        else:
            typer.echo(sentence(error), err=True)
        return 2
    return result if isinstance(result, int) else 0


def sentence(error: TyperException) -> str:
    """Return what is wrong with what was typed, and where help is."""
    context = getattr(error, "ctx", None)
    command = _command(context)
    return f"{_reason(error)}{NBSP}: voyez {quoted(f'{command} --help')}."


def _reason(error: TyperException) -> str:
    match type(error).__name__:
        case "MissingParameter":
            return f"Il manque {_names(error)}"
        case "BadParameter":
            return f"Valeur inutilisable pour {_names(error)}"
        case "NoSuchOption":
            return f"Option inconnue, {quoted(getattr(error, 'option_name', ''))}"
        case "BadOptionUsage":
            name = getattr(error, "option_name", "")
            return f"Valeur oubliée ou de trop après {quoted(name)}"
        case _:
            return "Commande inconnue, ou mot de trop"


def _names(error: Any) -> str:
    """Return how the option or argument is typed: the longest name of an option, a metavar."""
    parameter = error.param
    if parameter is None:
        return "une valeur"
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper()).strip("[]")
    return str(max(parameter.opts, key=len))


def _command(context: Any) -> str:
    """Return the command as it is typed, without the arguments that were given."""
    names: list[str] = []
    while context is not None and context.parent is not None:
        names.insert(0, context.info_name)
        context = context.parent
    return " ".join(["accueil", *names])
