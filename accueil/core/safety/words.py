"""Turn a raw message into the one line of words that patterns read."""

import re
import unicodedata
from collections.abc import Mapping

from accueil.core.safety.pattern import SENTENCE
from accueil.core.safety.spelling import HOMOGLYPHS, LEET, RUN, expand_elisions, sound_key
from accueil.core.text import fold

_I_HAVE = re.compile(r"\b[jg][éèê]\b", re.IGNORECASE)
_BREAK = re.compile(r"[.!?;…\n\r]+")
_SPELT = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[ .\-_*/,]{1,3}[a-z0-9]){3,}(?![a-z0-9])")
_WORD = re.compile(r"[a-z0-9@$*#]+(?:'[a-z]+)*|\|")
_LEET_L = str.maketrans("013457@$", "oleastas")
_PAIR = re.compile(r"(.)\1")
_TWO = re.compile(r"\b2 (?=\w+(?:er|ir|re)\b|me\b|moi\b|mon\b|ma\b)")
_STUCK = re.compile(r"^([jmtsdl])(?=[a-z]{2,})")
_OPENED = {"j": "je", "m": "me", "t": "te", "s": "se", "d": "de", "l": "le"}
_MAX_STEM = 12


class Normaliser:
    """Spelling of young people's French, brought to the words that the lexicon knows."""

    def __init__(
        self,
        words: frozenset[str],
        stems: frozenset[str],
        shorthand: Mapping[str, str],
        emoji: Mapping[str, str],
        fillers: frozenset[str],
        common: frozenset[str],
    ) -> None:
        self._words = words | common
        self._stems = frozenset(stem for stem in stems if len(stem) > 3)
        self._short_stems = frozenset(stems)
        self._shorthand = dict(shorthand)
        self._emoji = str.maketrans({key: f" {word} " for key, word in emoji.items()})
        self._fillers = fillers
        self._sounds: dict[str, str] = {}
        for group in (common - words, words):  # a word that patterns read wins over a plain one
            for word in sorted(group, key=lambda word: (-len(word), word)):
                self._sounds[sound_key(word)] = word
        self._stem_sounds = {sound_key(s + "a")[:-1]: s for s in sorted(self._stems) if len(s) > 4}

    def line(self, text: str) -> str:
        """``" | je veux mourir | "``: words in order, a bar at each sentence end."""
        spoken = _I_HAVE.sub("j'ai", unicodedata.normalize("NFC", text))
        marked = _BREAK.sub(" | ", _unspell_dots(spoken)).translate(self._emoji)
        folded = fold(marked).translate(HOMOGLYPHS)
        folded = _SPELT.sub(lambda found: self._respell(found[0]), folded)
        plain = _TWO.sub("de ", expand_elisions(folded).replace("'", " "))
        words = ["|"]
        for token in _WORD.findall(plain):
            words.extend(w for w in self._word(token).split() if w not in self._fillers)
        return f" {' '.join(words)} {SENTENCE} "

    def known(self, word: str) -> bool:
        """Tell whether a pattern names this word or its beginning."""
        return word in self._words or self._stemmed(word)

    def _stemmed(self, word: str) -> bool:
        limit = min(len(word), _MAX_STEM)
        return any(word[:size] in self._short_stems for size in range(2, limit + 1))

    def _word(self, token: str) -> str:
        if token in self._shorthand:
            return self._shorthand[token]
        if token == SENTENCE or token in self._words:
            return token
        if token.isdigit():
            return token
        token = self._plain_letters(token)
        if token in self._shorthand:
            return self._shorthand[token]
        if len(token) < 3 or self.known(token):
            return token
        return self._unstick(token) or self._by_sound(token) or self._segment(token) or token

    def _plain_letters(self, token: str) -> str:
        """Undo ``su1cide``, ``m0urir``, ``mouriiir``, ``su*cide`` where that gives a known word."""
        for table in (LEET, _LEET_L):
            if not token.isalpha() and self.known(token.translate(table)):
                return token.translate(table)
        if "*" in token:
            shape = re.compile(re.escape(token.strip("#")).replace(r"\*", "[a-z]"))
            return next((w for w in sorted(self._words) if shape.fullmatch(w)), token)
        token = token.strip("#@$")
        if self.known(token):
            return token
        short = RUN.sub(r"\1", token)
        for guess in (RUN.sub(r"\1\1", token), short, _PAIR.sub(r"\1", short)):
            if guess != token and (guess in self._shorthand or self.known(guess)):
                return guess
        return short

    def _unstick(self, token: str) -> str:
        """``jveux`` -> ``je veux``, ``mfrappe`` -> ``me frappe``, ``jai`` -> ``je ai``."""
        if not _STUCK.match(token):
            return ""
        rest = token[1:]
        if rest in self._words or (len(rest) > 3 and self._stemmed(rest)):
            return f"{_OPENED[token[0]]} {rest}"
        if token[0] == "j" and token[1] not in "aeiou":
            return f"je {self._shorthand.get(rest) or self._by_sound(rest) or rest}"
        return ""

    def _by_sound(self, token: str) -> str:
        key = sound_key(token)
        near = self._sounds.get(key, "")
        if near and len(key) > 1 and len(token) <= len(near) + 1:  # haste shortens words
            return near
        for size in range(min(len(key), _MAX_STEM), 4, -1):
            if key[:size] in self._stem_sounds:
                return self._stem_sounds[key[:size]] + key[size:]
        return ""

    def _respell(self, spelt: str) -> str:
        joined = re.sub(r"[^a-z0-9]", "", spelt)
        if joined.isdigit():
            return spelt
        joined = joined.translate(LEET) if not joined.isalpha() else joined
        return joined if self.known(joined) else self._segment(joined) or spelt

    def _segment(self, glued: str) -> str:
        """Cut ``jeveuxmourir`` into known words, fewest first; empty when it cannot be cut."""
        if not 8 <= len(glued) <= 40:
            return ""
        best: list[list[str] | None] = [[]] + [None] * len(glued)
        for end in range(1, len(glued) + 1):
            for start in range(max(0, end - 14), end):
                before, word = best[start], glued[start:end]
                if before is None or not (word in self._words and (len(word) > 1 or word == "a")):
                    continue
                kept = best[end]
                if kept is None or len(before) + 1 < len(kept):
                    best[end] = [*before, word]
        words = best[-1] or []
        return " ".join(words) if len(words) * 3 <= len(glued) else ""


def _unspell_dots(text: str) -> str:
    """``s.u.i.c.i.d.e`` would be cut into sentences: join single letters parted by dots."""
    return re.sub(r"(?<!\w)\w(?:\.\w){3,}(?!\w)", lambda m: m[0].replace(".", " "), text)
