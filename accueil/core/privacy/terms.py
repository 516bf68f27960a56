"""The words of the register of personal data: what, why, who, how long, how it ends."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Basis(StrEnum):
    """Legal basis (RGPD, art. 6 and 9), as the operator may declare it."""

    PUBLIC_TASK = "mission d’intérêt public (art. 6-1-e)"
    CONSENT = "accord de la personne (art. 6-1-a)"
    EXPLICIT_CONSENT = "accord explicite (art. 6-1-a et 9-2-a)"
    VITAL = "intérêts vitaux (art. 6-1-d et 9-2-c)"
    SECURITY = "obligation de sécurité (art. 6-1-c et 32)"


class Seen(StrEnum):
    """Who sees it. Whoever runs the server can reach everything that is on it."""

    TEAM = "l’équipe du lieu d’accueil"
    PERSON = "la personne elle-même"
    PERSON_AND_TEAM = "la personne elle-même et l’équipe du lieu d’accueil"
    NOBODY = "personne : la machine seulement"
    OPERATOR = "la personne qui administre le serveur"
    PROVIDER = "le prestataire et ses propres sous-traitants"


class Ending(StrEnum):
    """How it goes."""

    EMPTIED = "champ vidé"
    DELETED = "ligne effacée"
    ANONYMOUS = "reste, sans plus rien qui mène à la personne"
    ELSEWHERE = "à effacer là où il se trouve"


class Protection(StrEnum):
    """How it is written down."""

    ENCRYPTED = "chiffré"
    KEYED_HASH = "empreinte à clé"
    PASSWORD_HASH = "empreinte Argon2"  # noqa: S105, a name of a way to protect
    CLEAR = "en clair"
    AS_ABOVE = "comme ci-dessus"
    NOT_STORED = "en mémoire, jamais écrit"


@dataclass(frozen=True, slots=True)
class Delay:
    """How long something is kept. ``time`` is None when no job of ours ends it."""

    words: str
    time: timedelta | None = None


CONVERSATION = Delay("24 heures après le dernier message", timedelta(hours=24))
PLATFORM_USER = Delay(
    "avec la conversation ; avec le rendez-vous, si la personne a voulu ses rappels là"
)
EVENT = Delay("7 jours après le message", timedelta(days=7))
"""WhatsApp sends an event again for up to seven days (webhooks, "Retries")."""
HOLD = Delay("12 heures après la fin de la réservation provisoire", timedelta(hours=12))
NOTE = Delay("3 mois (90 jours) après le rendez-vous", timedelta(days=90))
CANCELLED = Delay("3 mois (90 jours) après la date prévue", timedelta(days=90))
CONTACT = Delay("24 mois (730 jours) après le rendez-vous", timedelta(days=730))
"""Two years after the last contact: CNIL, délibération n° 2023-095 (social support)."""
WAITING_CONTACT = Delay("dans l’heure, une fois servie ou partie (60 jours d’attente au plus)")
WAITING_ROW = Delay("6 mois (180 jours) après l’inscription", timedelta(days=180))
CALLBACK_DONE = Delay("3 mois (90 jours) après la demande, si elle est traitée", timedelta(days=90))
CALLBACK = Delay("6 mois (180 jours) après la demande, dans tous les cas", timedelta(days=180))
MESSAGE = Delay("3 mois (90 jours) après l’envoi", timedelta(days=90))
ABSENCE = Delay("12 mois (365 jours) après la fin", timedelta(days=365))
LEFT = Delay("12 mois (365 jours) après la fermeture du compte", timedelta(days=365))
SIGNED_IN = Delay("12 heures", timedelta(hours=12))
ORPHAN = Delay("2 jours après le dernier message, même si l’effacement a manqué", timedelta(days=2))
NO_END = Delay("sans limite")

DISCRETION = "ne pas mettre la personne en danger par un message"
"""Why it is kept, wherever it is: one purpose, and one basis (``Basis.VITAL``)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Some columns of one table, or some data kept elsewhere, that have the same fate.

    ``where`` is a table of the application's database, or a place outside it (no ``columns``).
    """

    what: str
    where: str
    columns: tuple[str, ...]
    why: str
    basis: Basis
    seen: Seen
    delay: Delay
    ending: Ending
    protection: Protection
