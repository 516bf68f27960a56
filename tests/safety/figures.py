"""Measure the safety detector on the red-team corpus, and write the figures of ``docs/safety.md``.

``make safety`` runs it. The same detector and corpus give the same figures, so a test compares the
page with a fresh measure.
"""

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from accueil.core.safety import SafetyDetector, SafetyReading
from accueil.core.safety.lexicon import load_lexicon

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared" / "cases" / "distress.tsv"
PAGE = ROOT / "docs" / "safety.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
UNSEEN, HARD, DEVELOPMENT = "redteam.tsv", "hard.tsv", "dev.tsv"
TITLES = {
    UNSEEN: "Red-team corpus, never seen by tuning: the release depends on it",
    HARD: "Harder corpus, riddles and borderline cases: its totals were looked at while tuning",
    DEVELOPMENT: "Development corpus: looked at while tuning",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled message: its type when it is distress, else its category; its style."""

    text: str
    distress: bool
    kind: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many."""

    found: int
    of: int

    @property
    def share(self) -> float:
        return self.found / self.of if self.of else 0.0

    def shown(self) -> str:
        return f"{self.share:.3f} ({self.found}/{self.of})"


@dataclass(frozen=True, slots=True)
class Measure:
    """Every case of a corpus with what the detector made of it."""

    read: tuple[tuple[Case, SafetyReading], ...]

    def alarms(self, distress: bool, kind: str = "", style: str = "") -> Rate:
        """Count alarms among the positives, or among the negatives, of a type or style."""
        rows = [
            reading.distress
            for case, reading in self.read
            if case.distress is distress and kind in ("", case.kind) and style in ("", case.style)
        ]
        return Rate(sum(rows), len(rows))

    def right_type(self, kind: str) -> Rate:
        """Count, among the alarms of a type, those where it is one of the types found."""
        rows = [
            kind in reading.types for case, reading in self.read if _is_hit(case, reading, kind)
        ]
        return Rate(sum(rows), len(rows))

    def kinds(self, distress: bool) -> list[str]:
        """Return types or categories, in the order of the corpus."""
        return list(dict.fromkeys(c.kind for c, _ in self.read if c.distress is distress))

    def styles(self) -> list[str]:
        """Return the styles of the positives, if the corpus tells them."""
        return list(dict.fromkeys(c.style for c, _ in self.read if c.distress and c.style))

    def wrong(self) -> list[Case]:
        """Return the misses and the false alarms."""
        return [case for case, reading in self.read if case.distress is not reading.distress]


def _is_hit(case: Case, reading: SafetyReading, kind: str) -> bool:
    return case.kind == kind and case.distress and reading.distress


def read_cases(path: Path) -> list[Case]:
    """Read a corpus: text, 1 or 0, type or category, and perhaps a style."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        text, distress, kind, *style = line.split("\t")
        cases.append(Case(text, distress == "1", kind, style[0] if style else ""))
    return cases


def measure(detector: SafetyDetector, cases: Iterable[Case]) -> Measure:
    """Read every case."""
    return Measure(tuple((case, detector.read(case.text)) for case in cases))


def report(detector: SafetyDetector) -> str:
    """Return the figures of every corpus as Markdown."""
    parts = []
    for name, title in TITLES.items():
        found = measure(detector, read_cases(HERE / name))
        parts += [f"### {title}\n", *_table(found), ""]
    alone = SafetyDetector(load_lexicon(ROOT / "data" / "safety" / "lexicon.toml"), None)
    found = measure(alone, read_cases(HERE / UNSEEN))
    recall, alarms = found.alarms(True), found.alarms(False)
    parts.append(
        f"With the lexicon alone, the red-team corpus gives {recall.shown()} recall and "
        f"{alarms.shown()} false alarms: that is what is left without a classifier.\n"
    )
    return "\n".join(parts)


def _table(found: Measure) -> list[str]:
    recall, alarms = found.alarms(True), found.alarms(False)
    lines = [f"Recall **{recall.shown()}**, false alarms **{alarms.shown()}**.", ""]
    lines += ["| type | recall | type among those found |", "|---|---|---|"]
    lines += [
        f"| {kind} | {found.alarms(True, kind).shown()} | {found.right_type(kind).shown()} |"
        for kind in found.kinds(True)
    ]
    if found.styles():
        lines += ["", "| style | recall |", "|---|---|"]
        lines += [f"| {one} | {found.alarms(True, style=one).shown()} |" for one in found.styles()]
    lines += ["", "| harmless category | false alarms |", "|---|---|"]
    return lines + [
        f"| {kind} | {found.alarms(False, kind).shown()} |" for kind in found.kinds(False)
    ]


def main() -> None:
    """Write the figures into the page; print speed and the shared cases, which stay out of it."""
    detector = SafetyDetector.load(ROOT / "data" / "safety")
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(before + BEGIN + report(detector) + END + after, encoding="utf-8")
    spent = []
    for case in read_cases(HERE / DEVELOPMENT):
        start = time.perf_counter()
        detector.read(case.text)
        spent.append(time.perf_counter() - start)
    print(
        f"median {statistics.median(spent) * 1000:.2f} ms, {len(spent) / sum(spent):.0f} a second"
    )
    if SHARED.exists():
        found = measure(detector, read_cases(SHARED))
        print(f"shared: recall {found.alarms(True).shown()}, alarms {found.alarms(False).shown()}")
        for case in found.wrong():
            print(f"  {case.kind}: {case.text}")


if __name__ == "__main__":
    main()
