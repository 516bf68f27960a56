"""What is kept outside the application's database, or leaves the server."""

from accueil.core.privacy.terms import (
    CONVERSATION,
    ORPHAN,
    Basis,
    Delay,
    Ending,
    Entry,
    Protection,
    Seen,
)

RASA_EVENTS = "Rasa : table events"
RASA_COLUMNS = (
    *("id", "sender_id", "type_name", "timestamp", "intent_name", "action_name", "data"),
)
"""The columns that Rasa 3.6 gives the one table of its tracker store."""


def _entry(
    what: str,
    where: str,
    why: str,
    seen: Seen,
    delay: Delay,
    ending: Ending = Ending.ELSEWHERE,
    protection: Protection = Protection.CLEAR,
    basis: Basis = Basis.PUBLIC_TASK,
) -> Entry:
    return Entry(what, where, (), why, basis, seen, delay, ending, protection)


_OPERATOR = "choisi par qui administre le serveur ; conseillé : "

ELSEWHERE = (
    Entry(
        "conversation vue par Rasa (contacts masqués, mots de détresse jamais gardés)",
        RASA_EVENTS,
        RASA_COLUMNS,
        "comprendre la suite d’une conversation",
        Basis.CONSENT,
        Seen.NOBODY,
        CONVERSATION,
        Ending.DELETED,
        Protection.CLEAR,
    ),
    _entry(
        "conversation dont l’effacement dans Rasa a échoué",
        RASA_EVENTS,
        "aucun : reste d’une panne",
        Seen.NOBODY,
        ORPHAN,
        Ending.DELETED,
    ),
    _entry(
        "journaux : type des erreurs, jamais un texte, un nom ou un contact",
        "journaux du serveur",
        "réparer, surveiller",
        Seen.OPERATOR,
        Delay(_OPERATOR + "12 mois (CNIL, recommandation sur la journalisation, 2021)"),
        basis=Basis.SECURITY,
    ),
    _entry(
        "adresse réseau, pour limiter les essais",
        "mémoire du serveur",
        "empêcher les abus",
        Seen.NOBODY,
        Delay("quelques minutes"),
        Ending.DELETED,
        Protection.NOT_STORED,
        Basis.SECURITY,
    ),
    _entry(
        "e-mails de démonstration (jamais envoyés) : prénom, contact, date",
        "dossier mail/",
        "essayer sans serveur d’e-mails",
        Seen.OPERATOR,
        Delay(_OPERATOR + "le temps de l’essai"),
    ),
    _entry(
        "SMS de démonstration (jamais envoyés) : numéro, texte",
        "dossier sms/",
        "essayer sans compte de SMS",
        Seen.OPERATOR,
        Delay(_OPERATOR + "le temps de l’essai"),
    ),
    _entry(
        "e-mails partis : prénom, contact, date du rendez-vous, mot",
        "serveur d’e-mails, boîtes de l’équipe et de la personne",
        "prévenir",
        Seen.PERSON_AND_TEAM,
        Delay("jusqu’à ce que son destinataire l’efface"),
    ),
    _entry(
        "SMS partis : numéro, texte",
        "prestataire de SMS (OVHcloud, sous-traitant)",
        "prévenir",
        Seen.PROVIDER,
        Delay("selon son contrat ; à vérifier avant d’ouvrir"),
    ),
    _entry(
        "conversation dans une application de messagerie : messages, réponses, rappels",
        "Telegram, ou Meta pour Messenger et WhatsApp (selon ce qui est ouvert)",
        "répondre là où la personne écrit",
        Seen.PROVIDER,
        Delay("selon l’application ; à dire avant d’ouvrir"),
        basis=Basis.CONSENT,
    ),
    _entry(
        "copies de la base",
        "sauvegardes",
        "réparer après une panne",
        Seen.OPERATOR,
        Delay(_OPERATOR + "30 jours : un effacement n’y arrive qu’avec leur fin"),
        basis=Basis.SECURITY,
    ),
    _entry(
        "clé d’accès à la conversation",
        "navigateur de la personne",
        "rouvrir la conversation après un rechargement",
        Seen.PERSON,
        Delay("à la fermeture de l’onglet, sauf réglage contraire du site"),
        Ending.DELETED,
    ),
    _entry(
        "clé d’accès à la discussion sans JavaScript (cookie « discussion »)",
        "navigateur de la personne",
        "poursuivre la discussion d’une page à l’autre",
        Seen.PERSON,
        Delay("à la fermeture du navigateur, ou dès « Quitter vite » ou « Effacer »"),
        Ending.DELETED,
    ),
)
