"""One trial: train a pipeline on a folder, read messages with it, write down what it made of them.

`python -m bot.evaluation.trial FOLDER`, a process of its own, so that the times and the memory of
one pipeline owe nothing to another. FOLDER holds config.yml, domain.yml, nlu.yml and messages.json;
result.json is written there.
"""

import asyncio
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Tuple

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")

_WARM_UP = 20  # messages read before the clock starts
_NO_INTENT = "nlu_fallback"


class Reading(NamedTuple):
    """What a pipeline made of one message.

    `top` and `label` are its likeliest intent and full intent, `confidence` that of `top`, whether
    or not it dared to say so: `fell_back` tells. `milliseconds` is the time it took.
    """

    top: str
    label: str
    confidence: float
    fell_back: bool
    milliseconds: float


class Result(NamedTuple):
    """A trial's figures. Times in seconds and milliseconds, sizes in megabytes (10^6 bytes)."""

    readings: List[Reading]
    training_seconds: float
    model_megabytes: float
    peak_megabytes: float


def read_parse(parsed: Dict[str, Any], milliseconds: float) -> Reading:
    """The reading in Rasa's own output, with or without a ResponseSelector of Rasa's."""
    fell_back = parsed["intent"].get("name") == _NO_INTENT
    named = [one for one in parsed.get("intent_ranking") or [] if one["name"] != _NO_INTENT]
    best = named[0] if named else {"name": "", "confidence": 0.0}
    selected = parsed.get("response_selector") or {}
    own = selected.get(best["name"]) or selected.get("default") or {}
    keys = [one["intent_response_key"] for one in own.get("ranking") or []]
    label = next((key for key in keys if key.split("/")[0] == best["name"]), best["name"])
    return Reading(best["name"], label, float(best["confidence"]), fell_back, milliseconds)


def train(folder: Path) -> Tuple[Path, float]:
    """The model of a folder and the seconds that training took (imports left out)."""
    from rasa.model_training import train_nlu

    started = time.perf_counter()
    model = train_nlu(
        str(folder / "config.yml"),
        str(folder / "nlu.yml"),
        str(folder),
        fixed_model_name="model",
        domain=str(folder / "domain.yml"),
    )
    if model is None:
        raise SystemExit(f"no model came out of {folder}")
    return Path(model), time.perf_counter() - started


async def read(model: Path, messages: List[str]) -> List[Reading]:
    """Read each message, one after the other, as Rasa's server does."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    for message in messages[:_WARM_UP]:
        await agent.parse_message(message)
    readings = []
    for message in messages:
        started = time.perf_counter()
        parsed = await agent.parse_message(message)
        readings.append(read_parse(parsed, (time.perf_counter() - started) * 1000))
    return readings


def main(folder: Path) -> None:
    """Run the trial of a folder."""
    model, seconds = train(folder)
    messages = json.loads((folder / "messages.json").read_text("utf-8"))
    readings = asyncio.run(read(model, messages))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    result = Result(readings, seconds, model.stat().st_size / 1e6, peak)
    (folder / "result.json").write_text(json.dumps(result), "utf-8")


def read_result(folder: Path) -> Result:
    """What the trial of a folder wrote down."""
    readings, seconds, size, peak = json.loads((folder / "result.json").read_text("utf-8"))
    return Result([Reading(*one) for one in readings], seconds, size, peak)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
