"""From what was written to a commune, and from a commune to a reception site."""

from accueil.core.french import NBSP, NNBSP, join
from accueil.core.places import Commune, PlaceReading, PlaceStatus
from accueil.core.text import fold
from accueil.services.sites import FoundSite
from actions.skill import Turn

DIRECTORY = "https://www.unml.info"
YOUTH_PORTAL = "https://youth.europa.eu"
ABROAD = "pays"
MOST_CHOICES = 4
POSITION_CARD = {"card": "position"}
"""Where the application can tell a position: a way to give it instead of writing."""


def read_place(turn: Turn) -> PlaceReading:
    """Return the place that the message names, or the one it chooses among those just shown."""
    resolver = turn.application.resolver
    asked = turn.slot("lieu_en_question")
    if asked:
        chosen = resolver.resolve(f"{asked} {turn.text}")
        if chosen.status is PlaceStatus.FOUND and fold(chosen.communes[0].name) == fold(asked):
            return chosen
    return resolver.resolve(turn.text)


def note_site(turn: Turn, reading: PlaceReading | None = None) -> FoundSite | None:
    """Remember the site of the commune that the message names, if it names just one."""
    place = reading or read_place(turn)
    if place.status is not PlaceStatus.FOUND:
        return None
    turn.set(lieu_en_question=None)
    commune = place.communes[0]
    turn.set(
        departement=commune.department,
        region=turn.application.gazetteer.region_of(commune.department),
        mission_locale=None,
    )
    found = turn.application.sites.for_commune(commune)
    if found is not None:
        turn.set(commune=commune.insee, site=found.site.id, mission_locale=found.organisation.name)
    return found


def known_site(turn: Turn) -> FoundSite | None:
    """Return the site chosen earlier in this conversation, with its distance."""
    commune = turn.application.gazetteer.by_insee(turn.slot("commune") or "")
    site_id = turn.slot("site")
    if not site_id:
        return None
    found = turn.application.sites.for_commune(commune) if commune else None
    return found if found and found.site.id == site_id else turn.application.sites.by_id(site_id)


def explain_no_site(turn: Turn, reading: PlaceReading) -> None:
    """Say why no site can be named yet, and ask what is missing."""
    if reading.status is PlaceStatus.AMBIGUOUS:
        _ask_which(turn, reading.communes)
    elif reading.status is PlaceStatus.FOUND:
        _say_uncovered(turn, reading.communes[0])
    elif reading.area is not None and is_abroad(reading):
        _say_abroad(turn, reading.area.name)
    elif reading.area is not None:
        turn.say(
            f"{reading.area.name}, d’accord. Il me faut ta commune, ou ton code postal, pour "
            "trouver le bon lieu d’accueil."
        )


def is_abroad(reading: PlaceReading) -> bool:
    """Tell whether the place lies outside France."""
    return reading.area is not None and reading.area.kind == ABROAD


def is_out_of_reach(reading: PlaceReading, found: FoundSite | None) -> bool:
    """Tell whether the place is known and nobody of ours receives there."""
    return is_abroad(reading) or (reading.status is PlaceStatus.FOUND and found is None)


def ask_commune(turn: Turn) -> None:
    """Ask where the young person lives; the commune of the page around is one touch away."""
    near = _page_commune(turn)
    turn.say(
        f"Tu habites dans quelle commune{NNBSP}? Écris son nom ou ton code postal, par exemple "
        f"«{NBSP}Roubaix{NBSP}» ou «{NBSP}59100{NBSP}».",
        [(f"{near.name} ({near.department})", f"{near.name} {near.department}")] if near else (),
        POSITION_CARD,
    )


def _page_commune(turn: Turn) -> Commune | None:
    with turn.application.store.read() as uow:
        session = uow.chats.get(turn.conversation_id)
    return turn.application.gazetteer.by_insee(session.territory) if session else None


def _ask_which(turn: Turn, communes: tuple[Commune, ...]) -> None:
    shown = communes[:MOST_CHOICES]
    turn.set(lieu_en_question=shown[0].name)
    names = [f"{commune.name} ({commune.department})" for commune in shown]
    answers = [f"{commune.name} {commune.department}" for commune in shown]
    if len(shown) == 1:
        turn.say(f"Tu veux dire à {names[0]}{NNBSP}?", list(zip(names, answers, strict=True)))
        return
    more = (
        "" if len(communes) <= MOST_CHOICES else f" Ou une autre{NBSP}: donne-moi ton code postal."
    )
    turn.say(
        f"Il y en a plusieurs{NBSP}: {join(names, 'ou')}{NNBSP}?{more}",
        list(zip(names, answers, strict=True)),
    )


def _say_uncovered(turn: Turn, commune: Commune) -> None:
    owner = turn.application.sites.competent(commune)
    if owner is not None:
        turn.set(mission_locale=owner.name)
        reach = join([one for one in (owner.phone, owner.email, owner.website) if one], "ou")
        turn.say(
            f"Ta Mission Locale, c’est {owner.name}. Je ne connais pas encore l’adresse de ses "
            f"lieux d’accueil{NBSP}: contacte-la {reach or 'par l’annuaire, ' + DIRECTORY}."
        )
        return
    turn.say(
        f"Je ne connais pas de lieu d’accueil pour {commune.name} ({commune.department}). Chaque "
        f"commune a sa Mission Locale{NBSP}: cherche la tienne dans l’annuaire, {DIRECTORY}. Tu "
        "peux aussi me donner une autre commune."
    )


def _say_abroad(turn: Turn, name: str) -> None:
    turn.say(
        f"{name} n’est pas couvert{NBSP}: les Missions Locales n’existent qu’en France. Si tu "
        "viens vivre en France, donne-moi ta future commune, ou cherche dans l’annuaire "
        f"{DIRECTORY}. Là où tu es, le portail européen de la jeunesse peut t’orienter{NBSP}: "
        f"{YOUTH_PORTAL}."
    )
