"""``accueil keys``: list, rotate and retire the keys that encrypt personal columns."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import typer

from accueil.core.french import NBSP, NNBSP

if TYPE_CHECKING:
    from accueil.persistence.keyring import Key, Keyring
    from accueil.persistence.reencrypt import Census, Reencryption, Rotation

keys_app = typer.Typer(help="Clés de chiffrement des données personnelles.", no_args_is_help=True)

_ROTATE = f"«{NBSP}accueil keys rotate{NBSP}»"
_RETIRE = f"«{NBSP}accueil keys retire{NBSP}»"


@keys_app.callback()
def keys() -> None:
    """Clés de chiffrement des données personnelles."""


@keys_app.command("list", help="Lister les clés, et ce que chacune chiffre encore.")
def list_keys() -> None:
    """List fingerprints, never keys: exit 0, or 1 when values open with none of them."""
    with _refusals():
        _, work, _ = _opened()
        census = work.census()
    for line in shown_keys(census):
        typer.echo(line)
    _tell_unreadable(census[None].total() if None in census else 0)


@keys_app.command("rotate", help="Ajouter une clé, et tout rechiffrer avec elle, en service.")
def rotate() -> None:
    """Rotate, or finish a rotation: exit 0 when done, 1 when something is left to do."""
    with _refusals():
        keyring, work, today = _opened()
        done = work.rotate(today)
    if keyring.file is None and not done.renewed and not done.left:
        _explain_given_keys()
    for line in shown_rotation(done, keyring):
        typer.echo(line)
    if done.left:
        told = f"{_values(done.left)} en cours de modification{NBSP}: refaites {_ROTATE}."
        typer.echo(told, err=True)
        raise typer.Exit(1)
    _tell_unreadable(done.unreadable)


@keys_app.command("retire", help="Retirer les anciennes clés, quand elles ne chiffrent plus rien.")
def retire() -> None:
    """Drop older keys: exit 0 when done, 1 while a value needs one."""
    from accueil.persistence.reencrypt import StillNeeded

    with _refusals():
        keyring, work, _ = _opened()
        try:
            dropped = work.retire()
        except StillNeeded as error:
            _stop(
                f"Une ancienne clé chiffre encore {_values(error.count)}{NBSP}: "
                f"faites d’abord {_ROTATE}."
            )
    for line in shown_retirement(dropped, keyring):
        typer.echo(line)


def shown_keys(census: "Census") -> list[str]:
    """Return the list of keys, newest first, with the number of values in each table."""
    lines = [f"Clés, la plus récente en premier{NBSP}:"]
    for key, counts in census.items():
        if key is None:
            continue
        lines.append(f"{key.fingerprint}, {_age(key)}{NBSP}: {_values(counts.total())}")
        lines += [f"  {table}{NBSP}: {_number(count)}" for table, count in sorted(counts.items())]
    return lines


def shown_rotation(done: "Rotation", keyring: "Keyring") -> list[str]:
    """Return what a rotation did, and what comes next."""
    newest = keyring.keys[0].fingerprint
    begun = f"Nouvelle clé{NBSP}: {newest}." if done.added else f"Reprise avec la clé {newest}."
    lines = [f"{begun} Valeurs rechiffrées{NBSP}: {_number(done.renewed)}."]
    if done.added:
        lines.append(
            "Sauvegardez maintenant encryption.keys avec la base "
            f"et secret.key{NBSP}: ils vont ensemble."
        )
    if not done.left and len(keyring.keys) > 1:
        lines.append(f"Ensuite, {_RETIRE} retire les anciennes clés.")
    return lines


def shown_retirement(dropped: "list[Key]", keyring: "Keyring") -> list[str]:
    """Return which keys went, or may go."""
    if keyring.file is not None:
        gone = ", ".join(key.fingerprint for key in dropped)
        return [f"Clés retirées{NBSP}: {gone}." if dropped else "Aucune ancienne clé à retirer."]
    given = [key.fingerprint for key in dropped if not key.line.is_derived]
    if not given:
        return ["ACCUEIL_ENCRYPTION_KEYS ne contient aucune ancienne clé à retirer."]
    return [
        f"Plus rien n’est chiffré par{NBSP}: {', '.join(given)}.",
        "Ne gardez que la première clé d’ACCUEIL_ENCRYPTION_KEYS, "
        "puis relancez l’application et les tâches de fond.",
    ]


def _explain_given_keys() -> NoReturn:
    """Say how to rotate keys that this command cannot write."""
    from accueil.persistence.key_file import draw_key

    typer.echo(
        "Les clés viennent d’ACCUEIL_ENCRYPTION_KEYS, et la première chiffre déjà tout. "
        f"Pour en changer{NBSP}:\n"
        f"1. mettez en premier cette clé neuve, qui ne sera plus affichée{NBSP}: {draw_key().key}\n"
        f"2. relancez l’application et les tâches de fond{NNBSP};\n"
        f"3. refaites {_ROTATE}, puis {_RETIRE}.",
        err=True,
    )
    raise typer.Exit(1)


def _opened() -> "tuple[Keyring, Reencryption, date]":
    """Return the keys, the work on an up-to-date database, and the present day."""
    from accueil.core.clock import SystemClock
    from accueil.persistence.engine import open_engine
    from accueil.persistence.keyring import open_keyring
    from accueil.persistence.migrate import migrate
    from accueil.persistence.reencrypt import Reencryption
    from accueil.settings import read_settings

    settings = read_settings()
    keyring = open_keyring(settings.secret_key, settings.encryption_keys, settings.folder)
    engine = open_engine(settings.database_url, keyring)
    migrate(engine)
    today = (settings.frozen_now or SystemClock().now()).date()
    return keyring, Reencryption(engine, keyring), today


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn keys that cannot be used, and a busy database, into one sentence."""
    from sqlalchemy.exc import OperationalError

    from accueil.persistence.key_file import KeyFileError

    try:
        yield
    except KeyFileError as error:
        _stop(str(error))
    except OperationalError:
        _stop("La base ne répond pas, ou une écriture y dure trop longtemps. Refaites la commande.")


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _tell_unreadable(count: int) -> None:
    if count:
        _stop(
            f"Valeurs qui ne s’ouvrent avec aucune de ces clés, laissées telles quelles{NBSP}: "
            f"{_number(count)}. Retrouvez la clé qui manque dans une sauvegarde."
        )


def _age(key: "Key") -> str:
    if key.line.is_derived:
        return "dérivée de la clé secrète"
    day = key.line.added
    return f"ajoutée le {day:%d/%m/%Y}" if day else "date inconnue"


def _values(count: int) -> str:
    return f"{_number(count)} valeur{'s' if count > 1 else ''}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", NNBSP)
