"""Cut a message once into words and numbers, with text-message spellings written out."""

import re
from typing import Final, NamedTuple

from accueil.core.dates.lexicon import SPELLINGS, TENS, UNITS
from accueil.core.dates.noise import without_noise
from accueil.core.text import fold

_REWRITES: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\b(?:2m(?:1|ain|in)|dem1|dmain|dm1|dmn|2 ?main|2mn)\b", "demain"),
        (r"\b(?:a|o)u?jou?r?d'? ?h?ui\b|\b(?:ojd|auj|ajd|ajrd|aujd)\b", "aujourdhui"),
        (r"\bap(?:res?|r)?[- ]?demain\b", "apresdemain"),
        (r"\bavant[- ]hier\b", "avanthier"),
        (
            r"\b(?:ap(?:res?|r)?[- ]?midi|aprems?|aprm|apremidi|apm|aprmidi|aprem')(?![a-z])",
            "aprem",
        ),
        (r"\b(?:week[- ]?ends?|w-e|weeckend|wkd)\b", "weekend"),
        # alone, "we" is a yes ("wé")
        (r"(?<=\bce )(?:we|wk)\b|(?<=\b[ld][eu] )(?:we|wk)\b|(?<=\bun )(?:we|wk)\b", "weekend"),
        (r"\bt(?:t|ts|ous|s) (?=les\b)", "tous "),
        (r"\brendez[- ]vous\b|\brdv\b", "rendezvous"),
        (r"\bn?'?importe (?=qu|kan|quand|lequel)|\bnimporte(?! )", "nimporte "),
        (r"(?<=[a-z])-(?=[a-z])", " "),
        (r"(?<=[0-9])o(?=[0-9])", "0"),
    )
)
_TOKEN: Final = re.compile(r"[a-z]+'?|[0-9]+|[^\sa-z0-9]")
_LONGEST_NUMBER: Final = 4


class Token(NamedTuple):
    """One word, number or sign; ``glued`` when nothing separates it from the one before."""

    text: str
    number: int | None = None
    digits: int = 0
    glued: bool = False


class Tokens:
    """The tokens of a message; reading past either end gives empty answers, never an error."""

    __slots__ = ("_items",)

    def __init__(self, items: list[Token]) -> None:
        self._items = items

    def __len__(self) -> int:
        return len(self._items)

    def word(self, at: int) -> str:
        """Return the text at ``at``, or an empty string."""
        return self._items[at].text if 0 <= at < len(self._items) else ""

    def number(self, at: int) -> int | None:
        """Return the number at ``at``, in digits or in letters, or None."""
        return self._items[at].number if 0 <= at < len(self._items) else None

    def digits(self, at: int) -> int:
        """Return how many digits are written at ``at`` (0 for a number in letters)."""
        return self._items[at].digits if 0 <= at < len(self._items) else 0

    def glued(self, at: int) -> bool:
        """Say whether the token at ``at`` touches the one before it."""
        return 0 <= at < len(self._items) and self._items[at].glued

    def spells(self, at: int, *words: str) -> bool:
        """Say whether ``words`` follow one another from ``at``."""
        return all(self.word(at + step) == word for step, word in enumerate(words))

    def after(self, at: int, *words: str) -> int:
        """Return the place after the token at ``at`` if it is one of ``words``, else ``at``."""
        return at + 1 if self.word(at) in words else at


def tokenize(text: str) -> Tokens:
    """Cut ``text`` into tokens. Line ends count as full stops."""
    folded = without_noise(fold(text.replace("\r", "\n").replace("\n", " ; ")))
    for pattern, replacement in _REWRITES:
        folded = pattern.sub(replacement, folded)
    items: list[Token] = []
    previous_end = -1
    for match in _TOKEN.finditer(folded):
        glued = match.start() == previous_end
        previous_end = match.end()
        items.extend(_spelled_out(match.group(), glued))
    return Tokens(_with_numbers_joined(items))


def _spelled_out(raw: str, glued: bool) -> list[Token]:
    if raw.isdecimal():
        value = int(raw) if len(raw) <= _LONGEST_NUMBER else None
        return [Token(raw, value, len(raw), glued)]
    known = SPELLINGS.get(raw)
    if known is None:
        known = raw.rstrip("'")
    words = known.split() if known else []
    return [
        Token(word, UNITS.get(word, TENS.get(word)), 0, glued and place == 0)
        for place, word in enumerate(words)
    ]


def _with_numbers_joined(items: list[Token]) -> list[Token]:
    """Join numbers in letters: "dix" "neuf" -> 19, "vingt" "et" "un" -> 21."""
    joined: list[Token] = []
    for token in items:
        words, number = _number_completed(joined, token)
        if words:
            joined[-words:] = [Token("#", number)]
        else:
            joined.append(token)
    return joined


def _number_completed(before: list[Token], token: Token) -> tuple[int, int]:
    """Return how many words before ``token`` it makes one number with, and that number."""
    unit = UNITS.get(token.text)
    if unit is None or not before:
        return 0, 0
    last = before[-1].text
    if last == "dix" and token.text in {"sept", "huit", "neuf"}:
        return 1, 10 + unit
    if last in TENS and 2 <= unit <= 9:
        return 1, TENS[last] + unit
    if last == "et" and len(before) > 1 and before[-2].text in TENS and unit in {1, 11}:
        return 2, TENS[before[-2].text] + unit
    return 0, 0
