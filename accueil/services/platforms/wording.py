"""What is said in a messaging app beside the answers themselves."""

from accueil.core.french import NBSP, NNBSP
from accueil.core.platforms import EventKind, Platform

NAMES = {
    Platform.TELEGRAM: "Telegram",
    Platform.MESSENGER: "Messenger",
    Platform.WHATSAPP: "WhatsApp",
}
"""What people call each app."""
_DANGER = f"En danger{NNBSP}? Appelle le 112, ou le 114 par SMS."
NOTICE = (
    f"Je suis le robot d’accueil de la Mission Locale{NBSP}: personne ne lit en direct. {_DANGER} "
    f"Écris «{NBSP}supprimer mes données{NBSP}» quand tu veux, j’efface tout."
)
"""Before the first answer to whoever did not ask to be greeted."""
_WRITE_IT = f"Écris-le-moi en quelques mots{NBSP}: je te réponds tout de suite."
_NOT_READ = {
    EventKind.VOICE: f"Je ne peux pas écouter les messages vocaux, désolé. {_WRITE_IT}",
    EventKind.IMAGE: (
        "Je ne sais pas lire les images. Si c’est un courrier ou un papier, dis-moi ce que tu "
        "veux savoir dessus. Et n’envoie pas tes papiers ici, un conseiller les regardera avec toi."
    ),
    EventKind.VIDEO: f"Je ne peux pas regarder les vidéos. {_WRITE_IT}",
    EventKind.FILE: (
        "Je ne peux pas ouvrir les fichiers, et je n’en garde aucun. Garde ton CV ou ton papier "
        f"pour le rendez-vous. Dis-moi en quelques mots ce qu’il te faut{NBSP}: je te réponds tout "
        "de suite."
    ),
    EventKind.STICKER: (
        f"Ça fait plaisir, mais je ne lis que les mots. Tu veux parler de quoi{NNBSP}?"
    ),
    EventKind.CONTACT: (
        "Je n’ai pas gardé ce contact. Si tu veux qu’on te rappelle, écris-moi ton numéro à toi."
    ),
    EventKind.OTHER: f"Je ne sais pas lire ce genre de message. {_WRITE_IT}",
}
GROUP = (
    "Je ne réponds pas dans les groupes, pour que ce que tu dis reste entre nous. Écris-moi en "
    "message privé."
)
NOT_IN_FRANCE = (
    "Je ne reconnais pas cet endroit en France. Écris-moi plutôt le nom de ta commune ou son code "
    "postal."
)
OLD_BUTTON = "Ce bouton n’est plus valable. Écris plutôt ce que tu veux."
EXPIRED = (
    "Notre conversation d’avant est effacée (je ne garde rien plus de 24 heures). On reprend du "
    "début."
)
MOVED = "Ta conversation continue sur l’appareil où tu as tapé le code. Ici, on repart de zéro."
TRANSFERRED = f"C’est bon{NBSP}: on continue ici. Voici où on en était."
BROKEN = (
    f"Je n’arrive pas à répondre pour l’instant. Rien n’est perdu{NBSP}: réessaie dans un moment. "
    f"{_DANGER}"
)
SLOW_DOWN = f"Ça va trop vite pour moi. Attends une minute, puis réessaie. {_DANGER}"


def not_read(kind: EventKind) -> str:
    """Return the answer to something that has no words, or none that can be read."""
    return f"{_NOT_READ.get(kind, _NOT_READ[EventKind.OTHER])} {_danger_by(kind)}".rstrip()


def continue_on_site(code: str, public_url: str) -> str:
    """Tell how to take the conversation to the site."""
    return (
        f"Ton code{NBSP}: {code}. Ouvre la discussion sur {public_url}, puis Menu, «{NBSP}J’ai un "
        f"code{NBSP}». Ce code marche une fois, pendant 10 minutes. Ensuite la conversation "
        "continue là-bas, plus ici."
    )


def _danger_by(kind: EventKind) -> str:
    # A voice note at night may be a call for help that nobody will hear.
    heard = (EventKind.VOICE, EventKind.VIDEO, EventKind.IMAGE)
    return _DANGER if kind in heard else ""
