"""One YAML file, read so that every value keeps its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import LiteralScalarString

from accueil.content.problem import Place, Problem, quoted
from accueil.content.yaml_faults import impossible_day, yaml_fault


class UnreadableFile(Exception):
    """The file is no YAML; ``problem`` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class YamlFile:
    """The tree of a file, and the places of its values. Raises ``UnreadableFile``."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.source: list[str] = []
        self.tree = self._load(path)

    def place(self, node: Any = None, key: Any = None) -> Place:
        """Return where a key of a mapping, or an item of a list, begins; line 1 by default."""
        if isinstance(node, CommentedMap | CommentedSeq) and key in (node.lc.data or {}):
            return Place(self.name, node.lc.data[key][0] + 1)
        if isinstance(node, CommentedMap | CommentedSeq) and key is None:
            return Place(self.name, node.lc.line + 1)
        return Place(self.name, 1)

    def lines(self, node: CommentedMap, key: str) -> Iterator[tuple[str, Place]]:
        """Yield the lines of a text with their places; a folded text has the place of its start."""
        text = str(node[key])
        first = node.lc.data[key][2] + 1
        is_block = isinstance(node[key], LiteralScalarString)
        for offset, line in enumerate(text.split("\n")):
            yield line, Place(self.name, first + 1 + offset if is_block else first)

    def mappings(self, node: Any, key: str) -> Iterator[CommentedMap]:
        """Yield the mappings of a list under a key; whatever else is there is a problem."""
        if not isinstance(node, CommentedMap) or node.get(key) is None:
            return
        items = node[key]
        if not isinstance(items, CommentedSeq):
            self.refuse(self.place(node, key), f"{quoted(key)} n’est pas une liste.")
            return
        for index, item in enumerate(items):
            if isinstance(item, CommentedMap):
                yield item
            else:
                self.refuse(self.place(items, index), f"Élément inattendu dans {quoted(key)}.")

    def text(self, node: CommentedMap, key: str, owner: str) -> str:
        """Return a text under a key; its absence is a problem and gives an empty text."""
        value = node.get(key)
        if isinstance(value, str) and value.strip():
            return value
        where = self.place(node, key if key in node else None)
        self.refuse(where, f"Il manque le texte {quoted(key)} de {owner}.")
        return ""

    def refuse(self, place: Place, reason: str) -> None:
        """Note a structure that is not the expected one."""
        remedy = "Comparez avec une fiche voisine qui fonctionne."
        self.problems.append(Problem(place, reason, remedy))

    def _load(self, path: Path) -> Any:
        try:
            text = path.read_text(encoding="utf-8")
            self.source = text.splitlines()
            return YAML(typ="rt", pure=True).load(text)
        except FileNotFoundError:
            raise self._unreadable(0, "Le fichier est absent.", "Remettez-le en place.") from None
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n")
            reason = "Le fichier n’est pas enregistré en UTF-8."
            raise self._unreadable(line, reason, "Enregistrez-le à nouveau en UTF-8.") from None
        except YAMLError as error:
            raise self._unreadable(*yaml_fault(error, text)) from None
        except ValueError:
            # ruamel makes dates of what looks like one, whether it exists or not.
            raise self._unreadable(*impossible_day(text)) from None

    def _unreadable(self, line: int, reason: str, remedy: str) -> UnreadableFile:
        return UnreadableFile(Problem(Place(self.name, line + 1), reason, remedy))
