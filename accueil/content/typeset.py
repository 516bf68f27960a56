"""Mend the typography of shown texts inside the YAML files, and change nothing else there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from accueil.content.project import DOMAIN
from accueil.content.typography import mend_line
from accueil.core.french import NBSP, NNBSP

_ONLY_SPACES_AND_APOSTROPHES = str.maketrans({" ": "", NBSP: "", NNBSP: "", "'": "’"})


def mend_content(folder: Path) -> Iterator[tuple[str, int]]:
    """Mend ``domain.yml`` and ``data/nlu``; yield each changed file and how many lines it was.

    Files that cannot be read are left as they are: the check tells why.
    """
    for path in (folder / DOMAIN, *sorted((folder / "data" / "nlu").glob("*.yml"))):
        try:
            # Line ends as they are: an editor on Windows keeps hers.
            before = path.read_text(encoding="utf-8", newline="")
            after = mend_yaml(before)
        except (OSError, UnicodeDecodeError, YAMLError):
            continue
        if after != before:
            path.write_text(after, encoding="utf-8", newline="")
            pairs = zip(before.split("\n"), after.split("\n"), strict=True)
            yield path.relative_to(folder).as_posix(), sum(old != new for old, new in pairs)


def mend_yaml(text: str) -> str:
    """Return the text of a file with its shown texts mended. Raises ``YAMLError``."""
    tree = _compose(text)
    mended = text
    # From the end, so that what is before keeps its place.
    for node in sorted(_shown(tree), key=lambda one: one.start_mark.index, reverse=True):
        start, end = node.start_mark.index, node.end_mark.index
        mended = mended[:start] + _mend_value(text[start:end], node.style) + mended[end:]
    # Whatever the YAML, no other value may change: rather no mending than a broken file.
    return mended if mended == text or _is_same(tree, mended) else text


def _compose(text: str) -> Node | None:
    node: Node | None = YAML(typ="rt", pure=True).compose(text)
    return node


def _shown(tree: Node | None) -> list[ScalarNode]:
    """Return what young people read, each value once even where an alias repeats it."""
    found: dict[int, ScalarNode] = {}
    for variants in _values(_value(tree, "responses")):
        for variant in _values(variants):
            custom = _value(variant, "custom")
            buttons = _values(_value(variant, "buttons"))
            nodes = [_value(variant, "text"), _value(custom, "title"), _value(custom, "easy")]
            nodes += _values(_value(custom, "precisions"))
            nodes += [_value(button, "title") for button in buttons]
            found |= {id(node): node for node in nodes if isinstance(node, ScalarNode)}
    return list(found.values())


def _value(node: Node | None, key: str) -> Node | None:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _values(node: Node | None) -> list[Node]:
    if isinstance(node, MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _mend_value(raw: str, style: str | None) -> str:
    """Mend a value as it is written in the file, with its quotes or its block mark."""
    if style in ("|", ">"):
        return _mend_block(raw)
    if style == "'" and raw.startswith("'"):
        # Two straight apostrophes are how YAML writes one inside such quotes.
        mended = _mend_lines(raw[1:-1].replace("''", "'"))
        return "'" + mended.replace("'", "''") + "'"
    if style == '"' and raw.startswith('"'):
        # After a backslash, what looks like a space or an apostrophe may be part of a code.
        return raw if "\\" in raw else f'"{_mend_lines(raw[1:-1])}"'
    return _mend_lines(raw) if style is None else raw


def _mend_block(raw: str) -> str:
    header, *lines = raw.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    for index, line in enumerate(lines):
        # What follows a block and is written further left is a comment.
        if line.strip() and len(line) - len(line.lstrip(" ")) < indents[0]:
            return "\n".join([header, *map(_mend_raw, lines[:index]), *lines[index:]])
    return "\n".join([header, *map(_mend_raw, lines)])


def _mend_lines(raw: str) -> str:
    return "\n".join(map(_mend_raw, raw.split("\n")))


def _mend_raw(line: str) -> str:
    """Mend between the spaces of both ends, which belong to YAML."""
    core = line.strip(" \t\r")
    start = line.find(core)
    return line[:start] + mend_line(core) + line[start + len(core) :]


def _is_same(before: Node | None, after: str) -> bool:
    try:
        return _flat(before) == _flat(_compose(after))
    except YAMLError:
        return False


def _flat(tree: Node | None) -> list[tuple[str, Any]]:
    """Return every value of a tree in order; those shown, without what mending may change."""
    shown = {id(node) for node in _shown(tree)}
    flat: list[tuple[str, Any]] = []
    stack: list[Any] = [tree]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            stack += [one for pair in node.value for one in pair]
        elif isinstance(node, SequenceNode):
            stack += node.value
        value = node.value if isinstance(node, ScalarNode) else len(node.value) if node else 0
        if id(node) in shown:
            value = str(value).translate(_ONLY_SPACES_AND_APOSTROPHES)
        flat.append((node.tag if node else "", value))
    return flat
