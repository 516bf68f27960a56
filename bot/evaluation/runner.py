"""Run trials in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, Sequence

from bot.evaluation.corpus import Corpus, write_trial
from bot.evaluation.trial import Result, read_result

_LONGEST = 4 * 3600  # seconds: a pipeline that takes longer than that is of no use to anybody


def run_trial(
    folder: Path, pipeline: Dict[str, Any], learnt: Corpus, questions: Sequence[str]
) -> Result:
    """Train a pipeline on a corpus and read questions with it.

    Raises `SystemExit` with the end of what the process printed when it failed or took too long.
    """
    write_trial(folder, pipeline, learnt, questions)
    log = folder / "log.txt"
    with log.open("w") as output:
        try:
            done = subprocess.run(  # noqa: S603, our own module with a folder of our own
                [sys.executable, "-m", "bot.evaluation.trial", str(folder)],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "LOG_LEVEL": "ERROR"},
                timeout=_LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SystemExit(f"trial {folder.name} took more than {_LONGEST} s") from error
    if done.returncode:
        raise SystemExit(f"trial {folder.name} failed:\n{log.read_text()[-2000:]}")
    return read_result(folder)
