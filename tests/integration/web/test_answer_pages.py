"""Every written answer as a page: without chatting, for people and for search engines."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from limits import parse
from starlette.testclient import TestClient

from accueil.bootstrap import Application
from accueil.channels.limits import ChatLimits, Rates
from accueil.core.clock import FixedClock
from accueil.core.proof import Proofs
from accueil.web.answer_pages import AnswerPages
from accueil.web.app import create_app

LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def visitor(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        yield client


def limits_of(application: Application, searches: str) -> ChatLimits:
    proofs = Proofs(application.tokens, application.clock)
    return ChatLimits(proofs, Rates(searches_of_visitor=parse(searches)))


def search(visitor: TestClient, words: str):
    return visitor.post("/reponses", data={"recherche": words})


def test_every_answer_can_be_read(application: Application, visitor: TestClient) -> None:
    home = visitor.get("/reponses").text
    for answer in application.answers:
        assert f'href="/reponses/{answer.theme}"' in home
        page = visitor.get(f"/reponses/{answer.key}")
        assert page.status_code == 200, answer.key
        first = answer.for_place({}).text.split("\n")[0].replace("&", "&amp;")
        assert first.replace('"', "&#34;") in page.text, answer.key
        assert page.text.count("<h1") == 1
    theme = visitor.get("/reponses/logement").text
    assert 'href="/reponses/logement/apl"' in theme
    assert "Comment avoir les APL\u202f?" in theme


@pytest.mark.parametrize("path", ["/reponses", "/reponses/logement", "/reponses/logement/apl"])
def test_pages_are_for_search_engines_and_caches(
    application: Application, visitor: TestClient, path: str
) -> None:
    page = visitor.get(path)
    assert "noindex" not in page.text
    assert "x-robots-tag" not in page.headers
    canonical = f'<link rel="canonical" href="{application.settings.public_url}{path}">'
    assert canonical in page.text
    assert re.search(r'<meta name="description" content="[^"]{40,220}">', page.text)
    for link in ("tel:3114", "tel:15", "tel:112", "sms:114"):
        assert f'href="{link}"' in page.text
    assert page.headers["cache-control"].startswith("public, max-age=")
    assert "set-cookie" not in page.headers
    again = visitor.get(path, headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert visitor.get(path, headers={"If-None-Match": "*"}).status_code == 304
    assert visitor.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_pages_are_compressed_for_who_can_read_it(visitor: TestClient) -> None:
    path = "/reponses/logement/apl"
    plain = visitor.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with visitor.stream("GET", path, headers={"Accept-Encoding": "br, gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] == plain.headers["etag"]
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert gzip.decompress(raw) == plain.content


def test_structured_data_is_that_of_the_page(visitor: TestClient) -> None:
    page, trail = json.loads(LD.search(visitor.get("/reponses/logement/apl").text)[1])
    assert page["@type"] == "FAQPage"
    assert page["mainEntity"][0]["acceptedAnswer"]["text"].startswith("L’APL est une aide")
    assert [one["position"] for one in trail["itemListElement"]] == [1, 2, 3]


def test_an_expired_answer_is_said_to_be_checked(
    application: Application, visitor: TestClient, clock: FixedClock
) -> None:
    clock.at = datetime(2029, 6, 1, tzinfo=UTC)
    page = visitor.get("/reponses/logement/apl").text
    assert "en cours de vérification" in page
    assert "L’APL est une aide de la Caf" not in page
    assert "Version facile" not in page
    assert "FAQPage" not in page


@pytest.mark.parametrize("path", ["/reponses/rien", "/reponses/logement/rien", "/reponses/x/y"])
def test_an_unknown_answer_leads_to_the_others(visitor: TestClient, path: str) -> None:
    page = visitor.get(path)
    assert page.status_code == 404
    assert "noindex" in page.text
    assert 'href="/reponses"' in page.text
    assert 'name="recherche"' in page.text


def test_the_map_lists_every_page(application: Application, visitor: TestClient) -> None:
    text = visitor.get("/sitemap.xml").text
    assert text.count("<url>") == 1 + 9 + len(application.answers)
    assert f"<loc>{application.settings.public_url}/reponses/logement/apl</loc><lastmod>20" in text
    robots = visitor.get("/robots.txt")
    assert robots.headers["content-type"].startswith("text/plain")
    assert "Disallow: /discuter" in robots.text


def test_search_is_never_in_an_address_nor_in_a_cache(visitor: TestClient) -> None:
    page = search(visitor, "payer mon permis")
    assert page.headers["cache-control"] == "no-store"
    assert 'value="payer mon permis"' in page.text
    assert page.text.index("/reponses/mobilite/permis_aide") > 0
    assert "noindex" in page.text
    assert 'method="post"' in visitor.get("/reponses").text


def test_search_says_when_nothing_fits(visitor: TestClient) -> None:
    assert "Pas de réponse trouvée" in search(visitor, "zzzz qqq").text
    assert "/reponses/logement" in search(visitor, "zzzz qqq").text
    assert "Que cherches-tu" in search(visitor, "  ").text
    assert search(visitor, "<script>alert(1)</script>").text.count("<script>") == 0
    assert visitor.post("/reponses").status_code == 200


def test_words_of_danger_get_the_numbers_first_and_are_not_shown_again(
    visitor: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    page = search(visitor, "j'ai envie de mourir")
    main = page.text.split("<main")[1].split("<footer")[0]
    assert 'href="tel:3114"' in main
    assert "mourir" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "mourir" not in "".join(capsys.readouterr())


def test_too_many_searches_are_told_to_wait_but_danger_is_answered(
    application: Application,
) -> None:
    visitor = TestClient(create_app(application, limits_of(application, "1 per day")))
    assert search(visitor, "payer mon permis").status_code == 200
    page = search(visitor, "payer mon permis")
    assert page.status_code == 429
    assert page.headers["retry-after"] == "60"
    assert 'value="payer mon permis"' in page.text
    assert 'href="tel:3114"' in search(visitor, "je veux me suicider").text.split("<footer")[0]


def test_a_text_for_a_place_stands_under_its_name(application: Application) -> None:
    local = next(one for one in application.answers if one.key == "logement/apl")
    there = replace(local.variants[0], text="Va à Caen.", where={"departement": "14"})
    application.answers = (replace(local, variants=(*local.variants, there)),)
    html = AnswerPages(application, limits_of(application, "1 per day"))._answer_page(
        "logement/apl"
    )
    assert "Dans le département 14" in html
    assert html.index("L’APL est une aide") < html.index("Va à Caen.")
