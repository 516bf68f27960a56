"""The conversation by plain forms: a browser without JavaScript, and a made-up engine."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from limits import parse
from starlette.testclient import TestClient

from accueil.bootstrap import Application
from accueil.channels.limits import ChatLimits, Rates
from accueil.core.clock import FixedClock
from accueil.core.proof import Proofs
from accueil.gateways.rasa import NullAssistant
from accueil.services.ports import BotMessage
from accueil.web.app import create_app

HOME = "/discuter"
KEY = re.compile(r'name="cle" value="([^"]+)"')
BUTTON = re.compile(r'name="bouton" value="([^"]+)">([^<]+)<')
CARDS = (
    {"card": "site", "name": "Antenne Centre", "phone": "01 99 00 12 34", "hours": ["lundi"]},
    {"card": "source", "title": "Caf", "url": "https://www.caf.fr", "checked_on": "2026-08-31"},
    {"card": "source", "title": "Vieux", "url": "javascript:alert(1)", "expires_on": "2020-01-01"},
    {"card": "unheard_of", "name": "Rien"},
    {"card": "date", "first": "2026-11-23", "last": "2026-11-25", "slots": []},
)


class Visitor(TestClient):
    """Fills in the forms that it is shown."""

    page = ""

    def open(self) -> str:
        self.page = self.get(HOME).text
        return self.submit().text

    def say(self, text: str) -> str:
        return self.submit(texte=text).text

    def press(self, title: str, **more: str) -> str:
        token = next(token for token, name in BUTTON.findall(self.page) if name == title)
        return self.submit(bouton=token, **more).text

    def submit(self, **fields: str):
        response = self.post(HOME, data={"cle": KEY.search(self.page)[1], **fields})
        self.page = response.text
        return response


@pytest.fixture
def engine() -> NullAssistant:
    hello = [BotMessage("Salut, je suis le robot.", ({"title": "Un rdv", "payload": "/rdv"},))]
    return NullAssistant(hello)


@pytest.fixture
def application(application: Application, engine: NullAssistant) -> Application:
    del application.chat  # the real one
    application._assistant = engine
    return application


@pytest.fixture
def visitor(application: Application) -> Iterator[Visitor]:
    headers = {"Sec-Fetch-Site": "same-origin"}
    with Visitor(create_app(application), headers=headers) as visitor:
        yield visitor


def sessions(application: Application) -> int:
    with application.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM chat_sessions").scalar_one()


def test_reading_the_first_page_creates_nothing(application: Application, visitor: Visitor) -> None:
    response = visitor.get(HOME)
    assert "set-cookie" not in response.headers
    assert sessions(application) == 0
    assert response.headers["cache-control"] == "no-store"
    assert "noindex" in response.headers["x-robots-tag"]
    policy = response.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'none'")
    assert "form-action https://www.wikipedia.org 'self';" in policy
    assert "<script" not in response.text


def test_beginning_gives_a_cookie_that_is_for_this_page_alone(visitor: Visitor) -> None:
    visitor.page = visitor.get(HOME).text
    visitor.follow_redirects = False
    response = visitor.submit()
    assert (response.status_code, response.headers["location"]) == (303, "/discuter#dernier")
    cookie = response.headers["set-cookie"].lower()
    assert cookie.startswith("discussion=")
    for part in ("httponly", "samesite=strict", "path=/discuter"):
        assert part in cookie
    assert "max-age" not in cookie
    assert "expires" not in cookie
    assert "secure" not in cookie  # this instance is on plain HTTP
    assert "token" not in response.headers["location"]


def test_the_cookie_is_secure_where_people_come_by_https(application: Application) -> None:

    application.settings = replace(application.settings, public_url="https://accueil.example")
    with Visitor(create_app(application), follow_redirects=False) as visitor:
        visitor.page = visitor.get(HOME).text
        assert "secure" in visitor.submit().headers["set-cookie"].lower()


def test_one_can_begin_with_a_question(visitor: Visitor, engine: NullAssistant) -> None:
    visitor.page = visitor.get(f"{HOME}?fiche=logement/apl").text
    assert "Comment avoir les APL\u202f?</textarea>" in visitor.page
    engine.answers.append([BotMessage("Voici pour les APL.")])
    page = visitor.say("les APL svp")
    assert page.index("les APL svp") < page.index("Voici pour les APL.")
    assert 'id="dernier"' in page


def test_a_suggestion_is_one_of_ours(visitor: Visitor) -> None:
    assert "Je voudrais un rendez-vous" in visitor.get(f"{HOME}?envie=rdv").text
    assert "virus" not in visitor.get(f"{HOME}?envie=virus&fiche=virus").text


def test_a_choice_is_a_button_and_text_that_was_typed_stays(
    visitor: Visitor, engine: NullAssistant
) -> None:
    visitor.open()
    engine.answers.append(
        [BotMessage("D’accord pour un rdv.", ({"title": "Oui", "payload": "/o"},))]
    )
    page = visitor.press("Un rdv", texte="attends, j’avais une question")
    assert engine.heard[-1] == "/rdv"
    assert "D’accord pour un rdv." in page
    assert "attends, j’avais une question</textarea>" in page
    assert [name for _, name in BUTTON.findall(page)] == ["Oui"]


def test_the_same_form_twice_is_once_and_another_content_is_another_turn(
    visitor: Visitor, engine: NullAssistant
) -> None:
    visitor.open()
    form = visitor.page
    visitor.say("salut")
    visitor.page = form
    visitor.say("salut")
    assert engine.heard[1:] == ["salut"]
    visitor.page = form
    page = visitor.say("autre chose")
    assert engine.heard[1:] == ["salut", "autre chose"]
    assert page.count(">salut<") == 1


def test_cards_are_shown_and_unsafe_links_are_not(visitor: Visitor, engine: NullAssistant) -> None:
    visitor.open()
    engine.answers.append([BotMessage("Voilà.", (), CARDS)])
    page = visitor.say("où")
    assert 'href="tel:0199001234"' in page
    assert 'href="https://www.caf.fr"' in page
    assert "31\u00a0août 2026" in page.replace("&nbsp;", "\u00a0") or "vérifiée le" in page
    assert "à revérifier depuis le" in page
    assert "javascript:" not in page
    assert "Rien<" not in page


def test_a_day_can_be_chosen_in_a_list(visitor: Visitor, engine: NullAssistant) -> None:
    visitor.open()
    engine.answers.append([BotMessage("Quand ?", (), CARDS[-1:])])
    page = visitor.say("rdv")
    assert page.count('<option value="2026-11-2') == 3
    visitor.submit(jour="2026-11-24", moment="le matin", proposer="1", texte="")
    assert engine.heard[-1] == "mardi 24 novembre le matin"
    before = len(engine.heard)
    visitor.submit(jour="demain", moment="x", proposer="1")
    assert len(engine.heard) == before


def test_distress_is_answered_and_not_shown_again(visitor: Visitor) -> None:
    visitor.open()
    page = visitor.say("je veux me suicider")
    assert 'href="tel:3114"' in page
    assert "suicider" not in page
    assert "Message non gardé" in page


def test_a_conversation_that_is_over_says_so_and_keeps_the_text(
    visitor: Visitor, clock: FixedClock
) -> None:
    visitor.open()
    clock.at += timedelta(days=2)
    response = visitor.submit(texte="toujours là ?")
    assert response.status_code == 410
    assert "terminée" in response.text
    assert "toujours là ?</textarea>" in response.text
    assert "discussion" not in visitor.cookies
    assert "toujours là ?" in visitor.say("toujours là ?")


def test_distress_is_answered_in_a_conversation_that_is_over(
    visitor: Visitor, clock: FixedClock
) -> None:
    visitor.open()
    clock.at += timedelta(days=2)
    page = visitor.say("je veux mourir ce soir")
    assert 'href="tel:3114"' in page.split("<footer")[0]
    assert "mourir ce soir" not in page


@pytest.mark.parametrize("kind", ["too long", "old choice"])
def test_an_error_is_a_sentence_and_nothing_is_lost(visitor: Visitor, kind: str) -> None:
    visitor.open()
    fields = {"texte": "a" * 12_100} if kind == "too long" else {"bouton": "x", "texte": "coucou"}
    response = visitor.submit(**fields)
    assert response.status_code == (413 if kind == "too long" else 404)
    assert 'role="alert"' in response.text
    assert f"{fields['texte']}</textarea>" in response.text
    assert "Salut, je suis le robot." in response.text


def test_whoever_goes_too_fast_waits_but_danger_is_answered(application: Application) -> None:
    rates = Rates(messages_of_session=parse("1 per minute"))
    limits = ChatLimits(Proofs(application.tokens, application.clock), rates)
    with Visitor(create_app(application, limits)) as visitor:
        visitor.open()
        visitor.say("un")
        response = visitor.submit(texte="deux")
        assert response.status_code == 429
        assert response.headers["retry-after"] == "60"
        assert "deux</textarea>" in response.text
        assert 'href="tel:3114"' in visitor.say("je veux me suicider").split("<footer")[0]


def test_too_many_conversations_from_one_place(application: Application) -> None:
    rates = Rates(openings_of_visitor=parse("1 per minute"))
    limits = ChatLimits(Proofs(application.tokens, application.clock), rates)
    app = create_app(application, limits)
    with Visitor(app) as one, Visitor(app) as other:
        one.open()
        other.page = other.get(HOME).text
        response = other.submit(texte="bonjour")
        assert response.status_code == 429
        assert "bonjour</textarea>" in response.text


def test_a_broken_database_is_a_sentence(
    application: Application, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.open()

    def crash(*_given: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(application.chat._records, "session", crash)
    response = visitor.submit(texte="coucou")
    assert response.status_code == 503
    assert "coucou</textarea>" in response.text
    assert "secret" not in response.text
    assert visitor.get(HOME).status_code == 503
    assert visitor.get(f"{HOME}/trace.txt").status_code == 503
    assert 'href="tel:3114"' in visitor.say("je veux me suicider").split("<footer")[0]


def test_erasing_asks_first(application: Application, visitor: Visitor) -> None:
    visitor.open()
    assert "Oui, effacer" in visitor.get(f"{HOME}/effacer").text
    assert sessions(application) == 1
    page = visitor.post(f"{HOME}/effacer").text
    assert "Ta discussion est effacée" in page
    assert sessions(application) == 0
    assert "discussion" not in visitor.cookies
    assert "Ta discussion est effacée" in visitor.post(f"{HOME}/effacer").text


def test_leaving_is_at_once_and_leaves_nothing(application: Application, visitor: Visitor) -> None:
    visitor.open()
    visitor.follow_redirects = False
    response = visitor.post(f"{HOME}/quitter")
    assert response.status_code == 303
    assert response.headers["location"] == "https://www.wikipedia.org/"
    assert "discussion" not in visitor.cookies
    assert sessions(application) == 0
    assert visitor.post(f"{HOME}/quitter").status_code == 303
    assert visitor.get(f"{HOME}/quitter").headers["location"] == HOME


def test_a_trace_is_a_text_of_what_was_said(visitor: Visitor, engine: NullAssistant) -> None:
    assert visitor.get(f"{HOME}/trace.txt").url.path == HOME
    visitor.open()
    card = {"card": "appointment", "when": "mardi", "code": "K7QF-3M2P", "manage_url": "https://a"}
    engine.answers.append([BotMessage("C’est noté.", (), (card,))])
    visitor.say("oui")
    visitor.say("je veux me suicider")
    trace = visitor.get(f"{HOME}/trace.txt")
    assert trace.headers["content-type"] == "text/plain; charset=utf-8"
    assert trace.headers["cache-control"] == "no-store"
    assert 'attachment; filename="discussion.txt"' in trace.headers["content-disposition"]
    for words in ("Toi\u00a0: oui", "C’est noté.", "K7QF-3M2P", "lundi 23 novembre 2026"):
        assert words in trace.text
    assert "suicider" not in trace.text


@pytest.mark.parametrize("path", ["", "/effacer", "/quitter"])
def test_forms_of_other_sites_are_refused(
    application: Application, visitor: Visitor, path: str
) -> None:
    visitor.open()
    response = visitor.post(HOME + path, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert sessions(application) == 1


def test_a_forged_cookie_opens_nothing(visitor: Visitor) -> None:
    visitor.cookies.set("discussion", "A" * 40, path=HOME)
    response = visitor.get(HOME)
    assert response.status_code == 410
    assert 'discussion=""' in response.headers["set-cookie"]
    assert "max-age=0" in response.headers["set-cookie"].lower()


def test_what_people_write_is_never_markup(visitor: Visitor) -> None:
    visitor.open()
    page = visitor.say('<script>alert(1)</script> https://a.fr/"onclick=1')
    assert "<script" not in page
    assert '"onclick' not in page


def test_no_word_reaches_the_log(visitor: Visitor, capsys: pytest.CaptureFixture[str]) -> None:
    visitor.open()
    visitor.say("mon secret à moi")
    assert "secret" not in "".join(capsys.readouterr())
