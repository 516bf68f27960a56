"""What the trained classifier sees of a message: words, their sounds, and pieces of words.

The same function is used to train and to read, so it may only change together with the arrays
(``make safety``). It knows nothing of the lexicon: each is a second opinion on the other.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

from accueil.core.safety.spelling import HOMOGLYPHS, LEET, RUN, expand_elisions, sound_key
from accueil.core.text import fold

BUCKETS = 1 << 18
"""Features are hashed into this many places; two rarely meet in one that matters."""
WINDOW = 40
"""Words read together; a longer message is also read in overlapping windows."""

_SPELT = re.compile(r"(?<!\w)\w(?:[ .\-_*/,]{1,3}\w){3,}(?!\w)")
_GAPS = re.compile(r"[ .\-_*/,]")
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_LATIN = re.compile(r"[a-z]")
_MIXED = re.compile(r"(?=.*[a-z])[a-z013457@$*]*[013457@$][a-z013457@$*]*")
_LONGEST_PIECE = 5
_EMOJI = 0x2000


_CUES = {
    "laughter": """mdr mdrr mdrrr mdrrrr lol loool ptdr ptdrr xd xptdr haha ahah hihi jpp lmao
        blague deconne rigole 😂 🤣 😹 😆 💀 😭 😅""",
    "negation": "pas pa jamais personne aucun aucune rien ni non sans",
    "past": """avant etais etait avais avait ancien ancienne derniere annee annees petit petite
        gamin gamine enfant 2019 2020 2021 2022 2023 college primaire seconde""",
    "settled": """maintenant mtn mnt aujourd aujourdhui desormais fini termine mieux gueri guerie
        stable suivi suivie reloge sortie sorti derriere loin""",
    "fiction": """serie film episode saison jeu game manga anime perso personnage heros chanson rap
        album clip livre roman theatre scene gta fortnite minecraft netflix podcast bd webtoon fifa
        zelda sims boss""",
    "school": """expose devoir devoirs bac cours prof examen revise reviser memoire dossier concours
        metier formation diplome bts cap licence etude etudes definition loi peine stage diff
        difference""",
}
"""Words that may turn the meaning of all the others: each word is also seen with each cue."""
_CUE_WORDS = {cue: frozenset(words.split()) for cue, words in _CUES.items()}
_ONESELF = frozenset("je j me moi mon ma mes m g jai chui jsuis jveux jvais jpeux".split())


def windows(text: str) -> list[list[str]]:
    """Return the words of a message, whole and, when it is long, window by window."""
    words = _words(text)
    if len(words) <= WINDOW:
        return [words]
    half = WINDOW // 2
    return [words, *(words[at : at + WINDOW] for at in range(0, len(words) - half, half))]


def features(words: list[str]) -> set[int]:
    """Return the places of the features of some words."""
    found: set[int] = set()
    for word in words:
        found |= _of_word(word)
    bounded = ["^", *words, "$"]
    sounds = ["^", *(_sound(word) for word in words), "$"]
    names = [*_pairs("w", bounded), *_pairs("k", sounds), *_triples(bounded)]
    for cue in _cues(words):
        names += [f"q {cue}", *(f"q {cue} {sound}" for sound in set(sounds[1:-1]))]
    found.update([_place(name) for name in names])
    return found


def _words(text: str) -> list[str]:
    plain = RUN.sub(r"\1\1", fold(unicodedata.normalize("NFKC", text)))
    plain = _SPELT.sub(_respelt, plain)
    found = _WORD.findall(expand_elisions(plain))
    return [_plain_letters(word) for word in found if word[0].isalnum() or ord(word[0]) > _EMOJI]


def _respelt(spelt: re.Match[str]) -> str:
    """``s u i c i d e`` is one word; digits in a row are a number, which stays as it is."""
    joined = _GAPS.sub("", spelt[0])
    return spelt[0] if joined.isdigit() else joined


def _plain_letters(word: str) -> str:
    """Undo ``su1cide`` and letters of another alphabet among Latin ones."""
    if word.isascii():
        return word.translate(LEET) if len(word) > 3 and _MIXED.fullmatch(word) else word
    return word.translate(HOMOGLYPHS) if _LATIN.search(word) else word


def _cues(words: list[str]) -> list[str]:
    """Return the cues that some words hold; that nobody says "I" is one."""
    said = set(words)
    cues = [cue for cue, known in _CUE_WORDS.items() if not said.isdisjoint(known)]
    return cues if said & _ONESELF else [*cues, "others"]


def _pairs(kind: str, words: list[str]) -> Iterator[str]:
    for first, second in itertools.pairwise(words):
        yield f"{kind}2 {first} {second}"
    for first, third in zip(words, words[2:], strict=False):
        yield f"{kind}_ {first} {third}"


def _triples(words: list[str]) -> Iterator[str]:
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        yield f"w3 {first} {second} {third}"


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    return sound_key(word) or word


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> frozenset[int]:
    """Return the features of one word by itself: the word, its sound, its pieces."""
    bounded = f" {word[:30]} "
    names = [f"w1 {word}", f"k1 {_sound(word)}"]
    for size in range(2, _LONGEST_PIECE + 1):
        names += [f"c {bounded[at : at + size]}" for at in range(len(bounded) - size + 1)]
    return frozenset(_place(name) for name in names)


def _place(name: str) -> int:
    return crc32(name.encode(errors="replace")) & (BUCKETS - 1)  # half an emoji has no encoding
