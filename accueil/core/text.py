"""Fold French text to one comparable form."""

import unicodedata

_UNIFIED = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
        "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
        "œ": "oe", "æ": "ae", "ß": "ss",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Return ``text`` lower-cased, without accents or invisible characters, spaces collapsed.

    Ligatures are opened (``œ`` -> ``oe``), typographic apostrophes and dashes become ``'`` and
    ``-``, compatibility forms (full-width, superscript) become plain ones (Unicode NFKD).
    Punctuation, digits and emoji stay. The result is stable: ``fold(fold(x)) == fold(x)``.
    """
    unified = unicodedata.normalize("NFKC", text).casefold().translate(_UNIFIED)
    decomposed = unicodedata.normalize("NFKD", unified)
    kept = "".join(
        character
        for character in decomposed
        if not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )
    return " ".join(kept.translate(_UNIFIED).split())
