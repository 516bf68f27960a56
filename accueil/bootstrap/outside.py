"""What stands behind each port: the database, the post, SMS, the dialogue engine; data files."""

from functools import cached_property

from sqlalchemy import Engine

from accueil.content.answers import read_answers
from accueil.content.example_questions import read_example_questions
from accueil.core.answer_search import AnswerSearch, searched
from accueil.core.answers import Answer
from accueil.core.clock import Clock, FixedClock, SystemClock
from accueil.core.places import Gazetteer, PlaceResolver
from accueil.core.safety import SafetyDetector, SafetyReplies
from accueil.core.tokens import TokenMaker
from accueil.gateways.post import FolderPost, SmtpPost
from accueil.gateways.rasa import RasaAssistant
from accueil.gateways.sms import FolderSms
from accueil.gateways.sms_none import NoSms
from accueil.gateways.sms_ovh import OvhSms
from accueil.persistence.engine import open_engine
from accueil.persistence.keyring import open_keyring
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.messaging import SmsSender
from accueil.services.ports import Assistant, Post
from accueil.settings import ROOT, Settings


class Outside:
    """The outside world, chosen by the settings; tests hand over what they replace."""

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
        """Text messages: the provider; a folder for a trial; none where only e-mails leave."""
        if self._sms is not None:
            return self._sms
        if self.settings.sms_account:
            return OvhSms(self.settings.sms_account)
        return FolderSms(self.settings.folder / "sms") if self.sends_sms else NoSms()

    @property
    def sends_sms(self) -> bool:
        """Tell whether an SMS may be promised."""
        return self._sms is not None or self.settings.sends_sms

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

    @cached_property
    def answer_search(self) -> AnswerSearch:
        """The index over the written answers; reading the examples takes half a second."""
        examples = read_example_questions(ROOT / "data" / "nlu")
        return AnswerSearch([searched(one, examples.get(one.key, ())) for one in self.answers])

    def answer(self, key: str) -> Answer | None:
        """Return the written answer ``theme/fiche``, if it exists and has a source."""
        return next((one for one in self.answers if one.key == key), None)


def _clock(settings: Settings) -> Clock:
    return FixedClock(settings.frozen_now) if settings.frozen_now else SystemClock()
