"""What it holds of waiting lists, call-back requests and messages that left."""

from accueil.core.privacy.terms import (
    CALLBACK,
    CALLBACK_DONE,
    DISCRETION,
    MESSAGE,
    NO_END,
    WAITING_CONTACT,
    WAITING_ROW,
    Basis,
    Delay,
    Ending,
    Entry,
    Protection,
    Seen,
)

_CONTACT = ("first_name", "phone", "email")
_OWN_WORDS = ("shared_note", "referrer")


def _waiting(
    what: str,
    columns: tuple[str, ...],
    why: str,
    basis: Basis,
    protection: Protection,
    seen: Seen = Seen.PERSON,
) -> Entry:
    end = Ending.EMPTIED
    return Entry(what, "waiting_list", columns, why, basis, seen, WAITING_CONTACT, end, protection)


WAITING = (
    _waiting(
        "liste d’attente : prénom, contact, mot, nom de qui a inscrit la personne",
        (*_CONTACT, *_OWN_WORDS),
        "proposer le premier créneau qui se libère",
        Basis.CONSENT,
        Protection.ENCRYPTED,
    ),
    _waiting(
        "liste d’attente : empreintes du contact",
        ("phone_key", "email_key"),
        "une seule place par personne, sans relire le numéro",
        Basis.PUBLIC_TASK,
        Protection.KEYED_HASH,
        Seen.NOBODY,
    ),
    _waiting(
        "liste d’attente : discrétion (« quelqu’un peut lire mon téléphone »)",
        ("discretion",),
        DISCRETION,
        Basis.VITAL,
        Protection.CLEAR,
    ),
    Entry(
        "liste d’attente : la place elle-même, numéro de la conversation",
        "waiting_list",
        (
            *("id", "site_id", "reason", "created_at", "status", "modality", "wish"),
            *("offered_id", "unanswered", "conversation_id"),
        ),
        "tenir l’ordre d’arrivée",
        Basis.PUBLIC_TASK,
        Seen.NOBODY,
        WAITING_ROW,
        Ending.DELETED,
        Protection.CLEAR,
    ),
)


def _callback(
    what: str, columns: tuple[str, ...], delay: Delay, ending: Ending, protection: Protection
) -> Entry:
    why = "rappeler la personne qui l’a demandé"
    basis, seen = Basis.CONSENT, Seen.TEAM
    return Entry(what, "callback_requests", columns, why, basis, seen, delay, ending, protection)


_CALLBACK_CONTACT = ("first_name", "phone")
CALLBACKS = (
    _callback(
        "demande de rappel traitée : prénom, téléphone",
        _CALLBACK_CONTACT,
        CALLBACK_DONE,
        Ending.EMPTIED,
        Protection.ENCRYPTED,
    ),
    _callback(
        "demande de rappel non traitée : prénom, téléphone",
        _CALLBACK_CONTACT,
        CALLBACK,
        Ending.EMPTIED,
        Protection.ENCRYPTED,
    ),
    _callback(
        "demande de rappel : numéro de la conversation",
        ("conversation_id",),
        CALLBACK,
        Ending.EMPTIED,
        Protection.CLEAR,
    ),
    _callback(
        "demande de rappel : lieu, date, traitée ou non, à rappeler d’abord",
        ("id", "site_id", "created_at", "done", "is_first_response"),
        NO_END,
        Ending.ANONYMOUS,
        Protection.CLEAR,
    ),
)

OUTBOX = (
    Entry(
        "messages envoyés : de quel rendez-vous, quand, par quel moyen, reçu ou non (sans texte)",
        "outbox",
        (
            *("id", "appointment_id", "callback_id", "kind", "recipient", "sequence", "due_at"),
            *("counsellor_id", "status", "attempts", "claimed_until", "sent_at", "was_at"),
            *("channel", "provider_id"),
        ),
        "envoyer une fois et une seule, savoir si le message est arrivé",
        Basis.PUBLIC_TASK,
        Seen.NOBODY,
        MESSAGE,
        Ending.DELETED,
        Protection.CLEAR,
    ),
)
