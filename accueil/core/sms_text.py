"""Text of an SMS: the GSM alphabet, French brought into it, and how many segments it takes.

Source: 3GPP TS 23.038 (formerly GSM 03.38) for the alphabet, TS 23.040 for the header that takes
7 septets, or 3 UCS-2 units, from each segment of a message in several.
"""

import unicodedata
from collections.abc import Iterable

ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""One septet each. Of the French letters, ç â ê î ô û ë ï œ and À È Ù are not among them."""

EXTENSION = frozenset("\f^{}\\[~]|€")
"""Two septets each: an escape comes first."""

_GSM_ONE, _GSM_MANY = 160, 153
_UCS2_ONE, _UCS2_MANY = 70, 67

_REPLACED = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2007\u2009\t", " ")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
    | dict.fromkeys("’‘ʼ‚´`", "'")
    | dict.fromkeys("«»“”„", '"')
    | dict.fromkeys("‐‑‒–—−•", "-")
    | {"…": "...", "·": ".", "œ": "oe", "Œ": "OE", "×": "x", "°": "o"}
    | {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
)
_NO_BREAK_IN_GUILLEMETS = str.maketrans({"\u202f": "\u00a0"})


def to_gsm(text: str) -> str:
    """Return French text with what the GSM alphabet has: typography made plain, ``ê`` as ``e``.

    Letters of other alphabets and emojis stay: a first name is not spelt with question marks, and
    the message then goes as UCS-2 (``segments`` counts it so).
    """
    spaced = text.translate(_NO_BREAK_IN_GUILLEMETS)
    tight = spaced.replace("«\u00a0", "«").replace("\u00a0»", "»")
    plain = unicodedata.normalize("NFC", tight).translate(_REPLACED)
    return "".join(_nearest(character) for character in plain)


def _nearest(character: str) -> str:
    if is_gsm(character):
        return character
    if "\u0300" <= character <= "\u036f":
        return ""  # an accent that no letter took
    base = unicodedata.normalize("NFD", character)[0]
    return base if is_gsm(base) else character


def is_gsm(text: str) -> bool:
    """Tell whether each character is in the alphabet or its extension: 7-bit coding will do."""
    return all(character in ALPHABET or character in EXTENSION for character in text)


def segments(text: str) -> int:
    """Return how many SMS a text is billed as; the parts of one character stay together."""
    if is_gsm(text):
        return _count((1 if one in ALPHABET else 2 for one in text), _GSM_ONE, _GSM_MANY)
    return _count((1 if one <= "\uffff" else 2 for one in text), _UCS2_ONE, _UCS2_MANY)


def _count(widths: Iterable[int], alone: int, among_others: int) -> int:
    sizes = list(widths)
    if sum(sizes) <= alone:
        return 1
    parts, room = 1, among_others
    for size in sizes:
        if size > room:
            parts, room = parts + 1, among_others
        room -= size
    return parts
