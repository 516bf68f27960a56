"""Colours of the site and of the widget: text 4.5:1, borders and focus 3:1, in both themes.

WCAG 2.2, 1.4.3 and 1.4.11; RGAA 3.2 and 3.3. The ratio is that of WCAG 2.2, "contrast ratio".
"""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "accueil" / "web" / "static"
DECLARED = re.compile(r"--([a-z-]+): (?:var\(--[a-z-]+, )?(#[0-9a-f]{3,6}|var\(--[a-z-]+\))\)?;")
TEXT, PARTS = 4.5, 3.0
SITE = [
    *[("text", ground, TEXT) for ground in ("surface", "ground", "raised")],
    *[("soft", ground, TEXT) for ground in ("surface", "ground", "raised")],
    *[("link", ground, TEXT) for ground in ("surface", "ground", "raised")],
    *[(tone, f"{tone}-ground", TEXT) for tone in ("info", "success", "warning", "error")],
    *[("text", f"{tone}-ground", TEXT) for tone in ("info", "success", "warning", "error")],
    *[("link", f"{tone}-ground", TEXT) for tone in ("info", "success", "warning", "error")],
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("on-error", "error", TEXT),
    ("error", "surface", TEXT),
    *[("control-line", ground, PARTS) for ground in ("surface", "ground")],
    *[("accent", ground, PARTS) for ground in ("surface", "ground", "raised")],
    *[("error", ground, PARTS) for ground in ("surface", "ground")],
]
WIDGET = [
    *[("text", ground, TEXT) for ground in ("surface", "raised", "alert-bg")],
    *[("soft", ground, TEXT) for ground in ("surface", "raised")],
    *[("link", ground, TEXT) for ground in ("surface", "raised")],
    ("alert", "surface", TEXT),
    ("alert", "alert-bg", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-bar", "bar", TEXT),
    ("line", "surface", PARTS),
]


def themes(css: str) -> dict[str, dict[str, str]]:
    """Return the variables of the light theme, and of the dark one where it changes them."""
    light, dark = re.split(r"@media \(prefers-color-scheme: dark\)|\.root\.dark", css, maxsplit=1)
    return {
        "light": dict(DECLARED.findall(light)),
        "dark": dict(DECLARED.findall(light)) | dict(DECLARED.findall(dark.split("\n}", 1)[0])),
    }


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    full = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    channels = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colours: dict[str, str], over: str, under: str) -> float:
    def value(name: str) -> str:
        found = colours[name]
        return value(found[6:-1]) if found.startswith("var(") else found

    lighter, darker = sorted((luminance(value(over)), luminance(value(under))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(css: str, theme: str, pairs: list[tuple[str, str, float]]) -> list[str]:
    colours = themes(css)[theme]
    found = [(over, under, contrast(colours, over, under), least) for over, under, least in pairs]
    return [
        f"{over} on {under}: {ratio:.2f}" for over, under, ratio, least in found if ratio < least
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_the_site(theme: str) -> None:
    assert too_faint((STATIC / "site.css").read_text(encoding="utf-8"), theme, SITE) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_the_widget(theme: str) -> None:
    css = (STATIC / "widget" / "premier-accueil.js").read_text(encoding="utf-8")
    assert too_faint(css, theme, WIDGET) == []


def test_black_on_white_is_21() -> None:
    assert contrast({"a": "#000", "b": "#fff"}, "a", "b") == pytest.approx(21)
