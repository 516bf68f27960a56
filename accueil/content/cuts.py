"""Values that YAML cuts: without quotes, what follows a space and ``#`` is a comment."""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from accueil.content.problem import Problem, quoted
from accueil.content.yaml_file import YamlFile

_SENT = frozenset({"text", "title", "payload", "easy", "url", "owner"})
_CUT = re.compile(r"(?:^| )#")


def cut_values(file: YamlFile, responses: Any, *, is_precision: bool = False) -> Iterator[Problem]:
    """Yield each value of the responses that loses its end, at any depth."""
    if isinstance(responses, CommentedMap):
        for key, value in responses.items():
            if (is_precision or key in _SENT) and not isinstance(value, CommentedMap):
                yield from _cut(file, responses, key)
            yield from cut_values(file, value, is_precision=key == "precisions")
    elif isinstance(responses, CommentedSeq):
        for item in responses:
            yield from cut_values(file, item)


def _cut(file: YamlFile, node: CommentedMap, key: Any) -> Iterator[Problem]:
    place = file.place(node, key)
    column = (node.lc.data or {}).get(key, (0, 0))[1]
    written = file.source[place.line - 1][column:].partition(":")[2].strip()
    # Between quotes nothing is cut; under a block mark, the text begins on the next line.
    found = None if written[:1] in ("'", '"', "|", ">") else _CUT.search(written)
    if found is not None:
        yield Problem(
            place,
            f"Sans guillemets, la fin de {quoted(str(key))} disparaît, à partir de "
            f"{quoted(written[found.start() :].strip())}.",
            "Mettez tout le texte entre guillemets droits.",
        )
