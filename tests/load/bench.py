"""``make bench``: throughput and response times. It measures and asserts nothing.

Figures and how to read them: ``docs/benchmarks.md``.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

from tests.load.measure import TURNS, Side, measure, straight_to_rasa, through_chat
from tests.load.slots import COUNSELLORS, milliseconds
from tests.stack import running_stack, trained_model

NBSP = "\u00a0"


LIMIT_SECONDS = 57
"""Of everything, the start of Rasa included: an alarm ends whatever still runs."""


def main() -> int:
    """Run everything; 1 when nothing could be measured."""
    options = _options()
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(LIMIT_SECONDS)
    try:
        return _run(options, time.monotonic())
    except TimeoutError:
        sys.stderr.write(
            f"Arrêté au bout de {LIMIT_SECONDS} s{NBSP}: la machine est trop chargée.\n"
        )
        return 1
    finally:
        signal.alarm(0)


def _run(options: argparse.Namespace, started: float) -> int:
    model = trained_model()
    if not model.exists():
        sys.stderr.write(f"Aucun modèle ne correspond au contenu{NBSP}: lancez make train.\n")
        return 1
    _print_slots()
    with (
        tempfile.TemporaryDirectory(prefix="accueil-bench-") as folder,
        running_stack(Path(folder), model) as stack,
    ):
        rasa = f"http://127.0.0.1:{stack.environment['ACCUEIL_RASA_PORT']}"
        chat = through_chat(stack.url)
        direct = straight_to_rasa(rasa, stack.environment["ACCUEIL_RASA_SECRET"])
        left = LIMIT_SECONDS - 5 - (time.monotonic() - started)  # five to stop and to print
        seconds = min(options.seconds, left / 2)
        complete = asyncio.run(measure([chat, direct], options.users, options.rounds, seconds))
    if not (len(chat.turns) > 1 and len(direct.turns) > 1):
        raise TimeoutError
    _print_conversations(chat, direct, options.users)
    if not complete:
        _say("  (arrêté par la limite de temps avant la dernière série)")
    return 0


def _give_up(_number: int, _frame: object) -> NoReturn:
    raise TimeoutError


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--users", type=_count, default=4, help="conversations en parallèle")
    parser.add_argument("--rounds", type=_count, default=6, help="séries de chaque côté")
    parser.add_argument("--seconds", type=_count, default=15, help="aucune série ne commence après")
    return parser.parse_args()


def _count(text: str) -> int:
    """Return a whole number between 1 and 50. Raises ``ValueError``."""
    number = int(text)
    if not 1 <= number <= 50:
        raise ValueError(text)
    return number


def _print_slots() -> None:
    _say(f"Créneaux d’un site, {COUNSELLORS} conseillers, 8 semaines")
    for a_day, agenda in ((0, "agendas vides"), (4, "4 rendez-vous par jour et par conseiller")):
        spent, found = milliseconds(a_day)
        _say(f"  {agenda}{NBSP}: {_french(spent)} ms (médiane de 10), {found} débuts libres")


def _print_conversations(chat: Side, direct: Side, users: int) -> None:
    _say(f"Conversations de {len(TURNS)} messages, {users} en parallèle")
    for side in (chat, direct):
        _say(
            f"  {side.name:<9} {len(side.turns):>5} messages  {_french(side.rate()):>6} messages/s"
            f"  médiane {_french(side.median() * 1000):>7} ms"
            f"  p95 {_french(side.p95() * 1000):>7} ms"
        )
    _say(
        f"  rapport   débit {_french(chat.rate() / direct.rate(), 2)}"
        f", médiane {_french(chat.median() / direct.median(), 2)}"
        f", p95 {_french(chat.p95() / direct.p95(), 2)}"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _french(number: float, digits: int = 1) -> str:
    return f"{number:.{digits}f}".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main())
