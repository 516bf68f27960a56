"""The content of a project as the checks read it: intents, answers, and what the rules name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from accueil.content.cuts import cut_values
from accueil.content.problem import Place, Problem, quoted
from accueil.content.yaml_file import UnreadableFile, YamlFile

DOMAIN = "domain.yml"


@dataclass(frozen=True, slots=True)
class Example:
    """One example question."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Intent:
    """An intent, or a fiche (``theme/fiche``), with its examples."""

    name: str
    place: Place
    examples: tuple[Example, ...]

    @property
    def is_fiche(self) -> bool:
        """Tell whether it is ``theme/fiche``."""
        return "/" in self.name


@dataclass(frozen=True, slots=True)
class Button:
    """One button of an answer."""

    title: str
    payload: str
    place: Place


@dataclass(frozen=True, slots=True)
class Precision:
    """What an answer says to one follow-up question; no ``lines`` when it is no text."""

    facet: str
    place: Place
    lines: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The source of an answer. ``places`` are those of its fields."""

    values: Mapping[str, Any]
    place: Place
    places: Mapping[str, Place]
    easy: tuple[tuple[str, Place], ...] = ()
    precisions: tuple[Precision, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """For whom a variant is. ``places`` are those of its fields."""

    values: Mapping[str, Any]
    place: Place
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Answer:
    """One variant of a response; ``lines`` are those of its text."""

    name: str
    text: str
    place: Place
    lines: tuple[tuple[str, Place], ...]
    buttons: tuple[Button, ...]
    card: Card | None
    conditions: tuple[Condition, ...]


@dataclass(slots=True)
class Project:
    """Everything that was read. ``is_whole`` is false when a file could not be."""

    intents: list[Intent] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    declared: dict[str, Place] = field(default_factory=dict)
    declared_at: Place = field(default_factory=lambda: Place(DOMAIN, 1))
    ruled: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = True


def read_project(folder: Path) -> Project:
    """Read ``domain.yml``, ``data/nlu`` and ``data/stories`` of a folder; never raises."""
    project = Project()
    nlu, stories = folder / "data" / "nlu", folder / "data" / "stories"
    paths = [folder / DOMAIN, *sorted(nlu.glob("*.yml")), *sorted(stories.glob("*.yml"))]
    for path in paths:
        try:
            file = YamlFile(path, path.relative_to(folder).as_posix())
        except UnreadableFile as error:
            project.problems.append(error.problem)
            project.is_whole = False
            continue
        if path.parent == stories:
            project.ruled.update(_named_intents(file.tree))
        else:
            _read_content(file, project, is_domain=path.parent == folder)
        project.problems += file.problems
    return project


def _read_content(file: YamlFile, project: Project, *, is_domain: bool) -> None:
    if not isinstance(file.tree, CommentedMap):
        file.refuse(file.place(), "Le fichier est vide ou n’est pas une suite de clés.")
        return
    if is_domain and isinstance(file.tree.get("intents"), CommentedSeq):
        project.declared_at = file.place(file.tree, "intents")
        for index, item in enumerate(file.tree["intents"]):
            name = next(iter(item)) if isinstance(item, CommentedMap) and item else item
            project.declared[str(name)] = file.place(file.tree["intents"], index)
    for item in file.mappings(file.tree, "nlu"):
        name = file.text(item, "intent", "cet élément")
        if name and file.text(item, "examples", quoted(name)):
            project.intents.append(Intent(name, file.place(item), tuple(_examples(file, item))))
    responses = file.tree.get("responses")
    file.problems += cut_values(file, responses)
    for name in responses if isinstance(responses, CommentedMap) else ():
        for variant in file.mappings(responses, name):
            project.answers.append(_answer(file, str(name), variant))


def _examples(file: YamlFile, item: CommentedMap) -> Iterator[Example]:
    for line, place in file.lines(item, "examples"):
        text = line.strip()
        if text.startswith("- "):
            yield Example(text[2:].strip(), place)
        elif text and not text.startswith("#"):
            file.refuse(place, f"Cet exemple ne commence pas par un tiret : {quoted(text)}.")


def _answer(file: YamlFile, name: str, variant: CommentedMap) -> Answer:
    text = file.text(variant, "text", quoted(name))
    lines = tuple(file.lines(variant, "text")) if text else ()
    buttons = tuple(
        Button(
            file.text(button, "title", f"ce bouton de {quoted(name)}"),
            file.text(button, "payload", f"ce bouton de {quoted(name)}"),
            file.place(button, "payload" if "payload" in button else None),
        )
        for button in file.mappings(variant, "buttons")
    )
    conditions = tuple(
        Condition(one, file.place(one), {key: file.place(one, key) for key in one})
        for one in file.mappings(variant, "condition")
    )
    card = _card(file, variant)
    return Answer(name, text, file.place(variant), lines, buttons, card, conditions)


def _card(file: YamlFile, variant: CommentedMap) -> Card | None:
    custom = variant.get("custom")
    if custom is None:
        return None
    place = file.place(variant, "custom")
    if not isinstance(custom, CommentedMap):
        file.refuse(place, "La source (custom) n’est pas une suite de clés.")
        return None
    places = {key: file.place(custom, key) for key in custom}
    precisions = custom.get("precisions")
    told = precisions if isinstance(precisions, CommentedMap) else CommentedMap()
    said = (Precision(str(key), file.place(told, key), _lines(file, told, key)) for key in told)
    return Card(custom, place, places, _lines(file, custom, "easy"), tuple(said))


def _lines(file: YamlFile, node: CommentedMap, key: Any) -> tuple[tuple[str, Place], ...]:
    return tuple(file.lines(node, key)) if isinstance(node.get(key), str) else ()


def _named_intents(tree: Any) -> Iterator[str]:
    """Yield the top-level intents that rules and stories name, at any depth."""
    if isinstance(tree, CommentedMap):
        if isinstance(tree.get("intent"), str):
            yield tree["intent"].split("/", 1)[0]
        for value in tree.values():
            yield from _named_intents(value)
    elif isinstance(tree, CommentedSeq):
        for item in tree:
            yield from _named_intents(item)
