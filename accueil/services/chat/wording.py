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


def being_checked(card: Mapping[str, Any]) -> str:
    """Say that an answer has expired, and where its source is."""
    return (
        "La réponse que j’avais est en cours de vérification, alors je préfère ne rien affirmer. "
        f"La source officielle{NBSP}: {card.get('title')}, {card.get('url')}. Un conseiller peut "
        "aussi te répondre, c’est gratuit."
    )
