"""Spoil messages as hurried typing does: three kinds of noise, each repeatable from a seed.

The spellings of `sms` are written for this measure alone. The normaliser's own table is not read
here, or it would be examined on its own answers.
"""

import random
import re
import unicodedata
from typing import Callable, Dict, List

_TYPOS_PER_WORDS = 5  # one word in five
_SHORTEST = 4  # letters of a word that may be misspelt
_NEAR = {
    "a": "qz", "b": "vn", "c": "xv", "d": "sf", "e": "zr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "km", "m": "lp", "n": "b", "o": "ip", "p": "om",
    "q": "sw", "r": "et", "s": "qd", "t": "ry", "u": "yi", "v": "cb", "w": "xq", "x": "wc",
    "y": "tu", "z": "ea",
}  # fmt: skip
"""Neighbours on a French keyboard (azerty)."""
_SMS = [
    (r"\bqu['’]est[- ]ce qu[e'’]", "keske "), (r"\best[- ]ce qu[e'’]", "eske "),
    (r"\bje suis\b", "chui"), (r"\bj['’]ai\b", "g"), (r"\bc['’]est\b", "c"),
    (r"\bje ne\b", "jne"), (r"\bje (?=[bcdfghlmnpqrstvxz])", "j"), (r"\bbeaucoup\b", "bcp"),
    (r"\bpourquoi\b", "pkoi"), (r"\bpour\b", "pr"), (r"\btoujours\b", "tjs"),
    (r"\bquelqu['’]un\b", "kelk1"), (r"\bquand\b", "qd"), (r"\bqui\b", "ki"), (r"\bque?\b", "ke"),
    (r"\bquoi\b", "koi"), (r"\bcomment\b", "cmnt"), (r"\bcombien\b", "cbn"),
    (r"\brendez[- ]vous\b", "rdv"), (r"\bs['’]il (?:te|vous) pla[iî]t\b", "stp"),
    (r"\bmaintenant\b", "mnt"), (r"\bdans\b", "ds"), (r"\bavec\b", "av"), (r"\btout\b", "tt"),
    (r"\btous\b", "ts"), (r"\bvous\b", "vs"), (r"\bnous\b", "ns"), (r"\bm[eê]me\b", "mm"),
    (r"\bappartement\b", "apart"), (r"\bproblème\b", "pb"), (r"\b(?:une?|un)\b", "1"),
    (r"\bdes\b", "d"), (r"\bet\b", "é"), (r"eau\b", "o"), (r"qu", "k"), (r"\bça\b", "sa"),
    (r"\bpas\b", "pa"), (r"s\b", ""),
]  # fmt: skip


def clean(text: str, seed: int) -> str:
    """The message as it is."""
    return text


def typos(text: str, seed: int) -> str:
    """Slips of the finger in one word out of five: a letter missing, doubled, swapped, replaced."""
    chance = random.Random(f"{seed} {text}")  # noqa: S311, noise that can be repeated, no secret
    words = text.split(" ")
    places = [place for place, word in enumerate(words) if len(word) >= _SHORTEST]
    for place in chance.sample(places, min(len(places), max(1, len(words) // _TYPOS_PER_WORDS))):
        words[place] = _slip(words[place], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    letter = word[at]
    near = _NEAR.get(letter.lower(), letter)
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1] + letter + word[at + 2 :],
        word[:at] + chance.choice(near) + word[at + 1 :],
    ]
    # Two letters alike swapped, or a letter without neighbours, would be no slip.
    return chance.choice([slip for slip in slips if slip != word])


def no_accents(text: str, seed: int) -> str:
    """Lower case without accents, apostrophes or punctuation, as dictated or in a hurry."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w\s€%+@]|_", " ", plain).split()) or text


def sms(text: str, seed: int) -> str:
    """Text-message spelling."""
    short = text
    for pattern, spelling in _SMS:
        short = re.sub(pattern, spelling, short, flags=re.IGNORECASE)
    return " ".join(re.sub(r"\s\?|['’]", "", short.lower()).split()) or text


NOISES: Dict[str, Callable[[str, int], str]] = {
    "clean": clean,
    "typos": typos,
    "no accents": no_accents,
    "SMS": sms,
}


def spoil(texts: List[str], noise: str, seed: int) -> List[str]:
    """Every message with one kind of noise."""
    return [NOISES[noise](text, seed) for text in texts]
