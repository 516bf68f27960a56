"""What the application's database holds of counsellors."""

from accueil.core.privacy.terms import (
    ABSENCE,
    LEFT,
    SIGNED_IN,
    Basis,
    Delay,
    Ending,
    Entry,
    Protection,
    Seen,
)


def _entry(
    what: str,
    where: str,
    columns: tuple[str, ...],
    why: str,
    seen: Seen,
    delay: Delay,
    ending: Ending,
    protection: Protection = Protection.CLEAR,
) -> Entry:
    basis = Basis.SECURITY if delay is SIGNED_IN else Basis.PUBLIC_TASK
    return Entry(what, where, columns, why, basis, seen, delay, ending, protection)


COUNSELLORS = (
    _entry(
        "conseillers : nom affiché, e-mail",
        "counsellors",
        ("display_name", "email"),
        "ouvrir l’espace conseillers, prévenir des rendez-vous",
        Seen.PERSON_AND_TEAM,
        LEFT,
        Ending.EMPTIED,
    ),
    _entry(
        "conseillers : mot de passe",
        "counsellors",
        ("password_hash",),
        "vérifier le mot de passe sans le connaître",
        Seen.NOBODY,
        LEFT,
        Ending.EMPTIED,
        Protection.PASSWORD_HASH,
    ),
    _entry(
        "conseillers : numéro, lieu, compte ouvert ou fermé",
        "counsellors",
        ("id", "site_id", "is_active", "left_at"),
        "tenir l’agenda",
        Seen.TEAM,
        LEFT,
        Ending.ANONYMOUS,
    ),
    _entry(
        "conseillers : plages d’ouverture",
        "openings",
        (
            *("id", "counsellor_id", "site_id", "weekday", "start", "end", "first_day"),
            *("last_day", "every_weeks", "month_weeks", "except_days", "modalities"),
        ),
        "proposer des créneaux",
        Seen.TEAM,
        LEFT,
        Ending.ANONYMOUS,
    ),
    _entry(
        "conseillers : absences (dates, sans motif)",
        "absences",
        ("id", "counsellor_id", "starts_at", "ends_at"),
        "ne pas proposer de créneau pendant l’absence",
        Seen.TEAM,
        ABSENCE,
        Ending.DELETED,
    ),
    _entry(
        "conseillers : connexion, empreintes des clés",
        "console_sessions",
        ("token_hash",),
        "reconnaître qui est connecté",
        Seen.NOBODY,
        SIGNED_IN,
        Ending.DELETED,
        Protection.KEYED_HASH,
    ),
    _entry(
        "conseillers : connexion, heures",
        "console_sessions",
        ("counsellor_id", "csrf_token", "created_at", "expires_at"),
        "fermer la connexion à temps",
        Seen.NOBODY,
        SIGNED_IN,
        Ending.DELETED,
    ),
)
