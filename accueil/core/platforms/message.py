"""What leaves for a messaging app, and what each app can show."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an app shows, in characters and numbers.

    ``text_limit``: of a message; ``choices_text_limit``: of a message with buttons.
    ``most_choices`` buttons at most, each with a title of ``longest_title`` at most.
    ``only_last_choices``: the next message takes the buttons of the former away.
    """

    text_limit: int
    choices_text_limit: int
    most_choices: int
    longest_title: int
    only_last_choices: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what is read on it, and the token that comes back when it is pressed."""

    title: str
    token: str


@dataclass(frozen=True, slots=True)
class Template:
    """A message approved beforehand by the provider; ``values`` fill its blanks, in order."""

    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlatformMessage:
    """One message, already within the app's abilities.

    ``reference`` (at most 32 letters and digits) names it for us: the provider hands it back where
    it can. ``template`` is sent instead when the app's 24-hour window is closed.
    """

    text: str = field(repr=False)
    reference: str
    choices: tuple[Choice, ...] = ()
    template: Template | None = field(default=None, repr=False)
