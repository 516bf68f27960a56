"""Find misspelt names: trigrams choose a few candidates, an edit distance judges them."""

from array import array
from collections import Counter
from collections.abc import Iterable

from accueil.core.places.names import sound_key

_RAREST = 10  # trigrams of the query that are looked up, rarest first
_SHORTEST = 4


def edit_distance(a: str, b: str, limit: int) -> int:
    """Return the optimal string alignment distance, or ``limit + 1`` when it is above ``limit``.

    Insertions, deletions, substitutions and swaps of two neighbours cost 1 each.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)


def _trigrams(sound: str) -> set[str]:
    padded = f"^{sound}$"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


class SpellingIndex:
    """Names by the trigrams of their sound."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Index name keys; sorted, so that the answer never depends on hashing."""
        self._keys = sorted(keys)
        self._sounds = [sound_key(key) for key in self._keys]
        self._postings: dict[str, array[int]] = {}
        for index, sound in enumerate(self._sounds):
            for trigram in _trigrams(sound):
                posting = self._postings.get(trigram)
                if posting is None:
                    posting = self._postings[trigram] = array("I")
                posting.append(index)

    def near(self, key: str, limit: int) -> list[tuple[int, str]]:
        """Return (distance, name key) of names that sound within ``limit`` edits of ``key``."""
        sound = sound_key(key)
        if len(sound) < _SHORTEST:
            return []
        wanted = _trigrams(sound)
        grams = [gram for gram in wanted if gram in self._postings]
        grams.sort(key=lambda gram: (len(self._postings[gram]), gram))
        chosen = grams[:_RAREST]
        shared: Counter[int] = Counter()
        for gram in chosen:
            shared.update(self._postings[gram])
        absent = len(wanted) - len(grams)
        spare = 3 * limit - absent  # one edit spoils three trigrams at most
        if spare < 0:
            return []
        needed = max(1, len(chosen) - spare)
        found = []
        for index, count in shared.items():
            if count >= needed and abs(len(self._sounds[index]) - len(sound)) <= limit:
                distance = edit_distance(sound, self._sounds[index], limit)
                if distance <= limit:
                    found.append((distance, self._keys[index]))
        return sorted(found)
