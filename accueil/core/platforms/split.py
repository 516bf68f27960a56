"""Cut a text that an app would refuse: between paragraphs, else sentences, else words."""

import re

_PARAGRAPH = re.compile(r"\n\s*\n")
_LINE = re.compile(r"\n")
_SENTENCE = re.compile(r"(?<=[.!?…])[ \n]+")
_WORD = re.compile(r" ")
_JOINED_TO_THE_NEXT = "\u200d\ufe0f"


def length_of(text: str) -> int:
    """Return the length in UTF-16 code units, as apps count: an emoji counts for two."""
    return len(text.encode("utf-16-le")) // 2


def split_text(text: str, limit: int) -> list[str]:
    """Return the text in pieces of at most ``limit`` UTF-16 code units, in order, none empty.

    Nothing but spaces is lost between two pieces. Raises ``ValueError`` for a limit under 2.
    """
    if limit < 2:
        raise ValueError("a character may take two units")
    rest, pieces = text.strip(), []
    while length_of(rest) > limit:
        head = _head(rest, limit)
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [*pieces, rest] if rest else pieces


def _head(text: str, limit: int) -> str:
    """Return the longest beginning that fits and ends well, two thirds used where possible."""
    fitting = _fitting(text, limit)
    for boundary in (_PARAGRAPH, _LINE, _SENTENCE):
        end = _last_end(boundary, text, len(fitting))
        if end and (boundary is _SENTENCE or end > len(fitting) // 3):
            return text[:end]
    end = _last_end(_WORD, text, len(fitting))
    return text[:end] if end else fitting


def _last_end(boundary: re.Pattern[str], text: str, longest: int) -> int:
    """Return where the last boundary starts whose beginning still fits; 0 when there is none."""
    return max((m.start() for m in boundary.finditer(text) if 0 < m.start() <= longest), default=0)


def _fitting(text: str, limit: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            while index > 1 and text[index] in _JOINED_TO_THE_NEXT:
                index -= 1  # half of a family is another emoji
            return text[:index]
    return text
