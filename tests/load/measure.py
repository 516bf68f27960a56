"""Send the same conversations through the chat interface and straight to Rasa, and time each turn.

Both sides are measured in one run, a round of one after a round of the other, so that what else
the machine does weighs on both.
"""

import asyncio
import secrets
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import httpx

TURNS = (
    "bonjour",
    "c'est quoi une mission locale ?",
    "j'arrive plus à payer mon loyer",
    "je voudrais un rendez-vous",
    "j'habite à Roubaix",
    "jeudi vers 10h",
    "c'est gratuit ?",
    "laisse tomber",
)
"""A greeting, two questions, a booking up to its last step, a digression, a change of mind."""
TIMEOUT_SECONDS = 30.0

Say = Callable[[str], Awaitable[None]]
Conversation = Callable[[httpx.AsyncClient], Awaitable[Say]]


@dataclass
class Side:
    """One way in: how a conversation starts there, and what was measured. Times in seconds."""

    name: str
    begin: Conversation
    turns: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    def rate(self) -> float:
        """Return messages answered per second, opening of conversations included."""
        return len(self.turns) / self.elapsed

    def median(self) -> float:
        """Return the median time of a turn."""
        return statistics.median(self.turns)

    def p95(self) -> float:
        """Return the time within which 95 turns in a hundred were answered."""
        return statistics.quantiles(self.turns, n=100, method="inclusive")[94]


def through_chat(url: str) -> Side:
    """Return the public interface: safety, contacts, storage, then Rasa and its actions."""

    async def begin(client: httpx.AsyncClient) -> Say:
        opened = (await client.post(f"{url}/api/chat/sessions")).raise_for_status().json()
        headers = {"Authorization": f"Bearer {opened['token']}"}

        async def say(text: str) -> None:
            answer = await client.post(
                f"{url}/api/chat/messages", json={"text": text}, headers=headers
            )
            _require(answer.raise_for_status().json()["messages"], text)

        return say

    return Side("/api/chat", begin)


def straight_to_rasa(url: str, secret: str) -> Side:
    """Return Rasa's loopback channel, without the application in front; its actions still run."""
    webhook = f"{url}/webhooks/accueil/webhook"

    async def begin(client: httpx.AsyncClient) -> Say:
        sender = secrets.token_hex(16)
        headers = {"X-Accueil-Secret": secret}

        async def say(text: str) -> None:
            body = {"sender": sender, "message": text}
            answer = await client.post(webhook, json=body, headers=headers)
            _require(answer.raise_for_status().json(), text)

        return say

    return Side("Rasa", begin)


async def measure(sides: Sequence[Side], users: int, rounds: int, seconds: float) -> bool:
    """Run rounds of ``users`` parallel conversations on each side in turn, one warm-up first.

    No round begins after ``seconds``; one under way is given up at twice that time. Return whether
    every round was run. Raises ``httpx.HTTPError``, and ``ValueError`` on an empty answer.
    """
    started = time.monotonic()
    limits = httpx.Limits(max_connections=users)
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, limits=limits, trust_env=False) as client:
        try:
            async with asyncio.timeout(2 * seconds):
                for side in sides:
                    await _converse(client, Side(side.name, side.begin))
                for number in range(rounds):
                    if time.monotonic() - started > seconds:
                        return False
                    # Who goes first changes: neither always meets what the other left to do.
                    for side in sides if number % 2 == 0 else reversed(sides):
                        await _round(client, side, users)
        except TimeoutError:
            return False
    return True


async def _round(client: httpx.AsyncClient, side: Side, users: int) -> None:
    begun = time.monotonic()
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(users):
                group.create_task(_converse(client, side))
    finally:
        side.elapsed += time.monotonic() - begun


async def _converse(client: httpx.AsyncClient, side: Side) -> None:
    say = await side.begin(client)
    for text in TURNS:
        begun = time.monotonic()
        await say(text)
        side.turns.append(time.monotonic() - begun)


def _require(messages: object, text: str) -> None:
    if not messages:
        raise ValueError(f"no answer to: {text}")
