"""Answers without the dialogue engine: the same written answers, by theme, through buttons."""

from collections.abc import Callable, Sequence

from accueil.core.answers import Answer
from accueil.core.booking import REASONS
from accueil.core.clock import Clock, day_in_france
from accueil.core.french import NBSP
from accueil.services.chat import wording
from accueil.services.ports import BotMessage
from accueil.services.sites import FoundSite

_PREFIX = "hors-ligne:"


class OfflineGuide:
    """Leads from themes to questions to answers while the engine is down."""

    def __init__(
        self,
        answers: Sequence[Answer],
        clock: Clock,
        site_named_in: Callable[[str], FoundSite | None],
    ) -> None:
        self._answers = {answer.key: answer for answer in answers}
        self._clock = clock
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
            variant = answer.for_place({})
            expired = variant.is_expired(day_in_france(self._clock))
            return [
                BotMessage(
                    wording.being_checked(variant.card) if expired else variant.text,
                    (_button(wording.OTHER_THEME, ""),),
                    () if expired else (variant.shown_card(),),
                )
            ]
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
