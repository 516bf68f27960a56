"""The one template environment, and French shown as French readers expect it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from accueil.core.contact import shown_phone
from accueil.core.french import MONTHS, NBSP, show_day, show_moment, show_time
from accueil.web.rich_text import rich_text

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


def page(
    template: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Answer with a rendered template."""
    html = render(template, **context)
    return HTMLResponse(html, status, dict(headers) if headers else None)


def render(template: str, **context: Any) -> str:
    """Return the HTML of a template; every value in it is escaped, an unknown name is an error."""
    return _ENVIRONMENT.get_template(template).render(context)


def with_year(day: date) -> str:
    """Return ``mardi 24 novembre 2026``."""
    return f"{show_day(day)}{NBSP}{day.year}"


def show_week(monday: date, sunday: date) -> str:
    """Return ``23 au 29 novembre 2026``, naming a month or a year twice only when it changes."""
    first = "1er" if monday.day == 1 else str(monday.day)
    if monday.month != sunday.month:
        first += f"{NBSP}{MONTHS[monday.month - 1]}"
    if monday.year != sunday.year:
        first += f"{NBSP}{monday.year}"
    last = "1er" if sunday.day == 1 else str(sunday.day)
    return f"{first} au {last}{NBSP}{MONTHS[sunday.month - 1]}{NBSP}{sunday.year}"


def phone_text(number: str) -> str:
    """Return a number as people read it, kept on one line."""
    return shown_phone(number).replace(" ", NBSP)


def phone_link(number: str) -> str:
    """Return the ``tel:`` address of a number."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


def counted(number: int, singular: str, plural: str) -> str:
    """Return ``0 place``, ``1 place`` or ``2 places``: in French the plural begins at two."""
    return f"{number}{NBSP}{plural if number > 1 else singular}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "day": show_day,
        "day_with_year": with_year,
        "time": _clock_time,
        "moment": show_moment,
        "rich": rich_text,
        "phone": phone_text,
        "tel": phone_link,
    }
    environment.filters.update(filters)
    environment.globals["counted"] = counted
    return environment


def _clock_time(at: datetime | time) -> str:
    return show_time(at.time() if isinstance(at, datetime) else at)


_ENVIRONMENT = _environment()
