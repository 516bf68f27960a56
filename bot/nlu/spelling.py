"""One slip of the finger put right: an unknown word becomes the known word one letter away.

Letter runs forgive a slip inside a long word; in a short message on one rare word they do not. The
words known are those of the training messages, so the corrector learns with the classifier and
knows nothing else. Deletions are indexed, as in SymSpell (W. Garbe, 2012): two words are one edit
apart only if they are equal once at most one letter of each is left out.
"""

from collections import defaultdict
from typing import Dict, Iterator, List, Mapping, Set

_SHORTEST_KNOWN = 4  # letters
_SHORTEST_TYPED = 5  # letters: a shorter word is one edit from too many others
_SEEN_IN = 4  # messages from which a spelling of the training data is one to trust


class Speller:
    """Knows the words of the training messages, folded, with the number of messages of each."""

    def __init__(self, messages: Mapping[str, int]) -> None:
        self.messages = messages
        self._near: Dict[str, List[str]] = defaultdict(list)
        for word, count in messages.items():
            if count >= _SEEN_IN and len(word) >= _SHORTEST_KNOWN and word.isalpha():
                for form in (word, *_one_letter_less(word)):
                    self._near[form].append(word)

    def correct(self, word: str) -> str:
        """The commonest known word one edit away from a folded unknown one, else the word."""
        if len(word) < _SHORTEST_TYPED or not word.isalpha() or word in self.messages:
            return word
        near: Set[str] = set()
        for form in (word, *_one_letter_less(word)):
            near.update(known for known in self._near.get(form, ()) if _one_edit(word, known))
        return max(near, key=lambda known: (self.messages[known], known), default=word)


def _one_letter_less(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _one_edit(typed: str, known: str) -> bool:
    """Whether one letter added, left out, replaced or swapped with the next makes them equal."""
    same = 0
    while same < min(len(typed), len(known)) and typed[same] == known[same]:
        same += 1
    left, right = typed[same:], known[same:]
    return (
        left[1:] == right[1:]
        or left == right[1:]
        or left[1:] == right
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
