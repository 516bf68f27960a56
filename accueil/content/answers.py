"""Read the written answers (fiches) out of Rasa's YAML."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from accueil.services.chat.offline import Answer


def read_answers(folder: Path) -> tuple[Answer, ...]:
    """Return every answer of ``data/nlu`` that has a source, in file order."""
    return tuple(answer for path in sorted(folder.glob("*.yml")) for answer in _answers_of(path))


def _answers_of(path: Path) -> Iterator[Answer]:
    content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    titles = {item["intent"]: _first_example(item["examples"]) for item in content.get("nlu", ())}
    for name, variants in (content.get("responses") or {}).items():
        key = name.removeprefix("utter_")
        variant: dict[str, Any] = variants[0]
        if "/" in key and variant.get("custom"):
            yield Answer(key, titles.get(key, key), variant["text"], variant["custom"])


def _first_example(examples: str) -> str:
    return examples.strip().splitlines()[0].removeprefix("-").strip()
