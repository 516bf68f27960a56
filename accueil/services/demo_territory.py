"""Read ``data/demo/territory.toml`` into records. Everything there is an example."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from accueil.core.contact import checked_email, checked_phone, shown_phone
from accueil.core.places import Commune, Gazetteer, distance_km, time_zone_of
from accueil.core.territory import (
    Counsellor,
    Coverage,
    Opening,
    Organisation,
    Site,
    WeeklyHours,
)
from accueil.core.weekly_hours import read_weekly_hours

DEMO_FILE = Path(__file__).resolve().parents[2] / "data" / "demo" / "territory.toml"


@dataclass(frozen=True, slots=True)
class DemoCounsellor:
    """A counsellor without a password, and their weekly openings."""

    counsellor: Counsellor
    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class DemoSession:
    """A group session to plan ``in_days`` days ahead, at a local time."""

    id: str
    site_id: str
    title: str
    in_days: int
    start: time
    minutes: int
    capacity: int


@dataclass(frozen=True, slots=True)
class DemoTerritory:
    """All the records of the demonstration."""

    organisations: tuple[Organisation, ...]
    sites: tuple[Site, ...]
    coverage: tuple[Coverage, ...]
    counsellors: tuple[DemoCounsellor, ...]
    sessions: tuple[DemoSession, ...]


def read_demo_territory(gazetteer: Gazetteer, path: Path = DEMO_FILE) -> DemoTerritory:
    """Read the file. Raises ``OSError``, ``KeyError`` or ``ValueError`` when it is wrong."""
    with path.open("rb") as stream:
        data = tomllib.load(stream)
    sites = tuple(_site(entry, gazetteer) for entry in data["sites"])
    return DemoTerritory(
        organisations=tuple(map(_organisation, data["sites"], sites)),
        sites=sites,
        coverage=tuple(_coverage(sites, gazetteer, float(data["coverage_km"]))),
        counsellors=tuple(
            _counsellor(entry, number, site)
            for parent, site in zip(data["sites"], sites, strict=True)
            for number, entry in enumerate(parent["counsellors"], start=1)
        ),
        sessions=tuple(map(_session, data["group_sessions"])),
    )


def _site(entry: dict[str, Any], gazetteer: Gazetteer) -> Site:
    commune = gazetteer.by_insee(entry["insee"])
    if commune is None or commune.latitude is None or commune.longitude is None:
        raise ValueError(f"{entry['id']}: unknown commune, or without a centre")
    if entry["postal_code"] not in commune.postal_codes:
        raise ValueError(f"{entry['id']}: not a postal code of {commune.name}")
    return Site(
        id=entry["id"],
        organisation_id=f"{entry['id']}-ml",
        name=entry["name"],
        address=entry["address"],
        postal_code=entry["postal_code"],
        city=commune.name,
        insee=commune.insee,
        phone=_phone(entry["phone"]),
        email=_email(entry["email"]),
        latitude=commune.latitude,
        longitude=commune.longitude,
        time_zone=time_zone_of(commune.insee),
        hours=read_weekly_hours(entry["hours"]),
        accessibility=entry["accessibility"],
        is_example=True,
    )


def _organisation(entry: dict[str, Any], site: Site) -> Organisation:
    return Organisation(
        site.organisation_id, entry["organisation"], site.phone, site.email, is_example=True
    )


def _counsellor(entry: dict[str, Any], number: int, site: Site) -> DemoCounsellor:
    counsellor = Counsellor(
        id=f"{site.id}-{number}",
        site_id=site.id,
        display_name=entry["name"],
        email=_email(entry["email"]),
    )
    spans = read_weekly_hours(entry["openings"])
    for span in spans:
        if not any(_holds(open_hours, span) for open_hours in site.hours):
            raise ValueError(f"{counsellor.id}: an opening outside the hours of the site")
    return DemoCounsellor(counsellor, tuple(_opening(counsellor, span) for span in spans))


def _holds(outer: WeeklyHours, inner: WeeklyHours) -> bool:
    return outer.weekday == inner.weekday and outer.start <= inner.start and inner.end <= outer.end


def _opening(counsellor: Counsellor, span: WeeklyHours) -> Opening:
    return Opening(
        id=f"{counsellor.id}-{span.weekday}-{span.start:%H%M}",
        counsellor_id=counsellor.id,
        site_id=counsellor.site_id,
        weekday=span.weekday,
        start=span.start,
        end=span.end,
    )


def _coverage(sites: Sequence[Site], gazetteer: Gazetteer, within_km: float) -> Iterator[Coverage]:
    """Yield each commune near a site of its own departement, with the nearest of them.

    Districts of Paris, Lyon and Marseille that are further follow their city (``SiteFinder``).
    """
    by_department: dict[str, list[Site]] = {}
    for site in sites:
        commune = gazetteer.by_insee(site.insee)
        if commune is not None:
            by_department.setdefault(commune.department, []).append(site)
    for commune in gazetteer:
        near = sorted(
            (gap, site.id, site)
            for site in by_department.get(commune.department, ())
            if (gap := _gap_km(site, commune)) <= within_km
        )
        if near:
            yield Coverage(commune.insee, near[0][2].organisation_id)


def _gap_km(site: Site, commune: Commune) -> float:
    if commune.insee == site.insee:
        return 0.0
    if commune.latitude is None or commune.longitude is None:
        return float("inf")
    return distance_km(site.latitude, site.longitude, commune.latitude, commune.longitude)


def _session(entry: dict[str, Any]) -> DemoSession:
    return DemoSession(
        id=entry["id"],
        site_id=entry["site"],
        title=entry["title"],
        in_days=entry["in_days"],
        start=time.fromisoformat(entry["start"]),
        minutes=entry["minutes"],
        capacity=entry["capacity"],
    )


def _phone(text: str) -> str:
    number = checked_phone(text)
    if not number:
        raise ValueError(f"not a phone number: {text}")
    return shown_phone(number)


def _email(text: str) -> str:
    address = checked_email(text)
    if not address.endswith("@example.org"):
        raise ValueError(f"not an example address: {text}")
    return address
