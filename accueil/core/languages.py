"""Tell that a message is written in another language, and say so in that language.

Not a general detector: a message in hurried French, or one that mixes in a few words of Arabic or
English, must never be taken for a foreign one. So a language of the Latin alphabet has to show
words of its own, more of them than French ones, and any other shows by its letters.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from accueil.core.text import fold

_FILE = Path(__file__).resolve().parents[2] / "data" / "reference" / "languages.toml"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_JE_GLUED = re.compile(r"j[bcdfghklmnpqrstvwxz]\w")  # jcomprends: only French begins a word so
_FEWEST_WORDS = 2
_TELLING = 4  # letters that the longest of them needs: "o mi" may be hurried French
_SHARE = 0.4  # of the message's words
_HAN = 3  # a Chinese sign says as much as three letters or more: "我在 Lyon" is Chinese
_FRENCH = frozenset(
    """je j tu il elle on nous vous ils elles me te se le la les un une des de du d l au aux en et
    ou
    mais que qu qui quoi ce c cet cette ces ca mon ma mes ton ta tes son sa ses notre votre
    leur y ai as a est suis es sont etre avoir pour par sur dans avec sans si ne n pas plus
    comment quand tres bien alors donc peux peut veux veut cherche besoin aide aider faire fait
    dois faut salut bonjour slt svp merci rdv travail boulot taf logement appart argent ecole
    jsuis jveux jai jcherche pr ds kelkun koi ki ke pk mtn ans chez oui non ouais wesh frere
    moi toi lui rien tout""".split()
)


@dataclass(frozen=True, slots=True)
class Language:
    """A language and what is said in it. ``script`` empty: read by its ``words``.

    ``rank`` is its place in the file: where alphabets share letters, the later language wins.
    """

    code: str
    name: str
    notice: str
    script: str = ""
    letters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    rank: int = 0


@lru_cache(maxsize=1)
def languages(path: Path = _FILE) -> tuple[Language, ...]:
    """Return the languages of ``data/reference/languages.toml``.

    Raises ``OSError`` or ``tomllib.TOMLDecodeError`` when the file is absent or wrong.
    """
    return tuple(
        Language(
            one["code"],
            one["name"],
            one["notice"].strip(),
            one.get("script", ""),
            frozenset(one.get("letters", "")),
            frozenset(one.get("words", "").split()),
            rank,
        )
        for rank, one in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["language"])
    )


def read_language(text: str) -> Language | None:
    """Return the language a message is written in when it surely is not French.

    ``None`` for French, for a mixture, and for languages without a notice.
    """
    script = _main_script(text)
    if script and script != "Latin":
        return _by_letters(text.lower(), script)
    # The Turkish ı is a letter of its own to Unicode, and no accent that folding takes off.
    words = _WORD.findall(fold(text).replace("ı", "i"))
    french = sum(map(_is_french, words))
    best = max(
        (one for one in languages() if one.words),
        key=lambda one: sum(word in one.words for word in words),
    )
    hits = sum(word in best.words for word in words)
    own = [word for word in words if word in best.words and word not in _FRENCH]
    sure = (
        len(set(own)) >= _FEWEST_WORDS
        and len(max(own, key=len)) >= _TELLING
        and hits >= 2 * french
        and hits >= _SHARE * len(words)
    )
    return best if sure else None


def _is_french(word: str) -> bool:
    return word in _FRENCH or word.partition("'")[0] in _FRENCH or bool(_JE_GLUED.match(word))


def _by_letters(text: str, script: str) -> Language | None:
    """Return the language with the rarest letters in the text, else the one that needs none."""
    known = [one for one in languages() if one.script == script]
    fits = [one for one in known if one.letters & set(text) or not one.letters]
    return max(fits, key=lambda one: one.rank, default=None)


def _main_script(text: str) -> str:
    """Return the script of most letters, by their Unicode names; empty without letters."""
    names = Counter(
        unicodedata.name(letter, "").split(" ", 1)[0] for letter in text if letter.isalpha()
    )
    if not names:
        return ""
    names["CJK"] *= _HAN
    word = names.most_common(1)[0][0]
    return {"CJK": "Han"}.get(word, word.capitalize())
