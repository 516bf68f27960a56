"""``docs/accessibility.md``: 106 criteria, once each, and totals that are those of its lines."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
AUDIT = (ROOT / "tests" / "e2e" / "states.py").read_text(encoding="utf-8")
CRITERIA = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
"""How many criteria each theme of RGAA 4.1 has (accessibilite.numerique.gouv.fr, criteria)."""
RESULTS = {"conforme", "non conforme", "non applicable"}
LINE = re.compile(r"^\| (\d+\.\d+) \| (.+?) \| (.+?) \| (.*) \|$", re.MULTILINE)
TOTAL = re.compile(r"^\| (Conforme|Non conforme|Non applicable) \| (\d+) \|$", re.MULTILINE)
RATE = re.compile(r"^\| Taux .+ \| (\d+,\d)\u00a0% \|$", re.MULTILINE)
STATE = re.compile(r'^    State\(\s*"([a-z0-9-]+)"', re.MULTILINE)
LINES: list[tuple[str, str, str, str]] = LINE.findall(DOCUMENT)


def sample() -> list[str]:
    """Return the names of states in the section on the sample."""
    section = DOCUMENT.split("\n## Échantillon\n")[1].split("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| ")]
    return [name for row in rows for name in re.findall(r"`([a-z0-9-]+)`", row)]


def test_every_criterion_is_there_once_and_in_order() -> None:
    expected = [
        f"{theme}.{number}"
        for theme, count in enumerate(CRITERIA, 1)
        for number in range(1, count + 1)
    ]
    assert len(expected) == 106
    assert [number for number, *_ in LINES] == expected


def test_every_criterion_has_a_title_a_result_and_how_it_was_checked() -> None:
    assert {result for *_, result, _ in LINES} <= RESULTS
    assert [number for number, title, _, how in LINES if not title.strip() or not how.strip()] == []


def test_totals_are_those_of_the_lines() -> None:
    counted = Counter(result for *_, result, _ in LINES)
    told = {name.lower(): int(number) for name, number in TOTAL.findall(DOCUMENT)}
    assert told == {result: counted[result] for result in RESULTS}
    applicable = counted["conforme"] + counted["non conforme"]
    assert RATE.findall(DOCUMENT) == [
        f"{100 * counted['conforme'] / applicable:.1f}".replace(".", ",")
    ]


def test_the_sample_is_what_the_audit_looks_at() -> None:
    assert sorted(sample()) == sorted(STATE.findall(AUDIT))


def test_nobody_claims_a_screen_reader() -> None:
    named = re.findall(r"NVDA|JAWS|VoiceOver|TalkBack|Orca", DOCUMENT)
    assert named == [], "a screen reader is named only once it was used: then change this test"
