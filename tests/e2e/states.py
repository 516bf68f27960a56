"""Every page and state that people meet, each with the steps that bring a browser there.

One list for whatever looks at all of them (``test_every_state.py``); the sample of
``docs/accessibility.md`` is this list. The application is served without Rasa: a scripted assistant
answers.
"""

from typing import NamedTuple

from chat_stage import ANSWER, SLOTS
from factories import PASSWORD
from steps import (
    MENU,
    SITE,
    Bring,
    Stage,
    at,
    easy,
    failed,
    in_danger,
    link,
    moved_away,
    offline,
    opened,
    plain_danger,
    plain_talk,
    plain_too_long,
    pressing,
    stuck,
    told,
    unloaded,
)

from accueil.services.ports import BotMessage


class State(NamedTuple):
    """A name, the steps that lead there, and words that are seen once there."""

    name: str
    bring: Bring
    shows: str


ANSWERS = at("/reponses")
CHAT = at("/discuter")
SIGN_IN = at("/conseiller/connexion")
SETTINGS = pressing(opened, MENU, "Réglages")
NADIA = {"Adresse e-mail": "nadia@mission.example", "Mot de passe": PASSWORD}
NOBODY = {"Adresse e-mail": "personne@mission.example", "Mot de passe": "faux"}
WEEK = pressing(SIGN_IN, "Se connecter", typed=NADIA)
YES_OR_NO = BotMessage("Je récapitule.", ({"title": "Oui, je confirme", "payload": "/confirmer"},))


def searching(text: str) -> Bring:
    """Search all answers."""
    return pressing(ANSWERS, "Chercher", typed={"Chercher dans les réponses": text})


STATES = [
    State("demonstration", at("/"), "Pose ta première question"),
    State("widget-not-loaded", unloaded, "La discussion ne s’ouvre pas"),
    State("widget-opened", opened, "Je suis un robot"),
    State("widget-menu", pressing(opened, MENU), "Idées suicidaires"),
    State("widget-settings", SETTINGS, "Taille du texte"),
    State("widget-english", pressing(SETTINGS, "English"), "Text size"),
    State("widget-large-text", pressing(SETTINGS, "Très grand", MENU), "Je suis un robot"),
    State("widget-discreet", pressing(SETTINGS, "Mode discret", MENU), "Mode discret"),
    State("widget-transcript", pressing(told(SITE), MENU, "Garder une trace"), "Télécharger"),
    State(
        "widget-transfer",
        pressing(told(SITE), MENU, "Continuer sur mon téléphone"),
        "Avoir un code",
    ),
    State(
        "widget-code",
        pressing(told(SITE), MENU, "Continuer sur mon téléphone", "Avoir un code"),
        "Valable encore 10 minutes",
    ),
    State("widget-erase", pressing(opened, MENU, "Effacer la conversation"), "Oui, effacer"),
    State("widget-site", told(SITE), "Entrée de plain-pied"),
    State("widget-source", told(ANSWER), "Service-Public.fr"),
    State("widget-feedback", told(ANSWER, "Oui"), "Merci"),
    State("widget-slots", told(SLOTS), "Choisir une autre date"),
    State("widget-calendar", told(SLOTS, "Choisir une autre date"), "Novembre 2026"),
    State(
        "widget-moment",
        told(SLOTS, "Choisir une autre date", "mercredi 25 novembre"),
        "à quel moment",
    ),
    State("widget-appointment", told(Stage.booked), "Ton code"),
    State("widget-danger", in_danger, "3114"),
    State("widget-error", failed, "Message pas envoyé"),
    State("widget-offline", offline, "Pas encore envoyé"),
    State("widget-stuck", stuck, "C’est long"),
    State("widget-moved", moved_away, "Ta conversation continue ailleurs"),
    State("chat-start", CHAT, "Commencer"),
    State("chat-talk", plain_talk(YES_OR_NO), "Je récapitule"),
    State("chat-dates", plain_talk(SLOTS), "Proposer un jour"),
    State("chat-source", plain_talk(ANSWER), "Version facile à lire"),
    State("chat-danger", plain_danger, "Appeler le 3114"),
    State("chat-too-long", plain_too_long, "Ton texte est encore là"),
    State("chat-erase", pressing(plain_talk(SITE), "Effacer"), "Oui, effacer"),
    State("chat-erased", pressing(plain_talk(SITE), "Effacer", "Oui, effacer"), "est effacée"),
    State("answers", ANSWERS, "Par thème"),
    State("answers-theme", at("/reponses/logement"), "Logement"),
    State("answers-answer", at("/reponses/logement/apl"), "Version facile à lire"),
    State("answers-easy", easy, "Source"),
    State("answers-found", searching("payer mon permis"), "réponses trouvées"),
    State("answers-not-found", searching("zzzzz"), "Pas de réponse trouvée"),
    State("answers-danger", searching("jveux mourir"), "Tu n’es pas seul"),
    State("answers-unknown", at("/reponses/logement/nulle-part"), "On ne trouve pas cette réponse"),
    State("rdv-code", link("code"), "Huit lettres et chiffres"),
    State(
        "rdv-code-wrong",
        pressing(link("code"), "Voir mon", typed={"Ton code": "AAAA-AAAA"}),
        "Ce n’est pas un code",
    ),
    State("rdv-appointment", link("plain"), "Ajouter à mon agenda"),
    State("rdv-told", link("told"), "L’équipe sait"),
    State("rdv-phone", link("phone"), "Par téléphone"),
    State("rdv-move", link("move"), "Ne rien changer"),
    State("rdv-move-nothing", pressing(link("move"), "Valider"), "Choisis un horaire"),
    State("rdv-cancel", link("cancel"), "Oui, annuler"),
    State("rdv-cancelled", link("cancelled"), "est annulé"),
    State("rdv-refused", link("refused"), "On ne peut plus"),
    State("rdv-seat", link("seat"), "À plusieurs"),
    State("rdv-move-seat", link("move-seat"), "Autres séances"),
    State("rdv-move-seat-nothing", pressing(link("move-seat"), "Valider"), "Choisis une séance"),
    State("rdv-offer", link("offer"), "Je la prends"),
    State("rdv-offer-late", link("offer-late"), "n’est plus libre"),
    State("rdv-offer-left", link("offer-left"), "C’est noté"),
    State("rdv-unknown", link("unknown"), "On ne retrouve pas"),
    State("error", at("/nulle-part"), "Page introuvable"),
    State("console-sign-in", SIGN_IN, "sont obligatoires"),
    State(
        "console-sign-in-wrong",
        pressing(SIGN_IN, "Se connecter", typed=NOBODY),
        "Mot de passe oublié",
    ),
    State("console-week", WEEK, "À rappeler en premier"),
    State("console-marked", pressing(WEEK, "Entretien fait"), "C’est noté"),
]
