"""Put the layers together: the one place that chooses what stands behind each port."""

import asyncio
from email.utils import parseaddr
from functools import cached_property

from accueil.bootstrap.platforms import Platforms
from accueil.bootstrap.staff import UID_DOMAIN, Staff
from accueil.core.booking import Appointment
from accueil.core.places import PlaceStatus
from accueil.core.territory import Modality
from accueil.gateways.rasa import RasaAssistant
from accueil.persistence.retention_repository import SqlOldRecords
from accueil.services.appointments import AppointmentFinder
from accueil.services.booking import BookingService
from accueil.services.calendar_replies import CalendarReplies
from accueil.services.changes import ChangeService
from accueil.services.chat import ChatService, ChatTransfer, FeedbackDesk
from accueil.services.chat.fill import Filler
from accueil.services.chat.offline import OfflineGuide
from accueil.services.chat.records import ChatRecords
from accueil.services.chat.safety_desk import SafetyDesk
from accueil.services.chat.territory import PageTerritories
from accueil.services.erasure import ErasureService
from accueil.services.first_response import FirstResponse
from accueil.services.group_offers import GroupFinder
from accueil.services.notify import Addresses, FactsReader, MessageWriter, Notifier
from accueil.services.ports import AssistantUnavailable
from accueil.services.retention import Retention
from accueil.services.sites import FoundSite, SiteFinder
from accueil.services.slots import SlotFinder
from accueil.services.sms_answers import SmsAnswers
from accueil.services.sms_safety import SmsSafety
from accueil.services.waiting import WaitingLine
from accueil.services.waiting_list import WaitingListService
from accueil.settings import read_settings

__all__ = ["UID_DOMAIN", "Application", "build"]


class Application(Staff, Platforms):
    """Everything, built when first used. Tests hand over a clock, a post or an assistant."""

    @cached_property
    def booking(self) -> BookingService:
        """Hold and confirm."""
        return BookingService(self.store, self.clock, self.tokens, self.holds)

    @cached_property
    def changes(self) -> ChangeService:
        """Move, cancel, say that one comes."""
        return ChangeService(self.store, self.clock, self.tokens, self.holds)

    @cached_property
    def waiting_list(self) -> WaitingListService:
        """Who waits for a first appointment."""
        return WaitingListService(self.store, self.clock, self.tokens, self.line)

    @cached_property
    def appointments(self) -> AppointmentFinder:
        """Appointments, by link, code or conversation."""
        return AppointmentFinder(self.store, self.clock, self.tokens)

    @cached_property
    def slots(self) -> SlotFinder:
        """Free slots."""
        return SlotFinder(self.store, self.clock)

    @cached_property
    def groups(self) -> GroupFinder:
        """Group sessions to propose."""
        return GroupFinder(self.store, self.clock)

    @cached_property
    def sites(self) -> SiteFinder:
        """Reception sites."""
        return SiteFinder(self.store)

    @cached_property
    def line(self) -> WaitingLine:
        """Who is served first when a time is freed."""
        return WaitingLine(self.clock, self.slots, self.holds)

    @cached_property
    def sms_answers(self) -> SmsAnswers:
        """Answers to reminders. Reading danger in them takes a second to load."""
        safety = SmsSafety(
            self.store, self.clock, self.tokens, self.sms, self.safety, self.safety_replies
        )
        return SmsAnswers(
            self.store, self.clock, self.tokens, self.sms, self.changes, self.waiting_list, safety
        )

    @cached_property
    def calendar_replies(self) -> CalendarReplies:
        """Answers of calendars to invitations."""
        return CalendarReplies(self.store, self.clock)

    @cached_property
    def erasure(self) -> ErasureService:
        """Forgetting people."""
        retention = Retention(self.store, self.clock, SqlOldRecords(self.engine))
        return ErasureService(self.store, self.clock, self.holds, self.line, retention)

    @cached_property
    def chat_records(self) -> ChatRecords:
        """What conversations leave in the database."""
        filler = Filler(self.appointments, self.settings.public_url)
        return ChatRecords(self.store, self.clock, self.tokens, filler)

    @cached_property
    def page_territories(self) -> PageTerritories:
        """Communes that pages around a conversation speak of."""
        return PageTerritories(self.gazetteer, self.resolver, self.sites)

    @cached_property
    def transfers(self) -> ChatTransfer:
        """Conversations that move to another device."""
        return ChatTransfer(self.store, self.clock, self.tokens, self.chat_records)

    @cached_property
    def feedback(self) -> FeedbackDesk:
        """What people say of the written answers."""
        return FeedbackDesk(self.store, self.clock, self.tokens, self.chat_records)

    @cached_property
    def chat(self) -> ChatService:
        """Conversations."""
        desk = SafetyDesk(self.safety, self.safety_replies, self.assistant)
        guide = OfflineGuide(self.answers, self.clock, self._site_named_in)
        return ChatService(self.chat_records, self.assistant, desk, guide, self.first_response)

    @cached_property
    def first_response(self) -> FirstResponse:
        """Telling a team whom to call back first."""
        return FirstResponse(self.store, self.clock)

    @cached_property
    def notifier(self) -> Notifier:
        """Messages that leave."""
        addresses = Addresses(self.settings.public_url.rstrip("/"), self.video_url)
        facts = FactsReader(self.slots, self.tokens, addresses)
        writer = MessageWriter(self.clock, parseaddr(self.settings.mail_from)[1])
        return Notifier(
            self.store, self.clock, self.post, self.sms, facts, writer, self.platform_gateways
        )

    def video_url(self, appointment: Appointment) -> str:
        """Return the room of a video call, which nobody can guess; empty when it is none."""
        if appointment.modality is not Modality.VIDEO or not self.settings.video_url:
            return ""
        room = self.tokens.hash(f"video:{appointment.id}")[:32]
        return f"{self.settings.video_url}/{room}"

    def forget_conversation(self, conversation_id: str) -> None:
        """Delete a conversation whose time is over, once the dialogue engine has forgotten it."""
        self.booking.release(conversation_id)
        try:
            asyncio.run(self._forget_in_engine(conversation_id))
        except AssistantUnavailable:
            return  # tried again at the next round
        self.erasure.erase_conversation(conversation_id)

    async def _forget_in_engine(self, conversation_id: str) -> None:
        """Use connections of this call's own: they belong to one event loop."""
        if self._assistant is not None:
            await self._assistant.forget(conversation_id)
            return
        engine = RasaAssistant(self.settings.rasa_url, self.settings.rasa_secret)
        try:
            await engine.forget(conversation_id)
        finally:
            await engine.close()

    def _site_named_in(self, text: str) -> FoundSite | None:
        place = self.resolver.resolve(text)
        if place.status is not PlaceStatus.FOUND:
            return None
        return self.sites.for_commune(place.communes[0])


def build() -> Application:
    """Return the application as the environment configures it. Raises ``SettingsError``."""
    return Application(read_settings())
