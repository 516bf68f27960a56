"""How hard a text is to read: two simple measures, with thresholds that have a source."""

import re
from dataclasses import dataclass

LONGEST_MEAN_SENTENCE = 25
"""Words. GOV.UK content design guidance: check sentences of more than 25 words."""
LONG_WORD = 7
"""Letters: Björnsson calls a word long when it has more than six."""
HARDEST_ANSWER = 50
"""LIX = mean words a sentence + percentage of long words (C. H. Björnsson, Läsbarhet, 1968).
From 50 on, texts are hard, as official ones are; 40 to 50 is a newspaper."""
HARDEST_EASY = 40
"""LIX; 30 to 40 is easy, as fiction is."""
FEWEST_WORDS = 20
"""Under this many words the measure says nothing."""
SHOWN_WORDS = 8
"""Enough to find a sentence again."""

_SENTENCE_END = re.compile(r"[.!?…:]+(?=[\s»)]|$)|\n")
_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class ReadingLevel:
    """``mean_sentence`` in words; ``long_words`` from 0 to 100."""

    words: int
    mean_sentence: float
    long_words: float

    @property
    def lix(self) -> float:
        """Return Björnsson's index: 20 is very easy, 60 very hard."""
        return self.mean_sentence + self.long_words


def reading_level(text: str) -> ReadingLevel:
    """Measure a text; figures count as words, hyphens and apostrophes part them."""
    sentences = [words for part in _sentences(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return ReadingLevel(0, 0.0, 0.0)
    long = sum(len(word) >= LONG_WORD for word in words)
    return ReadingLevel(len(words), len(words) / len(sentences), 100 * long / len(words))


def longest_sentence(text: str) -> str:
    """Return the first words of the sentence that has the most, as they are written."""
    longest = max(_sentences(text), key=lambda one: len(_WORD.findall(one)), default="")
    words = longest.split()
    return " ".join(words[:SHOWN_WORDS]) + ("…" if len(words) > SHOWN_WORDS else "")


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text)
