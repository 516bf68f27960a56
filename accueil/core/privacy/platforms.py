"""What it holds of people who write from a messaging app."""

from accueil.core.privacy.terms import (
    EVENT,
    PLATFORM_USER,
    Basis,
    Delay,
    Ending,
    Entry,
    Protection,
    Seen,
)


def _app(
    what: str,
    where: str,
    columns: tuple[str, ...],
    why: str,
    delay: Delay,
    protection: Protection,
    end: Ending = Ending.DELETED,
) -> Entry:
    seen = Seen.NOBODY
    return Entry(what, where, columns, why, Basis.PUBLIC_TASK, seen, delay, end, protection)


PLATFORMS = (
    _app(
        "application de messagerie : adresse de la personne, clé de sa conversation",
        "platform_users",
        ("address", "session_token"),
        "répondre dans l’application",
        PLATFORM_USER,
        Protection.ENCRYPTED,
    ),
    _app(
        "application de messagerie : empreinte de l’adresse",
        "platform_users",
        ("address_key",),
        "reconnaître la personne sans relire son adresse",
        PLATFORM_USER,
        Protection.KEYED_HASH,
    ),
    _app(
        "application de messagerie : laquelle, quelle conversation, dernier message, blocage",
        "platform_users",
        (
            *("id", "platform", "session_id", "created_at", "last_heard_at"),
            "blocked_at",
        ),
        "répondre dans l’application, et jamais à qui l’a bloquée",
        PLATFORM_USER,
        Protection.CLEAR,
    ),
    _app(
        "message reçu d’une application, tant que la réponse n’est pas écrite",
        "platform_events",
        ("body",),
        "n’en perdre aucun, même après une panne",
        Delay("jusqu’à la réponse : quelques secondes"),
        Protection.ENCRYPTED,
        Ending.EMPTIED,
    ),
    _app(
        "empreinte de chaque message reçu d’une application",
        "platform_events",
        ("event_key",),
        "ne pas répondre deux fois",
        EVENT,
        Protection.KEYED_HASH,
    ),
    _app(
        "message reçu d’une application : de qui, quand",
        "platform_events",
        ("user_id", "received_at", "at", "attempts", "answered_at"),
        "répondre une fois et une seule, dans l’ordre",
        EVENT,
        Protection.CLEAR,
    ),
    _app(
        "réponse en route vers une application : son texte",
        "platform_deliveries",
        ("body",),
        "l’envoyer, même après une panne",
        Delay("jusqu’au départ : quelques secondes, une heure au plus"),
        Protection.ENCRYPTED,
        Ending.EMPTIED,
    ),
    _app(
        "réponse en route vers une application : à qui, quand, partie ou non",
        "platform_deliveries",
        (
            *("id", "user_id", "created_at", "position", "status", "attempts"),
            *("due_at", "is_uncertain"),
        ),
        "l’envoyer une fois et une seule, dans l’ordre",
        EVENT,
        Protection.CLEAR,
    ),
)
