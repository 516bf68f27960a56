"""Answers without the dialogue engine: the same written answers, by theme, through buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accueil.core.booking import REASONS
from accueil.core.french import NBSP
from accueil.services.chat import wording
from accueil.services.ports import BotMessage
from accueil.services.sites import FoundSite

_PREFIX = "hors-ligne:"


@dataclass(frozen=True, slots=True)
class Answer:
    """One written answer: ``key`` is ``theme/fiche``, ``title`` a question it answers."""

    key: str
    title: str
    text: str
    card: Mapping[str, Any] | None = None

    @property
    def theme(self) -> str:
        """Return the theme's intent name."""
        return self.key.split("/", 1)[0]


class OfflineGuide:
    """Leads from themes to questions to answers while the engine is down."""

    def __init__(
        self, answers: Sequence[Answer], site_named_in: Callable[[str], FoundSite | None]
    ) -> None:
        self._answers = {answer.key: answer for answer in answers}
        self._site_named_in = site_named_in

    def is_mine(self, payload: str) -> bool:
        """Tell whether a button's payload belongs to this guide."""
        return payload.startswith(_PREFIX)

    def reply_to(self, text: str) -> list[BotMessage]:
        """Return the themes, and the phone of the site when the text names a commune."""
        found = self._site_named_in(text)
        if found is None:
            return self.reply()
        line = f"{found.site.name}, {found.site.address}, {found.site.city}{NBSP}: {found.phone()}"
        return [BotMessage(f"{wording.CALL_SITE}\n{line}"), *self.reply()]

    def reply(self, payload: str = "") -> list[BotMessage]:
        """Return the themes, a theme's questions, or an answer, after the payload."""
        key = payload.removeprefix(_PREFIX)
        answer = self._answers.get(key)
        if answer is not None:
            cards = (dict(answer.card),) if answer.card else ()
            return [BotMessage(answer.text, (_button(wording.OTHER_THEME, ""),), cards)]
        questions = [one for one in self._answers.values() if one.theme == key]
        if questions:
            buttons = tuple(_button(one.title, one.key) for one in questions)
            return [BotMessage(wording.OFFLINE_THEME, buttons)]
        themes = {one.theme for one in self._answers.values()}
        buttons = tuple(
            _button(reason.title, code) for code, reason in REASONS.items() if code in themes
        )
        return [BotMessage(wording.OFFLINE, buttons)]


def _button(title: str, key: str) -> dict[str, str]:
    return {"title": title, "payload": _PREFIX + key}
