"""Show what was measured: a table in Markdown, the weakest intents, a picture of confusions."""

import statistics
from collections import Counter
from pathlib import Path
from typing import List, NamedTuple

import numpy as np
from sklearn.metrics import f1_score

from bot.evaluation.corpus import Asked
from bot.evaluation.scores import Scores
from bot.evaluation.trial import Reading, Result

OURS = "Premier Accueil"
HEADER = (
    "| set | noise | pipeline | accuracy | macro F1 | fiche macro F1 | calibration error | "
    "out-of-scope recall | training | parse, median | model | memory |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)
_WEAKEST = 12


class Row(NamedTuple):
    """One exam under one noise."""

    exam: str
    noise: str
    scores: Scores
    results: List[Result]
    asked: List[Asked]
    readings: List[Reading]


def line(pipeline: str, row: Row) -> str:
    """The row in Markdown; times and sizes are means over the rounds of the exam."""
    figures = [f"{value:.3f}" if value == value else "–" for value in row.scores]
    parse = statistics.median(one.milliseconds for one in row.readings)
    seconds = statistics.mean(one.training_seconds for one in row.results)
    size = statistics.mean(one.model_megabytes for one in row.results)
    memory = max(one.peak_megabytes for one in row.results)
    cells = [row.exam, row.noise, pipeline, *figures, f"{seconds:.0f} s", f"{parse:.1f} ms",
             f"{size:.0f} MB", f"{memory:.0f} MB"]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def weakest(row: Row) -> List[str]:
    """The top-level intents with the lowest F1, and what they are taken for."""
    truth, tops = [one.top for one in row.asked], [one.top for one in row.readings]
    names = sorted(set(truth))
    values = f1_score(truth, tops, labels=names, average=None, zero_division=0)
    lines = ["", "Weakest intents:"]
    for value, name in sorted(zip(values, names, strict=True))[:_WEAKEST]:
        taken = Counter(g for t, g in zip(truth, tops, strict=True) if t == name and g != name)
        wrong = ", ".join(f"{other} {count}" for other, count in taken.most_common(4))
        lines.append(f"- {name}: F1 {value:.2f}{'; taken for ' + wrong if wrong else ''}")
    return lines


def draw_confusion(row: Row, path: Path) -> None:
    """Draw which intent each message was taken for: rows are the truth, in shares of the row."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "confusion"
    from matplotlib import pyplot

    names = sorted({one.top for one in row.asked})
    columns = [*names, "other"]
    counts = np.zeros((len(names), len(columns)))
    for asked, reading in zip(row.asked, row.readings, strict=True):
        guess = reading.top if reading.top in names else "other"
        counts[names.index(asked.top), columns.index(guess)] += 1
    shares = counts / counts.sum(axis=1, keepdims=True)
    figure, axes = pyplot.subplots(figsize=(11, 9.5))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(columns)), columns, rotation=60, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("read as")
    axes.set_ylabel("label")
    for place, count in np.ndenumerate(counts):
        if count:
            colour = "white" if shares[place] > 0.5 else "black"
            axes.text(place[1], place[0], int(count), ha="center", va="center", color=colour)
    axes.set_title(f"{row.exam}, {row.noise}")
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
