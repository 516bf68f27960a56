"""What the door itself says, when no dialogue is needed or possible."""

from collections.abc import Mapping
from typing import Any

from accueil.core.french import NBSP, NNBSP

GREETING = (
    f"Salut{NNBSP}! Je suis le robot d’accueil de la Mission Locale. Je réponds à tes questions, "
    "je trouve ton lieu d’accueil et je réserve un premier rendez-vous avec un conseiller ou une "
    f"conseillère. Tu veux parler de quoi{NNBSP}?"
)
EMPTY = (
    f"Je n’ai rien reçu de lisible. Tu peux écrire avec tes mots, par exemple{NBSP}: "
    f"«{NBSP}je cherche un logement{NBSP}» ou «{NBSP}je veux un rendez-vous{NBSP}»."
)
SHORTENED = (
    "Ton message est long, j’ai surtout lu la fin. Si j’ai raté quelque chose, redis-le en une "
    "phrase."
)
NO_ANSWER = (
    f"Désolé, j’ai eu un souci et je n’ai pas pu finir. Tu peux réécrire ton message{NNBSP}? "
    "Rien n’a été réservé ni perdu."
)
OFFLINE = (
    "Je suis en panne en ce moment, désolé. Rien n’est perdu. En attendant, choisis un thème"
    f"{NBSP}: j’ai des réponses toutes prêtes. Et en cas de danger, appelle le 112 ou le 114 par "
    "SMS."
)
OFFLINE_THEME = f"Voici ce que je sais dire sur ce thème. Choisis une question{NBSP}:"
OTHER_THEME = "Un autre thème"
CALL_SITE = (
    f"Je ne peux pas réserver pour l’instant, mais tu peux appeler ton lieu d’accueil{NBSP}:"
)

FIRST_STEPS = (
    ("Trouver ma Mission Locale", "/trouver_site"),
    ("Prendre rendez-vous", "/prendre_rdv"),
)
"""Buttons, (title, payload), of what can always be done."""
CALL_BACK = "Demander qu’on me rappelle"
RESUME = "Reprendre où j’en étais"
OTHER_QUESTION = "Poser une autre question"
LISTENING = (
    "Je t’écoute. Écris ta question avec tes mots, ou choisis. Les numéros d’aide restent "
    "au-dessus, à toute heure."
)
RESUMED = "D’accord, on reprend là où on en était. Rien n’a été perdu."
NOT_KEPT = "Message non gardé"
"""What stays of a young person's words about danger in the history of the conversation."""
CALL_BACK_OFFLINE = (
    "Je suis en panne et je ne peux pas noter de rappel. Écris-moi ta commune, je te donne le "
    "téléphone de ta Mission Locale. La nuit, les numéros d’aide répondent."
)
NOT_ALERTED = (
    f"Je n’ai pas pu prévenir l’équipe{NBSP}: il me faut d’abord ton numéro, pour qu’on te "
    "rappelle. Rien n’a été envoyé. En attendant, ces numéros répondent."
)


def welcome(organisation: str) -> str:
    """Say whose page this is, as one answers the telephone."""
    return f"{organisation}, bonjour{NNBSP}!"


def alerted(site: str) -> str:
    """Say that the team was told, without promising that somebody reads it."""
    return (
        f"C’est fait{NBSP}: un message part pour l’équipe de {site}, sans rien de ce que tu as "
        "écrit. Je ne peux pas te promettre quand quelqu’un le lira, surtout la nuit ou le "
        "week-end. Si ça devient trop dur avant, ces numéros répondent tout de suite."
    )


def being_checked(card: Mapping[str, Any]) -> str:
    """Say that an answer has expired, and where its source is."""
    return (
        "La réponse que j’avais est en cours de vérification, alors je préfère ne rien affirmer. "
        f"La source officielle{NBSP}: {card.get('title')}, {card.get('url')}. Un conseiller peut "
        "aussi te répondre, c’est gratuit."
    )
