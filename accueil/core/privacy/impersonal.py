"""Columns that say nothing of anybody, table by table, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Impersonal:
    """Columns of one table that are no personal data, and the reason."""

    where: str
    columns: tuple[str, ...]
    reason: str


_PUBLIC = "annuaire public d’une personne morale"
_SWITCH = "réglage d’une structure"

IMPERSONAL = (
    Impersonal("organisations", ("id", "name", "phone", "email", "website", "is_example"), _PUBLIC),
    Impersonal("first_response", ("organisation_id",), _SWITCH),
    Impersonal(
        "sites",
        (
            *("id", "organisation_id", "name", "address", "postal_code", "city", "insee"),
            *("phone", "email", "latitude", "longitude", "time_zone", "hours"),
            *("accessibility", "is_example"),
        ),
        _PUBLIC,
    ),
    Impersonal("imported_sites", ("site_id", "source", "source_id", "values"), _PUBLIC),
    Impersonal("coverage", ("insee", "organisation_id"), "territoire d’une structure"),
    Impersonal(
        "site_closures", ("id", "site_id", "first_day", "last_day", "label"), "fermeture d’un lieu"
    ),
    Impersonal(
        "group_sessions",
        (
            *("id", "site_id", "title", "starts_at", "ends_at", "capacity", "taken"),
            "counsellor_id",
        ),
        "séance ouverte à tous ; qui l’anime n’est qu’un numéro, anonyme après son départ",
    ),
    Impersonal("heartbeats", ("name", "at"), "état d’un programme"),
    Impersonal(
        "answer_feedback",
        ("id", "answer", "useful", "channel", "at"),
        "qu’une réponse écrite a servi ou non : ni texte, ni conversation",
    ),
    Impersonal(
        "safety_events",
        ("id", "at", "type", "channel"),
        "qu’une réponse de sécurité a été donnée : ni texte, ni conversation, ni lieu",
    ),
)
