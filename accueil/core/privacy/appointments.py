"""What the application’s database holds of appointments and holds."""

from accueil.core.privacy.terms import (
    CANCELLED,
    CONTACT,
    DISCRETION,
    HOLD,
    NO_END,
    NOTE,
    PLATFORM_USER,
    Basis,
    Delay,
    Ending,
    Entry,
    Protection,
    Seen,
)

_CONTACT_COLUMNS = ("first_name", "phone", "email")
_KEYS = ("phone_key", "email_key")
_OWN_WORDS = ("shared_note", "referrer")
_REACH = "confirmer, rappeler, prévenir d’un changement"
_ONCE = "un seul premier rendez-vous par personne, sans relire le numéro"


def _appointment(
    what: str,
    columns: tuple[str, ...],
    why: str,
    protection: Protection,
    seen: Seen = Seen.NOBODY,
    delay: Delay = CONTACT,
    basis: Basis = Basis.PUBLIC_TASK,
) -> Entry:
    return Entry(what, "appointments", columns, why, basis, seen, delay, Ending.EMPTIED, protection)


APPOINTMENTS = (
    _appointment(
        "rendez-vous : prénom, téléphone, e-mail",
        _CONTACT_COLUMNS,
        _REACH,
        Protection.ENCRYPTED,
        Seen.PERSON_AND_TEAM,
        basis=Basis.CONSENT,
    ),
    _appointment("rendez-vous : empreintes du contact", _KEYS, _ONCE, Protection.KEYED_HASH),
    _appointment(
        "rendez-vous : mot pour le conseiller, nom de qui a réservé pour la personne",
        _OWN_WORDS,
        "préparer l’entretien",
        Protection.ENCRYPTED,
        Seen.PERSON_AND_TEAM,
        NOTE,
        Basis.EXPLICIT_CONSENT,
    ),
    _appointment(
        "rendez-vous : lien personnel",
        ("link_token",),
        "revoir, déplacer, annuler sans compte",
        Protection.ENCRYPTED,
        Seen.PERSON,
    ),
    _appointment(
        "rendez-vous : empreintes du lien et du code",
        ("link_token_hash", "code_hash"),
        "reconnaître le lien et le code",
        Protection.KEYED_HASH,
    ),
    _appointment(
        "rendez-vous : numéro de la conversation, date de l’accord, « je viens »",
        ("conversation_id", "consented_at", "coming_at"),
        "retrouver le rendez-vous dans la conversation, prouver l’accord, prévoir l’accueil",
        Protection.CLEAR,
        Seen.PERSON_AND_TEAM,
    ),
    _appointment(
        "rendez-vous : discrétion (« quelqu’un peut lire mon téléphone »)",
        ("discretion",),
        DISCRETION,
        Protection.CLEAR,
        Seen.PERSON_AND_TEAM,
        basis=Basis.VITAL,
    ),
    _appointment(
        "rendez-vous : qui prévenir dans une application de messagerie",
        ("platform_user_id",),
        _REACH,
        Protection.CLEAR,
        delay=PLATFORM_USER,
        basis=Basis.CONSENT,
    ),
    _appointment(
        "rendez-vous annulé ou excusé, créneau jamais confirmé : tout ce qui précède",
        (
            *(*_CONTACT_COLUMNS, *_KEYS, "link_token", "link_token_hash", "code_hash"),
            *("conversation_id", "consented_at", "coming_at", "discretion"),
        ),
        "prévenir de l’annulation, reprendre rendez-vous",
        Protection.AS_ABOVE,
        Seen.PERSON_AND_TEAM,
        CANCELLED,
    ),
    _appointment(
        "créneau gardé mais jamais confirmé : contact, discrétion",
        (*_CONTACT_COLUMNS, *_KEYS, "discretion"),
        "laisser le temps de répondre",
        Protection.AS_ABOVE,
        delay=HOLD,
    ),
    Entry(
        "rendez-vous : sujet, date, lieu, qui reçoit, suite donnée",
        "appointments",
        (
            *("id", "uid", "sequence", "site_id", "counsellor_id", "group_session_id", "reason"),
            *("starts_at", "ends_at", "time_zone", "status", "modality", "created_at"),
            "hold_expires_at",
        ),
        "tenir l’agenda, compter l’activité",
        Basis.PUBLIC_TASK,
        Seen.PERSON_AND_TEAM,
        NO_END,
        Ending.ANONYMOUS,
        Protection.CLEAR,
    ),
)
