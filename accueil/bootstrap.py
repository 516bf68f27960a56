"""Put the layers together: the one place that chooses what stands behind each port."""

import asyncio
from email.utils import parseaddr
from functools import cached_property

from sqlalchemy import Engine

from accueil.content.answers import read_answers
from accueil.core.answers import Answer
from accueil.core.booking import Appointment
from accueil.core.clock import Clock, FixedClock, SystemClock
from accueil.core.places import Gazetteer, PlaceResolver, PlaceStatus
from accueil.core.safety import SafetyDetector, SafetyReplies
from accueil.core.territory import Modality
from accueil.core.tokens import TokenMaker
from accueil.gateways.post import FolderPost, SmtpPost
from accueil.gateways.rasa import RasaAssistant
from accueil.gateways.sms import FolderSms
from accueil.gateways.sms_ovh import OvhSms
from accueil.persistence.engine import open_engine
from accueil.persistence.keyring import open_keyring
from accueil.persistence.retention_repository import SqlOldRecords
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.accounts import AccountService
from accueil.services.agenda import Agenda
from accueil.services.appointments import AppointmentFinder
from accueil.services.booking import BookingService
from accueil.services.changes import ChangeService
from accueil.services.chat import ChatService
from accueil.services.chat.fill import Filler
from accueil.services.chat.offline import OfflineGuide
from accueil.services.chat.records import ChatRecords
from accueil.services.chat.safety_desk import SafetyDesk
from accueil.services.erasure import ErasureService
from accueil.services.first_response import FirstResponse
from accueil.services.group_offers import GroupFinder
from accueil.services.holds import HoldMaker
from accueil.services.messaging import SmsSender
from accueil.services.notify import Addresses, FactsReader, MessageWriter, Notifier
from accueil.services.ports import Assistant, AssistantUnavailable, Post
from accueil.services.retention import Retention
from accueil.services.sites import FoundSite, SiteFinder
from accueil.services.slots import SlotFinder
from accueil.services.staff import StaffService
from accueil.services.waiting import WaitingLine
from accueil.services.waiting_list import WaitingListService
from accueil.settings import ROOT, Settings, read_settings

UID_DOMAIN = "premier-accueil.invalid"


class Application:
    """Everything, built when first used. Tests hand over a clock, a post or an assistant."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        assistant: Assistant | None = None,
        post: Post | None = None,
        sms: SmsSender | None = None,
    ) -> None:
        self.settings = settings
        self.clock: Clock = clock or _clock(settings)
        self._assistant = assistant
        self._post = post
        self._sms = sms

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        settings = self.settings
        keys = open_keyring(settings.secret_key, settings.encryption_keys, settings.folder)
        return open_engine(settings.database_url, keys)

    @cached_property
    def store(self) -> SqlStore:
        """Transactions."""
        return SqlStore(self.engine)

    @cached_property
    def tokens(self) -> TokenMaker:
        """Tokens and keyed hashes."""
        return TokenMaker(self.settings.secret_key)

    @cached_property
    def assistant(self) -> Assistant:
        """The dialogue engine."""
        return self._assistant or RasaAssistant(self.settings.rasa_url, self.settings.rasa_secret)

    @cached_property
    def post(self) -> Post:
        """The post: SMTP when configured, a folder otherwise."""
        if self._post is not None:
            return self._post
        if self.settings.smtp_url:
            return SmtpPost(self.settings.smtp_url, self.settings.mail_from)
        return FolderPost(self.settings.folder / "mail", self.settings.mail_from)

    @cached_property
    def sms(self) -> SmsSender:
        """Text messages: the provider when configured, a folder otherwise."""
        if self._sms is not None:
            return self._sms
        if self.settings.sms_account:
            return OvhSms(self.settings.sms_account)
        return FolderSms(self.settings.folder / "sms")

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The communes of France."""
        return Gazetteer.load(ROOT / "data" / "reference" / "communes.tsv.xz")

    @cached_property
    def resolver(self) -> PlaceResolver:
        """Free French to communes."""
        return PlaceResolver(self.gazetteer)

    @cached_property
    def safety(self) -> SafetyDetector:
        """The detector of distress."""
        return SafetyDetector.load(ROOT / "data" / "safety")

    @cached_property
    def safety_replies(self) -> SafetyReplies:
        """What is said to someone in distress."""
        return SafetyReplies.load(ROOT / "data" / "safety")

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The written answers (fiches)."""
        return read_answers(ROOT / "data" / "nlu")

    def answer(self, key: str) -> Answer | None:
        """Return the written answer ``theme/fiche``, if it exists and has a source."""
        return next((one for one in self.answers if one.key == key), None)

    @cached_property
    def booking(self) -> BookingService:
        """Hold and confirm."""
        return BookingService(self.store, self.clock, self.tokens, self.holds)

    @cached_property
    def holds(self) -> HoldMaker:
        """Times and seats kept while somebody makes up their mind."""
        return HoldMaker(self.clock, self.tokens, UID_DOMAIN)

    @cached_property
    def changes(self) -> ChangeService:
        """Move, cancel, say that one comes."""
        return ChangeService(self.store, self.clock, self.tokens, self.holds)

    @cached_property
    def waiting_list(self) -> WaitingListService:
        """Who waits for a first appointment."""
        line = WaitingLine(self.clock, self.slots, self.holds)
        return WaitingListService(self.store, self.clock, self.tokens, line, self.booking)

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
    def erasure(self) -> ErasureService:
        """Forgetting people."""
        line = WaitingLine(self.clock, self.slots, self.holds)
        retention = Retention(self.store, self.clock, SqlOldRecords(self.engine))
        return ErasureService(self.store, self.clock, self.holds, line, retention)

    @cached_property
    def chat(self) -> ChatService:
        """Conversations."""
        records = ChatRecords(
            self.store, self.clock, self.tokens, Filler(self.appointments, self.settings.public_url)
        )
        desk = SafetyDesk(self.safety, self.safety_replies, self.assistant)
        guide = OfflineGuide(self.answers, self.clock, self._site_named_in)
        return ChatService(records, self.assistant, desk, guide, self.first_response)

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
        return Notifier(self.store, self.clock, self.post, self.sms, facts, writer)

    def video_url(self, appointment: Appointment) -> str:
        """Return the room of a video call, which nobody can guess; empty when it is none."""
        if appointment.modality is not Modality.VIDEO or not self.settings.video_url:
            return ""
        room = self.tokens.hash(f"video:{appointment.id}")[:32]
        return f"{self.settings.video_url}/{room}"

    @cached_property
    def accounts(self) -> AccountService:
        """Counsellors' sign-in."""
        return AccountService(self.store, self.clock, self.tokens)

    @cached_property
    def staff(self) -> StaffService:
        """Counsellors: who receives, where and when."""
        return StaffService(self.store, self.clock, self.hash_password)

    @cached_property
    def agenda(self) -> Agenda:
        """The counsellors' week."""
        return Agenda(self.store, self.clock)

    def hash_password(self, password: str) -> str:
        """Return the hash to keep for a counsellor's password."""
        return self.accounts.hash_password(password)

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


def _clock(settings: Settings) -> Clock:
    return FixedClock(settings.frozen_now) if settings.frozen_now else SystemClock()
