"""Read what ``rasa data validate`` says: what is wrong, apart from what is so on purpose.

``--fail-on-warnings`` would refuse two notices that hold for this project (ADR 0011), and without
it a story conflict is only a line of the log: so its output is read here, line by line.
"""

from __future__ import annotations

import re
from pathlib import Path

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_LOGGED = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?P<level>[A-Z]+) +\S+ +- (?P<said>.*)$")
_WARNED = re.compile(r"^\S+:\d+: (?P<kind>\w*Warning): (?P<said>.*)$")
_LEVELS = {"WARNING", "ERROR", "CRITICAL"}
_OF_LIBRARIES = {"DeprecationWarning", "PendingDeprecationWarning", "MovedIn20Warning"}
"""How libraries speak to programmers. Rasa says what it thinks of content by other kinds."""
_UNUSED = re.compile(r"^The utterance '(?P<name>utter_\w+)' is not used in any story or rule\.$")
_DUPLICATES = re.compile(r"^The following duplicated intents have been found across multiple ")
_ANSWERED = re.compile(r"^\s*-\s*intent:\s*[\"']?(\w+)/", re.MULTILINE)
_NAMED = re.compile(r"[\"'](utter_\w+)[\"']")


def complaints(output: str, uttered: frozenset[str]) -> list[str]:
    """Return the lines of a validation that succeeded but should not have.

    ``uttered``: responses that our actions utter, which Rasa cannot see. Lines that continue a
    warning or an error (a story conflict takes several) belong to it.
    """
    found: list[str] = []
    continues = False
    for line in _COLOUR.sub("", output).splitlines():
        problem = _problem(line, uttered)
        if problem is not None:
            continues = bool(problem)
            found += [problem] if problem else []
        elif continues and line.strip():
            found.append(line.rstrip())
    return found


def uttered_by_actions(root: Path) -> frozenset[str]:
    """Return the responses of a checkout that actions utter: the answers, and those they name."""
    written = _texts(root / "data" / "nlu", "*.yml")
    code = _texts(root / "actions", "**/*.py")
    answers = {f"utter_{intent}" for text in written for intent in _ANSWERED.findall(text)}
    return frozenset(answers | {name for text in code for name in _NAMED.findall(text)})


def _texts(folder: Path, pattern: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern))]


def _problem(line: str, uttered: frozenset[str]) -> str | None:
    """Return what is wrong, ``""`` for a message that is in order, ``None`` within a message."""
    logged, warned = _LOGGED.match(line), _WARNED.match(line)
    if logged is not None:
        return logged["said"] if logged["level"] in _LEVELS else ""
    if warned is None:
        return None
    if warned["kind"] in _OF_LIBRARIES or _is_on_purpose(warned["said"], uttered):
        return ""
    return str(warned["said"])


def _is_on_purpose(said: str, uttered: frozenset[str]) -> bool:
    unused = _UNUSED.match(said.strip())
    return unused["name"] in uttered if unused else _DUPLICATES.match(said) is not None
