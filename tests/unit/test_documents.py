"""Documents and code say the same: settings, commands, links, names of the glossary."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\bACCUEIL_[A-Z]+(?:_[A-Z]+)*\b")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE_SPAN = re.compile(r"`([^`]+)`")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
ROOMS = ("accueil", "actions", "bot", "scripts")


def files_of(folders: tuple[str, ...], pattern: str) -> list[Path]:
    """The project's own files: what installing, training and testing make is left out."""
    made = {".venv", "__pycache__"}
    found = [path for folder in folders for path in (ROOT / folder).rglob(pattern)]
    return sorted(path for path in found if not made & set(path.parts))


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *files_of(("docs", "data", "models"), "*.md")]


def prose(path: Path) -> str:
    """The text without its code blocks."""
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)


def variables_in(text: str) -> set[str]:
    return set(VARIABLE.findall(text))


@cache
def variables_of_code() -> set[str]:
    paths = [*files_of(ROOMS, "*.py"), ROOT / "tests" / "no_skip.py", ROOT / "endpoints.yml"]
    tests_of_bot = ROOT / "bot" / "tests"
    read = [path for path in paths if tests_of_bot not in path.parents]
    return set().union(*(variables_in(path.read_text(encoding="utf-8")) for path in read))


def settings_section(document: str) -> str:
    return (
        (ROOT / document).read_text(encoding="utf-8").split("\n## Settings\n")[1].split("\n## ")[0]
    )


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md"])
def test_every_variable_is_in_the_settings_of(document: str) -> None:
    assert variables_of_code() - variables_in(settings_section(document)) == set()


def test_documents_name_no_variable_that_nothing_reads() -> None:
    named = {path.name: variables_in(path.read_text(encoding="utf-8")) for path in documents()}
    unknown = {name: found - variables_of_code() for name, found in named.items()}
    assert {name: found for name, found in unknown.items() if found} == {}


def test_every_make_target_is_in_the_readme_and_in_make_help() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    told = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, check=True)
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert phony is not None
    assert targets == set(phony[1].split())
    assert set(re.findall(r"^\s*make (\w+)", told.stdout.decode(), re.MULTILINE)) == targets
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `make (\w+)` \|", readme, re.MULTILINE)) == targets


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    broken = [link for link in LINK.findall(prose(document)) if not leads_somewhere(document, link)]
    assert broken == []


def leads_somewhere(document: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    path, _, anchor = link.partition("#")
    target = (document.parent / path) if path else document
    if not target.exists() or ROOT not in target.resolve().parents:
        return False
    return not anchor or anchor in anchors_of(target)


def anchors_of(document: Path) -> set[str]:
    """The anchors that a forge gives to headings."""
    titles = re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def glossary_names() -> list[str]:
    rows = re.findall(r"^\|(.+)\|$", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.M)
    return [name for row in rows[2:] for name in CODE_SPAN.findall(row.split("|")[1])]


@cache
def words_of_code() -> frozenset[str]:
    paths = [*files_of(("accueil", "actions"), "*.py"), ROOT / "domain.yml"]
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


def test_the_glossary_has_names() -> None:
    assert len(glossary_names()) > 40


@pytest.mark.parametrize("name", glossary_names())
def test_every_name_of_the_glossary_is_in_the_code(name: str) -> None:
    assert name in words_of_code()


def test_every_decision_is_numbered_and_listed() -> None:
    pages = sorted(path.name for path in (ROOT / "docs/adr").glob("*.md"))
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    listed = (ROOT / "docs/adr" / pages[0]).read_text(encoding="utf-8")
    assert [name for name in pages[1:] if f"({name})" not in listed] == []


@pytest.mark.parametrize(
    "name", ["conseiller.md", "editeur.md", "exploitant.md", "integrer.md", "messageries.md"]
)
def test_guides_follow_french_typography(name: str) -> None:
    text = CODE_SPAN.sub("", prose(ROOT / "docs" / "guides" / name))
    assert re.findall(r".{0,20}(?: [?!;:»]|« |\w'\w).{0,20}", text) == []
