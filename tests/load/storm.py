"""A storm of webhooks: in random order, each twice, while the application is killed and restarted.

``.venv/bin/python -m tests.load.storm --messages 1000 --kills 20`` does so for each messaging app
and prints how many messages were answered once, never, and more than once.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from accueil.bootstrap import Application
from accueil.core.platforms import Platform
from accueil.persistence.migrate import migrate
from accueil.settings import read_settings
from tests.load.echo_engine import running_echo
from tests.load.kills import Child

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # the providers find each other by their bare names

from platform_apps import connect, environment_of, is_waiting, platform_servers  # noqa: E402
from platform_provider import PlatformServer  # noqa: E402
from stack import free_port  # noqa: E402

MESSAGES_OF_A_PERSON = 10
_SENDERS = 8
_ANSWER = re.compile(r"Réponse : question n(\d+)x")
"""Not a number alone: 115 or 119 would be read as a call for help."""
_QUIET_SECONDS = 180.0

type Webhook = dict[str, Any] | bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the messages of one storm."""

    platform: Platform
    messages: int
    kills: int
    once: int
    never: int
    twice: int
    seconds: float
    lost: tuple[int, ...] = ()
    """The messages that were never answered."""


def storm(platform: Platform, messages: int, kills: int, seed: int, gap: float = 2.0) -> Report:
    """Send every message twice, in random order, under kills; return what was answered."""
    chance = random.Random(seed)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="accueil-storm-")))
        servers = stack.enter_context(platform_servers())
        engine = stack.enter_context(running_echo())
        environment = _environment(folder, engine, environment_of(servers))
        application = Application(read_settings(environment))
        stack.callback(application.engine.dispose)
        migrate(application.engine)
        child = Child([str(Path(sys.executable).with_name("accueil")), "serve"], environment)
        child.start()
        stack.callback(child.kill)
        url = f"http://127.0.0.1:{environment['ACCUEIL_PORT']}"
        _wait_until_up(url)
        connect(servers, url)
        server = servers[platform]
        begun = time.monotonic()
        _rage(server, platform, messages, chance, child, kills, gap)
        _wait_until_quiet(application, server)
        elapsed = time.monotonic() - begun
        return _judge(server, platform, messages, kills, elapsed)


def _rage(
    server: PlatformServer,
    platform: Platform,
    messages: int,
    chance: random.Random,
    child: Child,
    kills: int,
    gap: float,
) -> None:
    webhooks = _webhooks(server, platform, messages) * 2
    chance.shuffle(webhooks)
    with ThreadPoolExecutor(_SENDERS + 1) as threads:
        for one in webhooks:
            threads.submit(_post, server, platform, one)
        for _ in range(kills):
            time.sleep(chance.uniform(0.2, gap))  # at any moment: that is the point
            child.kill()
            child.start()
            threads.submit(server.redeliver)  # providers do not wait for the storm to be over


def _webhooks(server: Any, platform: Platform, messages: int) -> list[Webhook]:
    """Return one signed request a message, in the order in which they were written."""
    made: list[Webhook] = []
    for number in range(messages):
        sender = server.person(3000 + number // MESSAGES_OF_A_PERSON).address
        text = f"question n{number:04d}x"
        if platform is Platform.TELEGRAM:
            made.append(server.updates.message(int(sender), text=text))
        else:
            made.append(json.dumps(server.batch([server.text(sender, text)])).encode())
    return made


def _post(server: Any, platform: Platform, webhook: Webhook) -> None:
    if platform is Platform.TELEGRAM:
        server.deliver(webhook)
    else:
        server.post(webhook)


def _wait_until_up(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health", trust_env=False).is_success:
                return
        time.sleep(0.1)  # a process is starting
    raise TimeoutError("the application does not start")


def _wait_until_quiet(application: Application, server: Any) -> None:
    """Let the provider send again what was refused, until everything is answered and sent."""
    deadline = time.monotonic() + _QUIET_SECONDS
    while time.monotonic() < deadline:
        server.redeliver()
        if not server.undelivered and not is_waiting(application):
            return
        time.sleep(0.5)  # another process is answering
    raise TimeoutError("messages still wait")


def _judge(
    server: PlatformServer, platform: Platform, messages: int, kills: int, seconds: float
) -> Report:
    found = (_ANSWER.search(message.text) for message in server.sent)
    times = Counter(int(match[1]) for match in found if match)
    answered = Counter(times[number] for number in range(messages))
    twice = sum(count for often, count in answered.items() if often > 1)
    lost = tuple(number for number in range(messages) if not times[number])
    return Report(platform, messages, kills, answered[1], len(lost), twice, seconds, lost)


def _environment(folder: Path, engine: str, platforms: dict[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        **platforms,
        "ACCUEIL_FOLDER": str(folder),
        "ACCUEIL_PORT": str(free_port()),
        "ACCUEIL_ACTIONS_PORT": str(free_port()),
        "ACCUEIL_RASA_URL": engine,
        "ACCUEIL_RASA_SECRET": "storm",
        "ACCUEIL_SECRET_KEY": "k" * 40,
    }


def main() -> None:
    """Print one line for each app."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.stdout.write("| app | messages | kills | once | never | twice | seconds |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for platform in Platform:
        one = storm(platform, given.messages, given.kills, given.seed)
        sys.stdout.write(
            f"| {platform} | {one.messages} | {one.kills} | {one.once} | {one.never} | "
            f"{one.twice} | {one.seconds:.0f} |\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
