"""What every action shares: one turn of a conversation, and never a silence."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from accueil.bootstrap import Application
from accueil.core.booking import Discretion
from accueil.core.dates import DateReading, read_dates
from accueil.core.dates.school_zones import school_zone
from accueil.core.discretion import read_discretion
from accueil.core.french import NBSP
from accueil.core.languages import read_language
from accueil.core.person import without_ages

LOG = structlog.get_logger("actions")

APOLOGY = (
    "Désolé, j’ai eu un souci de mon côté et je n’ai pas pu finir. Rien n’a été réservé ni perdu. "
    "Tu peux réécrire ton message."
)
PARIS = ZoneInfo("Europe/Paris")
DISCRETION = {
    Discretion.ORDINARY: "C’est noté, mes messages seront comme d’habitude.",
    Discretion.NEUTRAL: (
        "Compris, quelqu’un peut lire ton téléphone. Mes messages seront discrets"
        f"{NBSP}: «{NBSP}Rendez-vous{NBSP}», le jour et l’heure, sans ton prénom, ni le sujet, ni "
        f"la Mission Locale. Si tu préfères aucun message, dis «{NBSP}aucun message{NBSP}»."
    ),
    Discretion.SILENT: (
        f"Compris{NBSP}: je ne t’enverrai aucun message. Ton code suffira pour retrouver ton "
        "rendez-vous."
    ),
}
"""What is said when somebody else may read the phone."""
FICHE_SURE = 0.35
"""Share of a theme's probability under which its likeliest answer is only proposed."""
MOST_RIVALS = 3


@dataclass(frozen=True, slots=True)
class Request:
    """One of the things a message asks: ``label`` is the intent, or ``theme/fiche``."""

    intent: str
    label: str


@dataclass
class Turn:
    """What was said, what is known, and what will be answered."""

    application: Application
    conversation_id: str
    text: str
    intent: str
    confidence: float
    slots: Mapping[str, Any]
    active_form: str | None
    resumed: bool
    ranking: list[dict[str, Any]]
    fiche: str | None
    requests: tuple[Request, ...] = ()
    fiches: Mapping[str, list[tuple[str, float]]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def second(self) -> Request | None:
        """Return the second request of a message that holds two, when the first is its intent."""
        two = len(self.requests) > 1 and self.requests[0].intent == self.intent
        return self.requests[1] if two else None

    def likeliest_fiche(self, intent: str) -> str:
        """Return the likeliest ``theme/fiche`` of one of the likeliest intents, else nothing."""
        return next((fiche for fiche, _ in self.fiches.get(intent, [])), "")

    def rivals(self) -> list[str]:
        """Return the likeliest fiches of the intent when none of them is clearly the one asked."""
        ranked = self.fiches.get(self.intent, [])
        if not ranked or ranked[0][1] >= FICHE_SURE:
            return [fiche for fiche, _ in ranked[:1]]
        return [fiche for fiche, _ in ranked[:MOST_RIVALS]]

    def slot(self, name: str) -> Any:
        """Return a slot's value, changes of this turn included."""
        return self.changed.get(name, self.slots.get(name))

    def set(self, **values: Any) -> None:
        """Change slots."""
        for name, value in values.items():
            self.changed[name] = value
            self.events.append(SlotSet(name, value))

    def say(
        self,
        text: str,
        buttons: Iterable[tuple[str, str]] = (),
        card: Mapping[str, Any] | None = None,
    ) -> None:
        """Answer. ``buttons`` are (title, payload)."""
        message: dict[str, Any] = {"text": text}
        made = [{"title": title, "payload": payload} for title, payload in buttons]
        if made:
            message["buttons"] = made
        if card is not None:
            message["json_message"] = dict(card)
        self.messages.append(message)

    def respond(self, response: str, card: Mapping[str, Any] | None = None) -> None:
        """Answer with a written response of the domain; ``card`` takes the place of its own."""
        message: dict[str, Any] = {"response": response}
        if card is not None:
            message["json_message"] = dict(card)
        self.messages.append(message)

    def reject_form(self) -> None:
        """Let a rule answer a digression; the form resumes afterwards."""
        self.events.append(ActionExecutionRejected(self.active_form or ""))

    def dates(self, zone: ZoneInfo = PARIS) -> DateReading:
        """Return the days and hours that the message names, in a zone's local time."""
        return self.dates_from(self.now(zone))

    def dates_from(self, now: datetime) -> DateReading:
        """Return the same as said at a local instant; school holidays are the departement's."""
        # "j'aurai 26 ans dans 2 semaines" names no day to come
        text = without_ages(self.text)
        return read_dates(text, now, school_zone(self.slot("departement") or ""))

    def now(self, zone: ZoneInfo = PARIS) -> datetime:
        """Return the local time."""
        return self.application.clock.now().astimezone(zone)


class Skill(Action):
    """An action whose work runs in a thread, and which apologises instead of failing."""

    skill_name = ""

    def __init__(self, application: Application) -> None:
        self.application = application

    def name(self) -> str:
        """Return the name the domain knows."""
        return self.skill_name

    def handle(self, turn: Turn) -> None:
        """Do the work of this action."""
        raise LookupError(f"{self.skill_name} does nothing")

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer Rasa. An error becomes an apology; nothing that was written is logged."""
        turn = read_turn(self.application, tracker)
        try:
            note_language(turn)
            note_discretion(turn)
            await asyncio.to_thread(self.handle, turn)
        except Exception as error:
            LOG.error("action failed", action=self.skill_name, error=type(error).__name__)
            dispatcher.utter_message(text=APOLOGY)
            # A slot event, or a form would take the message for a digression and answer it too.
            return [SlotSet("incompris", 0)]
        for message in turn.messages:
            dispatcher.utter_message(**message)
        return turn.events


def note_language(turn: Turn) -> None:
    """Say once, in the language of the message, that French is what is understood best."""
    language = read_language(turn.text)
    if language is None or turn.slot("langue") == language.code:
        return
    turn.set(langue=language.code)
    turn.say(language.notice)


def note_discretion(turn: Turn) -> None:
    """Keep what is said of messages after an appointment was made, and say that it is kept."""
    asked = read_discretion(turn.text) if turn.active_form is None else None
    booked = turn.application.appointments.future_of(turn.conversation_id) if asked else None
    if asked is None or booked is None or booked.appointment.discretion is asked:
        return
    turn.application.changes.be_discreet(booked.appointment.id, asked)
    turn.set(discretion_dite=asked.value)
    turn.say(DISCRETION[asked])


def read_turn(application: Application, tracker: Tracker) -> Turn:
    """Return the turn that Rasa is asking about."""
    latest = tracker.latest_message or {}
    intent = latest.get("intent") or {}
    name = intent.get("name") or ""
    selected = latest.get("response_selector") or {}
    fiches = {
        intent: [(item["intent_response_key"], float(item["confidence"])) for item in ranking]
        for intent, ranking in (
            (name, one.get("ranking")) for name, one in selected.items() if isinstance(one, dict)
        )
        if ranking
    }
    form = (tracker.active_loop or {}).get("name")
    return Turn(
        application=application,
        conversation_id=tracker.sender_id,
        text=latest.get("text") or "",
        intent=name,
        confidence=float(intent.get("confidence") or 0.0),
        slots=tracker.current_slot_values(),
        active_form=form,
        resumed=_something_ran(tracker.events, form),
        ranking=list(latest.get("intent_ranking") or ()),
        fiche=next((fiche for fiche, _ in fiches.get(name, [])), None),
        fiches=fiches,
        requests=tuple(
            Request(str(one.get("intent")), str(one.get("label")))
            for one in latest.get("requests") or ()
        ),
    )


def _something_ran(events: list[dict[str, Any]], form: str | None) -> bool:
    """Tell whether another action has already answered this message (a digression).

    A form that is not active yet is being started by that action, with the same message to read.
    """
    if form is None:
        return False
    unrelated = ("action_listen", "action_extract_slots", form)
    for event in reversed(events):
        if event.get("event") == "user":
            return False
        ran = event.get("name") if event.get("event") == "action" else None
        if ran and ran not in unrelated:
            return True
    return False
