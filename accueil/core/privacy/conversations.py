"""What it holds of conversations."""

from accueil.core.privacy.terms import (
    CONVERSATION,
    DISCRETION,
    NO_END,
    Basis,
    Ending,
    Entry,
    Protection,
    Seen,
)


def _chat(
    what: str,
    where: str,
    columns: tuple[str, ...],
    why: str,
    protection: Protection,
    basis: Basis = Basis.PUBLIC_TASK,
) -> Entry:
    seen = Seen.PERSON
    end = Ending.DELETED
    return Entry(what, where, columns, why, basis, seen, CONVERSATION, end, protection)


CONVERSATIONS = (
    _chat(
        "conversation : prénom, téléphone, e-mail, mot, nom de qui écrit pour la personne",
        "chat_sessions",
        ("first_name", "phone", "email", "shared_note", "referrer"),
        "préparer le rendez-vous",
        Protection.ENCRYPTED,
        Basis.CONSENT,
    ),
    _chat(
        "conversation : âge, situation de handicap",
        "chat_sessions",
        ("age", "disability"),
        "savoir qui peut être reçu (16 à 25 ans, 29 avec un handicap)",
        Protection.CLEAR,
        Basis.EXPLICIT_CONSENT,
    ),
    _chat(
        "conversation : discrétion (« quelqu’un peut lire mon téléphone »)",
        "chat_sessions",
        ("discretion",),
        DISCRETION,
        Protection.CLEAR,
        Basis.VITAL,
    ),
    _chat(
        "conversation : type de danger évoqué, pour soi ou pour quelqu’un d’autre",
        "chat_sessions",
        ("safety_type", "safety_variant", "third_person", "had_safety_reply"),
        "donner les bons numéros d’urgence et ne pas les répéter",
        Protection.CLEAR,
        Basis.VITAL,
    ),
    _chat(
        "conversation : empreinte de la clé d’accès",
        "chat_sessions",
        ("token_hash", "moved_token_hash"),
        "rouvrir la conversation sur le même appareil, ou sur celui où elle a été déplacée",
        Protection.KEYED_HASH,
    ),
    _chat(
        "conversation : numéro, canal, heures, commune de la page d’où elle vient",
        "chat_sessions",
        (
            *("id", "channel", "created_at", "last_seen_at", "expires_at", "bad_contacts"),
            "territory",
        ),
        "tenir la conversation et l’effacer à temps",
        Protection.CLEAR,
    ),
    _chat(
        "messages échangés (contacts masqués, mots de détresse jamais gardés)",
        "chat_messages",
        ("text", "cards"),
        "réafficher la conversation",
        Protection.ENCRYPTED,
        Basis.CONSENT,
    ),
    _chat(
        "messages échangés : ordre, heure, boutons",
        "chat_messages",
        ("id", "session_id", "position", "author", "created_at", "buttons", "request_key"),
        "réafficher la conversation",
        Protection.CLEAR,
    ),
    _chat(
        "boutons proposés",
        "chat_buttons",
        ("token", "session_id", "title", "payload", "created_at"),
        "comprendre le bouton touché",
        Protection.CLEAR,
    ),
    Entry(
        "avis « utile » sur une réponse écrite : empreinte du message",
        "answer_feedback",
        ("message_key",),
        "laisser changer d’avis ; une fois la conversation effacée, elle ne mène plus à rien",
        Basis.PUBLIC_TASK,
        Seen.NOBODY,
        NO_END,
        Ending.ANONYMOUS,
        Protection.KEYED_HASH,
    ),
    _chat(
        "code qui déplace la conversation sur un autre appareil : son empreinte",
        "transfers",
        ("code_hash",),
        "continuer la conversation ailleurs",
        Protection.KEYED_HASH,
    ),
    _chat(
        "code qui déplace la conversation : laquelle, jusqu’à quand (10 minutes)",
        "transfers",
        ("session_id", "created_at", "expires_at"),
        "continuer la conversation ailleurs",
        Protection.CLEAR,
    ),
)
