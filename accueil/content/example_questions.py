"""Read the ways of asking for each written answer, the examples of Rasa's training data."""

from pathlib import Path

from ruamel.yaml import YAML


def read_example_questions(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the example questions of each answer, ``theme/fiche``, of ``data/nlu``."""
    questions: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yml")):
        content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}
        for item in content.get("nlu") or ():
            name = item.get("intent", "")
            if "/" in name:
                lines = item["examples"].strip().splitlines()
                questions[name] = tuple(line.strip().removeprefix("-").strip() for line in lines)
    return questions
