"""What search engines read: structured data, the map of the pages, and what they leave alone.

Google documents ``QAPage`` for questions that the public can answer, which is not the case here,
and stopped showing ``FAQPage`` results on 7 May 2026
(https://developers.google.com/search/docs/appearance/structured-data/faqpage). The page of an
answer still says that it is a ``FAQPage``: in schema.org's own words that is what it is, one
question with its one answer, and other readers take it from there. No rich result is expected.
``BreadcrumbList`` is documented and shown
(https://developers.google.com/search/docs/appearance/structured-data/breadcrumb).
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from markupsafe import Markup

from accueil.web.answer_view import HOME, AnswerView

_NOT_INDEXED = ("/api/", "/conseiller", "/discuter", "/rdv")
_IN_SCRIPT = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)


def json_ld(data: object) -> Markup:
    """Return JSON for a script element: no sign in it can end the element, or break a line."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT))  # noqa: S704


def answer_data(view: AnswerView, public_url: str) -> list[dict[str, Any]]:
    """Return the structured data of an answer's page; an expired answer is not stated."""
    url = f"{public_url}{view.path}"
    trail = (
        ("Toutes les réponses", HOME),
        (view.theme_title, view.theme_path),
        (view.title, view.path),
    )
    general = view.variants[0]
    if general.is_expired:
        return [breadcrumbs(trail, public_url)]
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "url": url,
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "mainEntity": [
            {
                "@type": "Question",
                "name": view.title,
                "acceptedAnswer": {"@type": "Answer", "text": general.text, "url": url},
            }
        ],
    }
    if general.source.url:
        page["citation"] = general.source.url
    if view.checked_on:
        page["dateModified"] = view.checked_on.isoformat()
    return [page, breadcrumbs(trail, public_url)]


def breadcrumbs(trail: Sequence[tuple[str, str]], public_url: str) -> dict[str, Any]:
    """Return the way from the list of all answers to a page: (name, path) of each step."""
    steps = [
        {"@type": "ListItem", "position": number, "name": name, "item": f"{public_url}{path}"}
        for number, (name, path) in enumerate(trail, 1)
    ]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": steps,
    }


def sitemap(pages: Iterable[tuple[str, date | None]], public_url: str) -> str:
    """Return the map of pages (path, day of the last check), as sitemaps.org describes it."""
    lines = [
        f"<url><loc>{escape(public_url + path)}</loc>"
        + (f"<lastmod>{day.isoformat()}</lastmod>" if day else "")
        + "</url>"
        for path, day in pages
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        ]
    )


def robots(public_url: str) -> str:
    """Return what robots leave alone (RFC 9309), and where the map is."""
    lines = [f"Disallow: {path}" for path in _NOT_INDEXED]
    return "\n".join(["User-agent: *", *lines, "", f"Sitemap: {public_url}/sitemap.xml", ""])
