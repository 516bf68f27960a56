"""``accueil explain``: what the assistant understands, one JSON object for each line read."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, BinaryIO
from zoneinfo import ZoneInfo

import typer

from accueil.core.dates import DateReading, read_dates
from accueil.core.places import Gazetteer, PlaceReading, PlaceResolver
from accueil.core.safety import SafetyDetector, SafetyReading
from accueil.settings import ROOT

PARIS = ZoneInfo("Europe/Paris")
type Shape = dict[str, Any]

explain_app = typer.Typer(
    help="Lire un texte par ligne et écrire ce qui est compris, en JSON.", no_args_is_help=True
)
Now = Annotated[
    str, typer.Option("--now", metavar="ISO8601", help="L’instant présent, au lieu de l’horloge.")
]


@explain_app.command("place")
def place(now: Now = "") -> None:
    """Communes et territoires."""
    _checked_now(now)
    resolver = PlaceResolver(Gazetteer.load(ROOT / "data" / "reference" / "communes.tsv.xz"))
    _run(lambda text: place_shape(resolver.resolve(text)), _NO_PLACE)


@explain_app.command("date")
def date(now: Now = "") -> None:
    """Jours et heures, vus de l’instant présent."""
    instant = _checked_now(now) or _clock_now()
    _run(lambda text: date_shape(read_dates(text, instant)), _NO_DATE)


@explain_app.command("safety")
def safety(now: Now = "") -> None:
    """Détresse et danger."""
    _checked_now(now)
    detector = SafetyDetector.load(ROOT / "data" / "safety")
    _run(lambda text: safety_shape(detector.read(text)), _NO_DISTRESS)


_NO_PLACE: Shape = {"status": "none", "communes": [], "area": None}
_NO_DATE: Shape = {"status": "none", "windows": []}
_NO_DISTRESS: Shape = {"distress": False, "types": [], "numbers": []}


def place_shape(reading: PlaceReading) -> Shape:
    """Return the public form of a place (DESIGN, 6), communes likeliest first."""
    area = reading.area
    return {
        "text": reading.text,
        "status": str(reading.status),
        "communes": [
            {"insee": one.insee, "name": one.name, "department": one.department}
            for one in reading.communes
        ],
        "area": {"kind": area.kind, "code": area.code} if area else None,
    }


def date_shape(reading: DateReading) -> Shape:
    """Return the public form of dates: local time with its offset, ``end`` null when open."""
    return {
        "text": reading.text,
        "status": str(reading.status),
        "windows": [
            {
                "start": window.start.isoformat(),
                "end": window.end.isoformat() if window.end else None,
                "exact": window.exact,
            }
            for window in reading.windows
        ],
    }


def safety_shape(reading: SafetyReading) -> Shape:
    """Return the public form of a safety reading, the most urgent first."""
    return {
        "text": reading.text,
        "distress": reading.distress,
        "types": [str(kind) for kind in reading.types],
        "numbers": list(reading.numbers),
    }


def explained(
    lines: Iterable[bytes], describe: Callable[[str], Shape], nothing: Shape
) -> Iterator[str]:
    """Yield one JSON object for each line of UTF-8, whatever it holds.

    A line that ``describe`` fails on is answered by ``nothing``, with an ``error`` that names the
    kind of failure, never the text.
    """
    for line in lines:
        text = line.decode("utf-8", errors="replace").removesuffix("\n").removesuffix("\r")
        try:
            shape = describe(text)
        except Exception as error:
            shape = {"text": text, **nothing, "error": type(error).__name__}
        yield json.dumps(shape, ensure_ascii=False)


def read_now(text: str) -> datetime:
    """Return the instant that ``--now`` gives, in the zone answers are given in.

    Without an offset it is Paris time; with the offset Paris has then, or in UTC, it becomes Paris
    time, so that summer time is followed; another offset is kept. Raises ``ValueError``.
    """
    given = datetime.fromisoformat(text.strip())
    if given.tzinfo is None:
        return given.replace(tzinfo=PARIS)
    in_paris = given.astimezone(PARIS)
    return in_paris if given.utcoffset() in (timedelta(0), in_paris.utcoffset()) else given


def _checked_now(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return read_now(text)
    except (ValueError, OverflowError):
        typer.echo(
            "--now attend une date ISO 8601, par exemple 2026-11-23T09:00:00+01:00.", err=True
        )
        raise typer.Exit(2) from None


def _clock_now() -> datetime:
    from accueil.bootstrap import build

    return build().clock.now().astimezone(PARIS)


def _run(describe: Callable[[str], Shape], nothing: Shape) -> None:
    source: BinaryIO = sys.stdin.buffer
    sink: BinaryIO = sys.stdout.buffer
    try:
        for line in explained(iter(source.readline, b""), describe, nothing):
            sink.write(line.encode("utf-8", errors="replace") + b"\n")
            sink.flush()
    except BrokenPipeError:
        # The reader left (``| head``); Python must not try to flush to it again on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
