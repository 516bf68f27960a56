"""Show a reception site: in words for every channel, and as a card."""

import re
from datetime import datetime, timedelta

from accueil.core.french import NBSP, NNBSP, join, show_day, show_distance, show_hours, show_time
from accueil.core.maps import geo_uri, route_url
from accueil.core.opening_state import OpeningState
from accueil.core.territory import Site, SiteClosure
from accueil.core.text import fold
from accueil.services.sites import FoundSite, NearSite
from actions.skill import Turn

_ASKS_THE_WAY = re.compile(
    r"\b(?:comment|cmt|coman|kel|quel(?:le)?)\b.*"
    r"\b(?:venir|vien[st]?|aller|vais|rendre|bus|tram|metro|train|rer|arret|ligne|trajet|chemin)\b"
    r"|\b(?:itineraire|plan|trajet|chemin)\b|\bj ?y (?:vais|aller)\b"
)


def asks_the_way(text: str) -> bool:
    """Tell whether a question about a site is how to get there."""
    return bool(_ASKS_THE_WAY.search(fold(text).replace("'", " ").replace("’", " ")))


def site_card(found: FoundSite, state: str) -> dict[str, object]:
    """Return the card that shows a site; ``state`` is ``show_state``'s."""
    site = found.site
    distance = None if found.distance_km is None else round(found.distance_km, 1)
    return {
        "card": "site",
        "name": site.name,
        "address": _address(site),
        "phone": found.phone(),
        "email": found.email(),
        "state": state,
        "hours": show_hours(site.hours),
        "accessibility": site.accessibility,
        "distance_km": distance,
        "url": route_url(site.latitude, site.longitude),
        "geo": geo_uri(site.latitude, site.longitude),
        "note": " ".join(_notes(found)),
    }


def tell_site(turn: Turn, found: FoundSite) -> None:
    """Name the site: where, how to reach it, when it is open, and what is near."""
    site = found.site
    away = ""
    if found.distance_km is not None and found.distance_km >= 1:
        start = (
            f"(depuis {found.measured_from})" if found.measured_from else "du centre de ta commune"
        )
        away = f", à environ {show_distance(found.distance_km)} {start}"
    lines = [f"Ton lieu d’accueil{NBSP}: {site.name}, {_address(site)}{away}."]
    lines.append(f"Téléphone{NBSP}: {found.phone() or 'non connu'}.")
    if found.email():
        lines.append(f"E-mail{NBSP}: {found.email()}")
    state = _state_now(turn, site)
    lines += [state] if state else []
    hours = [f"• {line}" for line in show_hours(site.hours)]
    lines.append(f"Horaires{NBSP}:{'' if hours else ' à demander par téléphone'}")
    lines += hours
    if site.accessibility:
        lines.append(f"Accès{NBSP}: {site.accessibility.rstrip('.')}.")
    lines += _notes(found)
    turn.say("\n".join(lines), card=site_card(found, state))


def tell_the_way(turn: Turn, found: FoundSite) -> None:
    """Give the route; lines of buses are nobody's here, whoever picks up the phone knows them."""
    site = found.site
    phone = f"\nPour le bus ou le tram, demande au {found.phone()}." if found.phone() else ""
    turn.say(
        f"Pour aller à {site.name}, {_address(site)}, ton itinéraire à pied, à vélo ou en "
        f"voiture{NBSP}: {route_url(site.latitude, site.longitude)}{phone}",
        card=site_card(found, _state_now(turn, site)),
    )


def _state_now(turn: Turn, site: Site) -> str:
    now, sites = turn.now(site.zone()), turn.application.sites
    return show_state(sites.state_of(site, now), now, sites.next_closure(site, now))


def show_state(state: OpeningState, now: datetime, closure: SiteClosure | None = None) -> str:
    """Return whether a site is open at a local instant, and when that changes, in a sentence.

    ``closure`` is the one under way, or the next: it is told with its last day.
    """
    if closure is None:
        return _ordinary(state, now)
    if closure.first_day > now.date():
        days = f"du {show_day(closure.first_day)} au {show_day(closure.last_day)}"
        if closure.first_day == closure.last_day:
            days = f"le {show_day(closure.first_day)}"
        return f"{_ordinary(state, now)} Ce sera fermé {days}{_why(closure.label)}.".strip()
    until = f"jusqu’au {show_day(closure.last_day)} compris{_why(closure.label)}"
    if state.opens_at is None:
        return f"C’est fermé {until}."
    opens = f"{show_day(state.opens_at.date())} à {show_time(state.opens_at.time())}"
    return f"C’est fermé {until}{NBSP}: ça rouvre {opens}."


def _ordinary(state: OpeningState, now: datetime) -> str:
    if state.until is not None:
        return f"C’est ouvert en ce moment, jusqu’à {show_time(state.until.time())}."
    if state.opens_at is None:
        return ""
    days = (state.opens_at.date() - now.date()) // timedelta(days=1)
    when = {0: "", 1: "demain "}.get(days, f"{show_day(state.opens_at.date())} ")
    opens = f"ça ouvre {when}à {show_time(state.opens_at.time())}."
    return f"C’est fermé en ce moment{_why(state.closed_for)}{NBSP}: {opens}"


def _why(label: str) -> str:
    return f" ({label})" if label else ""


def _notes(found: FoundSite) -> list[str]:
    """Return what must be said beside a site: doubts, neighbours, examples."""
    notes = []
    if not found.is_competent:
        notes.append(
            f"C’est le plus proche que je connaisse{NBSP}: vérifie qu’il couvre ta commune."
        )
    if found.others:
        others = join([_brief(one) for one in found.others])
        notes.append(f"Ta Mission Locale reçoit aussi ici{NBSP}: {others}.")
    if found.nearer:
        notes.append(
            f"Plus près de toi, il y a {_brief(found.nearer)}, mais c’est une autre Mission "
            f"Locale ({found.nearer.organisation.name}){NNBSP}: elle ne suit pas ta commune."
        )
    if found.site.is_example:
        notes.append(f"Exemple de démonstration{NBSP}: ce lieu n’existe pas.")
    return notes


def _brief(near: NearSite) -> str:
    away = "" if near.distance_km is None else f", {show_distance(near.distance_km)}"
    return f"{near.site.name} ({near.site.city}{away})"


def _address(site: Site) -> str:
    return f"{site.address}, {site.postal_code} {site.city}"
