"""What an editor has to mend: where, what is wrong, what to do."""

from dataclasses import dataclass

from accueil.core.french import NBSP, NNBSP


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file. ``file`` is relative to the project's folder; lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend, told to an editor in French."""

    place: Place
    reason: str
    remedy: str

    def shown(self) -> str:
        """Return the problem on one line: file, line, reason, remedy."""
        text = f"{self.place.file}:{self.place.line} : {self.reason} {self.remedy}"
        return _typeset(" ".join(text.splitlines()))


def _typeset(text: str) -> str:
    for plain, spaced in ((" :", f"{NBSP}:"), ("« ", f"«{NBSP}"), (" »", f"{NBSP}»")):
        text = text.replace(plain, spaced)
    return text.replace(" ;", f"{NNBSP};").replace(" %", f"{NBSP}%")


def quoted(text: str, longest: int = 60) -> str:
    """Return a text between French quotes, shortened."""
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return f"«{NBSP}{short}{NBSP}»"
