"""Counsellors' passwords and signed-in sessions."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accueil.core.clock import Clock
from accueil.core.console import ConsoleSession
from accueil.core.territory import Counsellor
from accueil.core.tokens import TokenMaker
from accueil.services.ports import Store

SESSION_TIME = timedelta(hours=12)
_AT_ONCE = 4
"""Passwords checked at the same moment: each check takes 64 MiB of memory."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A counsellor who is signed in, the token that their forms must carry, and until when."""

    counsellor: Counsellor
    csrf_token: str
    until: datetime
    """UTC."""

    def owns_form(self, given: str) -> bool:
        """Tell, in constant time, whether a form carries this session's token."""
        return hmac.compare_digest(self.csrf_token.encode(), given.encode())


class AccountService:
    """Signs counsellors in and out. Sessions live in the database, found by a keyed hash.

    Passwords are kept with argon2id, by default with the parameters of RFC 9106's second
    recommendation (64 MiB), which argon2-cffi follows.
    """

    def __init__(
        self, store: Store, clock: Clock, tokens: TokenMaker, hasher: PasswordHasher | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._hasher = hasher or PasswordHasher()
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash(tokens.new_token())

    def hash_password(self, password: str) -> str:
        """Return the argon2id hash to keep for a password."""
        with self._turns:
            return self._hasher.hash(password)

    def sign_in(self, email: str, password: str) -> str | None:
        """Open a session of 12 hours and return its token, or ``None``.

        An unknown address costs the same work as a wrong password: a hash that nothing opens is
        verified. A hash made with older parameters is renewed.
        """
        with self._store.read() as uow:
            counsellor = uow.territory.counsellor_by_email(email.strip().lower())
        kept = counsellor.password_hash if counsellor is not None else ""
        is_right = self._verify(kept or self._nobody, password)
        if counsellor is None or not kept or not is_right or not counsellor.is_active:
            return None
        renewed = self._renewed(kept, password)
        return self._open_session(counsellor.id, renewed)

    def authenticate(self, token: str) -> Signed | None:
        """Return who a session token stands for, unless it is unknown, over or disabled."""
        if not token:
            return None
        with self._store.read() as uow:
            session = uow.console.get(self._tokens.hash(token))
            if session is None or session.expires_at <= self._clock.now():
                return None
            counsellor = uow.territory.counsellor(session.counsellor_id)
        if counsellor is None or not counsellor.is_active:
            return None
        return Signed(counsellor, session.csrf_token, session.expires_at)

    def extend(self, token: str) -> None:
        """Let an open session last 12 hours from now; one that is unknown or over stays so."""
        now = self._clock.now()
        with self._store.write() as uow:
            session = uow.console.get(self._tokens.hash(token))
            if session is not None and session.expires_at > now:
                session.expires_at = now + SESSION_TIME
            uow.commit()

    def sign_out(self, token: str) -> None:
        """End a session; an unknown token changes nothing."""
        with self._store.write() as uow:
            uow.console.delete(self._tokens.hash(token))
            uow.commit()

    def _verify(self, kept: str, password: str) -> bool:
        try:
            with self._turns:
                return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def _renewed(self, kept: str, password: str) -> str:
        return self.hash_password(password) if self._hasher.check_needs_rehash(kept) else ""

    def _open_session(self, counsellor_id: str, renewed_hash: str) -> str:
        now = self._clock.now()
        token = self._tokens.new_token()
        with self._store.write() as uow:
            counsellor = uow.territory.counsellor(counsellor_id)
            if counsellor is not None and renewed_hash:
                counsellor.password_hash = renewed_hash
            uow.console.delete_expired(now)
            uow.console.add(
                ConsoleSession(
                    token_hash=self._tokens.hash(token),
                    counsellor_id=counsellor_id,
                    csrf_token=self._tokens.new_token(),
                    created_at=now,
                    expires_at=now + SESSION_TIME,
                )
            )
            uow.commit()
        return token
