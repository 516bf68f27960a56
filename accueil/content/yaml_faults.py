"""Tell an editor which of the usual slips makes a file unreadable as YAML."""

import re
from datetime import date

from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from accueil.content.problem import quoted

_NOT_YAML = "Le fichier n’est pas du YAML valide"
_KEY_BEFORE = re.compile(r"""\s*(?:- +)*["']?[\w/]+["']?:\s""")
_DAY = re.compile(r"(?<=: )(\d{4})-(\d\d?)-(\d\d?)\b")
_TAB = "une tabulation.", "Remplacez-la par des espaces, comme dans la fiche voisine."
_COLON = (
    "un « : » dans un texte sans guillemets.",
    'Mettez tout le texte entre guillemets droits, par exemple title: "Visale : la garantie".',
)
_SHIFT = (
    "un retrait inattendu.",
    "Alignez cette ligne, ou celle d’avant, comme dans la fiche voisine.",
)
_QUOTE = (
    "des guillemets mal fermés.",
    "Fermez-les sur cette ligne ou celle d’avant ; dans un texte entre apostrophes droites, "
    "écrivez ’ et non '.",
)
_KEY = (
    "une ligne sans clé.",
    "Mettez une espace après le deux-points de la clé, ou alignez ce texte avec celui d’avant.",
)
_OTHER = (
    "une écriture inattendue.",
    "Regardez cette ligne et celle d’avant ; mettez entre guillemets droits un texte qui "
    "commence par un signe (@, %, *, [, {).",
)


def yaml_fault(error: YAMLError, text: str) -> tuple[int, str, str]:
    """Return the line (from 0), the reason and the remedy of an error that ruamel met in a text."""
    if isinstance(error, DuplicateKeyError):
        return _line(error), "La même clé est écrite deux fois.", "Gardez-en une seule."
    line = _line(error)
    reason, remedy = _OTHER
    if isinstance(error, MarkedYAMLError):
        line, (reason, remedy) = _slip(error, line, text)
    return line, f"{_NOT_YAML} : {reason}", remedy


def impossible_day(text: str) -> tuple[int, str, str]:
    """Return the same for a file that holds, without quotes, a day that is in no calendar."""
    for line, written in enumerate(text.splitlines()):
        found = _DAY.search(written)
        if found is not None and not _exists(*map(int, found.groups())):
            reason = f"Ce jour n’existe pas : {quoted(found[0])}."
            return line, reason, "Corrigez-le, et mettez-le entre guillemets droits."
    return 0, f"{_NOT_YAML} : {_OTHER[0]}", _OTHER[1]


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _slip(error: MarkedYAMLError, line: int, text: str) -> tuple[int, tuple[str, str]]:
    """Recognise a slip by ruamel's own words, which are those of the reference parser."""
    problem, context = error.problem or "", error.context or ""
    began = error.context_mark.line if error.context_mark is not None else line
    if "'\\t'" in problem:
        return line, _TAB
    if "mapping values are not allowed" in problem:
        return line, _COLON if _has_key_before(error, line, text) else _SHIFT
    if "quoted scalar" in context:
        # The file is read to its end in search of the other quote: the first one is what is wrong.
        return began, _QUOTE
    if "found '<scalar>'" in problem:
        return line, _QUOTE
    if "could not find expected ':'" in problem:
        return began, _KEY
    is_shift = "expected <block end>" in problem or "sequence entries" in problem
    return line, _SHIFT if is_shift else _OTHER


def _has_key_before(error: MarkedYAMLError, line: int, text: str) -> bool:
    """Tell whether the colon that ruamel refuses is the second of its line."""
    column = error.problem_mark.column if error.problem_mark is not None else 0
    return _KEY_BEFORE.match(text.splitlines()[line][:column]) is not None


def _line(error: YAMLError) -> int:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    return mark.line if mark is not None else 0
