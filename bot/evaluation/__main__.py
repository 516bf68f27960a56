"""`python -m bot.evaluation`: the table of docs/benchmarks.md, measured in one run.

Trains the pipeline of `rasa init` (in French) and ours on the same messages, and reads the same
questions with both: a development set that is kept apart, cross-validated training messages, and a
foreign Rasa NLU file when one is given; clean, and spoilt by three kinds of noise. The pipeline of
`rasa init` needs hours on all our messages, so that both learn from a share of them; ours is then
trained on everything as well.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Optional, Sequence

from bot.evaluation import corpus, report
from bot.evaluation.corpus import Asked, Corpus
from bot.evaluation.noise import NOISES, spoil
from bot.evaluation.runner import run_trial
from bot.evaluation.scores import score
from bot.evaluation.trial import Reading, Result

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "tests/nlu/dev.tsv"
EXAMS = ["dev", "cross", "everything"]
_SEED = 20261122


class Exam(NamedTuple):
    """One set of questions, and what to learn from before them: a list of (corpus, asked)."""

    name: str
    rounds: List["Round"]


class Round(NamedTuple):
    """Train on `learnt`, then ask `asked`."""

    learnt: Corpus
    asked: List[Asked]


def cross_validation(name: str, data: Corpus, folds: int) -> Exam:
    """Each message asked of a model that did not see it; `name` says which messages."""
    parts = corpus.folds(data.messages, folds, _SEED)
    rounds = []
    for part in parts:
        held = set(part)
        learnt = [one for place, one in enumerate(data.messages) if place not in held]
        known = {one.label for one in learnt}
        asked = [data.messages[place] for place in part if data.messages[place].label in known]
        rounds.append(Round(Corpus(learnt, data.responses), asked))
    return Exam(f"{folds} folds of {len(data.messages)} {name}", rounds)


def share_of(data: Corpus, share: float) -> Corpus:
    """A part of the messages, the same share of every intent (at least one message)."""
    if share >= 1:
        return data
    kept = corpus.folds(data.messages, max(1, round(1 / share)), _SEED)[0]
    return Corpus([data.messages[place] for place in sorted(kept)], data.responses)


def sit(exam: Exam, pipeline: Dict[str, object], folder: Path) -> Iterator[report.Row]:
    """Run an exam with a pipeline: one row for each noise."""
    asked: List[Asked] = []
    readings: Dict[str, List[Reading]] = {noise: [] for noise in NOISES}
    results: List[Result] = []
    for place, one in enumerate(exam.rounds):
        texts = [message.text for message in one.asked]
        questions = [text for noise in NOISES for text in spoil(texts, noise, _SEED)]
        result = run_trial(folder / str(place), pipeline, one.learnt, questions)
        results.append(result)
        asked += one.asked
        for number, noise in enumerate(NOISES):
            readings[noise] += result.readings[number * len(texts) : (number + 1) * len(texts)]
    for noise in NOISES:
        yield report.Row(exam.name, noise, score(asked, readings[noise]), results, asked,
                         readings[noise])  # fmt: skip


def exams(options: argparse.Namespace, data: Corpus) -> Iterator[Exam]:
    """The exams that both pipelines sit, on the same messages."""
    if "dev" in options.exams:
        part = share_of(data, options.share)
        dev = corpus.read_labelled(DEV)
        yield Exam(f"dev, {len(part.messages)} training messages", [Round(part, dev)])
    if "cross" in options.exams:
        small = share_of(data, options.cross_share)
        yield cross_validation("messages", small, options.folds)
    if options.foreign:
        foreign = corpus.read_corpus(options.foreign)
        yield cross_validation("messages of a foreign file", foreign, options.folds)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument("--exams", nargs="+", choices=EXAMS, default=EXAMS)
    parser.add_argument("--share", type=float, default=0.15, help="part that both learn from")
    parser.add_argument("--cross-share", type=float, default=0.06, help="part cross-validated")
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--foreign", type=Path, help="another Rasa NLU file, in French")
    parser.add_argument("--ours-only", action="store_true", help="leave rasa init's pipeline out")
    parser.add_argument("--picture", type=Path, help="write the confusion of themes there (SVG)")
    options = parser.parse_args(arguments)
    data = corpus.read_corpus(ROOT / "data/nlu")
    pipelines = corpus.pipelines(ROOT)
    names = [report.OURS] if options.ours_only else list(pipelines)
    with tempfile.TemporaryDirectory() as folder:
        print(report.HEADER, flush=True)
        for number, exam in enumerate(exams(options, data)):
            for name in names:
                place = Path(folder, f"{number}-{name.split()[0]}")
                for row in sit(exam, pipelines[name], place):
                    print(report.line(name, row), flush=True)
        if "everything" in options.exams:
            everything = Exam(f"dev, all {len(data.messages)} training messages",
                              [Round(data, corpus.read_labelled(DEV))])  # fmt: skip
            rows = list(sit(everything, pipelines[report.OURS], Path(folder, "all")))
            show_everything(rows, options.picture)
    return 0


def show_everything(rows: Sequence[report.Row], picture: Optional[Path]) -> None:
    """Print what our pipeline makes of the development set with all our messages; draw it."""
    print(*(report.line(report.OURS, row) for row in rows), sep="\n")
    print(*report.weakest(rows[0]), sep="\n", flush=True)
    if picture:
        report.draw_confusion(rows[0], picture)


if __name__ == "__main__":
    sys.exit(main())
