"""Counsellors' passwords and sessions."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from factories import PASSWORD, keep, make_counsellor, seed_territory

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from accueil.services.accounts import SESSION_TIME, AccountService


@pytest.fixture
def accounts(application: Application) -> AccountService:
    service = application.accounts
    seed_territory(application.store, service.hash_password(PASSWORD))
    return service


def test_the_hash_is_argon2id_with_the_recommended_parameters(application):
    service = AccountService(application.store, application.clock, application.tokens)
    hashed = service.hash_password(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in hashed


def test_signing_in_opens_a_session(accounts):
    token = accounts.sign_in("nadia@mission.example", PASSWORD)
    signed = accounts.authenticate(token)
    assert signed.counsellor.id == "nadia"
    assert signed.owns_form(signed.csrf_token)
    assert not signed.owns_form("")
    assert not signed.owns_form("é" + signed.csrf_token)


def test_the_address_is_read_without_case_or_spaces(accounts):
    assert accounts.sign_in("  Nadia@Mission.Example ", PASSWORD)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("nadia@mission.example", "autre"),
        ("nadia@mission.example", ""),
        ("nobody@mission.example", PASSWORD),
        ("", ""),
    ],
)
def test_wrong_answers_open_nothing(accounts, email, password):
    assert accounts.sign_in(email, password) is None


def test_an_account_without_password_cannot_be_entered(application, accounts):
    keep(application.store, [make_counsellor("sans", password_hash="")])
    assert accounts.sign_in("sans@mission.example", "") is None


def test_a_broken_hash_is_a_refusal_not_a_crash(application, accounts):
    keep(application.store, [make_counsellor("vieux", password_hash="not a hash")])
    assert accounts.sign_in("vieux@mission.example", PASSWORD) is None


def test_an_unknown_address_costs_one_verification_too(application):
    counted = CountingHasher()
    service = AccountService(application.store, application.clock, application.tokens, counted)
    seed_territory(application.store, service.hash_password(PASSWORD))
    service.sign_in("nobody@mission.example", PASSWORD)
    unknown, counted.verified = counted.verified, 0
    service.sign_in("nadia@mission.example", "autre")
    assert unknown == counted.verified == 1


def test_a_hash_of_older_parameters_is_renewed(application, accounts):
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    keep(application.store, [make_counsellor("nadia", password_hash=old)])
    assert accounts.sign_in("nadia@mission.example", PASSWORD)
    with application.store.read() as uow:
        kept = uow.territory.counsellor("nadia").password_hash
    assert kept != old
    assert accounts.sign_in("nadia@mission.example", PASSWORD)


def test_a_session_lasts_twelve_hours(accounts, clock: FixedClock):
    token = accounts.sign_in("nadia@mission.example", PASSWORD)
    clock.advance(SESSION_TIME - timedelta(seconds=1))
    assert accounts.authenticate(token)
    clock.advance(timedelta(seconds=1))
    assert accounts.authenticate(token) is None


def test_an_open_session_is_extended_and_one_that_is_over_is_not(accounts, clock: FixedClock):
    token = accounts.sign_in("nadia@mission.example", PASSWORD)
    clock.advance(SESSION_TIME - timedelta(minutes=1))
    accounts.extend(token)
    assert accounts.authenticate(token).until == clock.now() + SESSION_TIME
    clock.advance(SESSION_TIME)
    accounts.extend(token)
    accounts.extend("unknown")
    assert accounts.authenticate(token) is None


def test_sessions_that_are_over_are_deleted_at_the_next_sign_in(application, accounts, clock):
    old = accounts.sign_in("nadia@mission.example", PASSWORD)
    clock.advance(SESSION_TIME)
    accounts.sign_in("karim@mission.example", PASSWORD)
    with application.store.read() as uow:
        assert uow.console.get(application.tokens.hash(old)) is None


def test_each_sign_in_has_its_own_token(accounts):
    first = accounts.sign_in("nadia@mission.example", PASSWORD)
    second = accounts.sign_in("nadia@mission.example", PASSWORD)
    assert first != second
    forms = {accounts.authenticate(token).csrf_token for token in (first, second)}
    assert len(forms) == 2


def test_the_token_itself_is_not_stored(application, accounts):
    token = accounts.sign_in("nadia@mission.example", PASSWORD)
    with application.store.read() as uow:
        assert uow.console.get(token) is None
        assert uow.console.get(application.tokens.hash(token)) is not None


def test_signing_out_ends_that_session_only(accounts):
    first = accounts.sign_in("nadia@mission.example", PASSWORD)
    second = accounts.sign_in("nadia@mission.example", PASSWORD)
    accounts.sign_out(first)
    accounts.sign_out("unknown")
    assert accounts.authenticate(first) is None
    assert accounts.authenticate(second)


def test_a_disabled_counsellor_is_out_at_once(application, accounts):
    token = accounts.sign_in("nadia@mission.example", PASSWORD)
    with application.store.write() as uow:
        uow.territory.counsellor("nadia").is_active = False
        uow.commit()
    assert accounts.authenticate(token) is None
    assert accounts.sign_in("nadia@mission.example", PASSWORD) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 4000, "é"])
def test_a_forged_token_opens_nothing(accounts, token):
    assert accounts.authenticate(token) is None


class CountingHasher(PasswordHasher):
    """Counts verifications."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, hash, password):
        self.verified += 1
        return super().verify(hash, password)
