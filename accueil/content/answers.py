"""Read the written answers (fiches) out of Rasa's YAML."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from accueil.core.answers import Answer, Variant


def read_answers(folder: Path) -> tuple[Answer, ...]:
    """Return every answer of ``data/nlu`` that has a source, in file order."""
    return tuple(answer for path in sorted(folder.glob("*.yml")) for answer in _answers_of(path))


def _answers_of(path: Path) -> Iterator[Answer]:
    content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}
    # Rasa's lists also hold synonyms and look-up tables, which are no intents.
    titles = {
        item["intent"]: _first_example(item["examples"])
        for item in content.get("nlu") or ()
        if "intent" in item
    }
    for name, variants in (content.get("responses") or {}).items():
        key = name.removeprefix("utter_")
        if "/" in key and any(variant.get("custom") for variant in variants):
            # Rasa takes a variant without condition only when none with a condition fits.
            yield Answer(key, titles.get(key, key), tuple(_variant(key, one) for one in variants))


def _variant(key: str, content: dict[str, Any]) -> Variant:
    """Return one text; its card says to the application which answer it is the source of."""
    where = {one["name"]: str(one["value"]) for one in content.get("condition") or ()}
    buttons = tuple(dict(one) for one in content.get("buttons") or ())
    custom = content.get("custom")
    card = {**custom, "key": key} if custom else {}
    return Variant(content["text"], buttons, card, where)


def _first_example(examples: str) -> str:
    return examples.strip().splitlines()[0].removeprefix("-").strip()
