"""What a trial learns and what it is asked: folds, tables, files."""

import random
from collections import Counter
from pathlib import Path
from typing import Dict, List

import pytest

from bot.evaluation.corpus import Asked, Corpus, folds, read_corpus, read_labelled, write_trial
from bot.tests.conftest import RETRIEVAL


def messages(counts: Dict[str, int]) -> List[Asked]:
    made = [Asked(f"{label} {n}", label) for label, count in counts.items() for n in range(count)]
    random.Random(3).shuffle(made)
    return made


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_folds_cover_every_message_once(count: int) -> None:
    made = messages({"a": 7, "b/c": 12, "b/d": 5, "e": 1})
    parts = folds(made, count, 1)
    assert len(parts) == count
    assert sorted(place for part in parts for place in part) == list(range(25))


def test_every_fold_has_its_share_of_every_label_that_has_enough() -> None:
    made = messages({"a": 7, "b/c": 12, "b/d": 3, "e": 1})
    for part in folds(made, 3, 1):
        labels = Counter(made[place].label for place in part)
        assert labels["a"] in (2, 3)
        assert labels["b/c"] == 4
        assert labels["b/d"] == 1
        assert labels["e"] in (0, 1)


def test_folds_can_be_repeated_and_change_with_the_seed() -> None:
    made = messages({"a": 20, "b": 20})
    assert folds(made, 4, 1) == folds(made, 4, 1)
    assert folds(made, 4, 1) != folds(made, 4, 2)
    assert folds([], 2, 1) == [[], []]


# Corpora


def test_labelled_messages_of_a_table(tmp_path: Path) -> None:
    table = tmp_path / "dev.tsv"
    table.write_text('text\tlabel\tstyle\nun "fjt\tlogement/foyer\tsms\nslt\tsalutation\n', "utf-8")
    assert read_labelled(table) == [
        Asked('un "fjt', "logement/foyer", "sms"),
        Asked("slt", "salutation", ""),
    ]
    assert [one.top for one in read_labelled(table)] == ["logement", "salutation"]


def test_a_trial_learns_what_the_corpus_holds(tmp_path: Path) -> None:
    source = tmp_path / "nlu.yml"
    source.write_text(RETRIEVAL, "utf-8")
    read = read_corpus(source)
    assert len(read.messages) == 20
    assert Asked("c'est quoi un fjt", "logement/foyer") in read.messages
    odd = Asked("- #à : \n 'oui' \"non\"", "salutation")
    kept = [one for one in read.messages if one.label != "logement/apl"]
    corpus = Corpus([*kept, odd], read.responses)
    write_trial(tmp_path / "trial", {"language": "fr"}, corpus, ["é ?", "b"])
    again = read_corpus(tmp_path / "trial" / "nlu.yml")
    spaced = [Asked(" ".join(one.text.split()), one.label) for one in corpus.messages]
    assert Counter(again.messages) == Counter(spaced)
    domain = (tmp_path / "trial" / "domain.yml").read_text("utf-8")
    assert "utter_logement/foyer" in domain
    assert "utter_logement/apl" not in domain
