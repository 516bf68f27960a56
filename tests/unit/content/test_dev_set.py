"""The questions that measure the classifier: enough, well labelled, and none it was trained on."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest

from accueil.content.check_examples import example_key
from accueil.content.check_names import is_theme_fiche
from accueil.content.project import Project, read_project
from accueil.settings import ROOT

DEV = ROOT / "tests" / "nlu" / "dev.tsv"
SHARED = ROOT.parent / "shared" / "cases" / "phrases.tsv"
FEWEST_LINES = 400
FEWEST_OF_A_FICHE = 3
FEWEST_WORDS = 4
"""Shorter texts share most of their words by chance."""


class Trained:
    """The training examples, found by their words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.keys = {example_key(text): text for text in texts}
        self.having: defaultdict[str, list[str]] = defaultdict(list)
        for key in self.keys:
            for word in set(key.split()):
                self.having[word].append(key)

    def near_copy_of(self, text: str) -> str | None:
        """Return an example with the same words, or with four fifths of all words in common."""
        key = example_key(text)
        if key in self.keys or len(key.split()) < FEWEST_WORDS:
            return self.keys.get(key)
        words = set(key.split())
        # At most a fifth of its words may be its own: among one more than that, one is shared.
        # The rarest words have the fewest examples to look at.
        rarest = sorted(words, key=lambda word: (len(self.having.get(word, ())), word))
        for word in rarest[: len(words) // 5 + 1]:
            for other in self.having.get(word, ()):
                theirs = set(other.split())
                if 5 * len(words & theirs) >= 4 * len(words | theirs):
                    return self.keys[other]
        return None


@pytest.fixture(scope="module")
def project() -> Project:
    return read_project(ROOT)


@pytest.fixture(scope="module")
def trained(project: Project) -> Trained:
    return Trained(one.text for intent in project.intents for one in intent.examples)


@pytest.fixture(scope="module")
def lines() -> list[tuple[str, str, str]]:
    with DEV.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert header == ["text", "label", "style"]
    return [(text, label, style) for text, label, style in rows]


def test_there_are_enough_lines_and_none_is_there_twice(lines):
    keys = Counter(example_key(text) for text, _, _ in lines)
    assert [key for key, times in keys.items() if times > 1] == []
    assert len(keys) >= FEWEST_LINES


def test_every_label_is_one_that_the_classifier_learns(lines, project):
    names = {intent.name for intent in project.intents}
    assert [(text, label) for text, label, _ in lines if label not in names] == []


def test_every_fiche_of_the_themes_is_asked(lines, project):
    asked = Counter(label for _, label, _ in lines)
    fiches = {intent.name for intent in project.intents if is_theme_fiche(intent.name)}
    assert fiches
    assert sorted(name for name in fiches if asked[name] < FEWEST_OF_A_FICHE) == []


def test_no_line_is_nearly_a_training_example(lines, trained):
    copies = [(text, near) for text, _, _ in lines if (near := trained.near_copy_of(text))]
    assert copies == []


@pytest.mark.skipif(not SHARED.exists(), reason="shared/ absent: no phrases to compare with")
def test_no_line_is_one_of_the_shared_phrases(lines):
    with SHARED.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    phrases = {example_key(row[0]) for row in rows if row}
    assert phrases
    assert [text for text, _, _ in lines if example_key(text) in phrases] == []


@pytest.mark.parametrize(
    ("text", "is_near"),
    [
        ("c'est quoi, VISALE ?", True),
        ("visale c'est quoi", True),
        ("visale c quoi", False),
        ("le garant de mon studio", True),
        ("le garant de mon appart", False),
        ("mon tout premier studio de garant le", False),
        ("le garant mon studio", True),
        ("de mon studio le garant de mon studio à", True),
        ("de mon studio le garant de mon studio à moi", False),
        ("garant studio", False),
        ("GARANT !", True),
        ("un deux trois quatre cinq", False),
    ],
)
def test_how_near_a_copy_is(text, is_near):
    trained = Trained(["C'est quoi Visale ?", "le garant de mon studio", "Garant"])
    assert (trained.near_copy_of(text) is not None) is is_near
