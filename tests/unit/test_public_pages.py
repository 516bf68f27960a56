"""What the pages of the answers show and say to search engines, without a server."""

import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from accueil.core.answers import Answer, Variant
from accueil.web.answer_metadata import answer_data, json_ld, robots, sitemap
from accueil.web.answer_view import shortened, view_of
from accueil.web.rich_text import rich_text

TODAY = date(2026, 11, 23)
CARD = {
    "card": "source",
    "title": "Caf",
    "url": "https://www.caf.fr/apl",
    "checked_on": "2026-08-31",
    "expires_on": "2027-08-30",
    "easy": "L’APL aide à payer le loyer.",
    "precisions": {"age": "secret"},
}
APL = Answer(
    "logement/apl",
    "Comment avoir les APL ?",
    (
        Variant("En Normandie, va à la Caf de Caen.", (), CARD, {"region": "Normandie"}),
        Variant("Simule sur caf.fr.", ({"title": "Bail", "payload": "C'est quoi ?"},), CARD),
    ),
)
URL = "https://accueil.example"


def test_a_view_says_for_whom_each_text_is_and_everybody_comes_first() -> None:
    view = view_of(APL, TODAY, {"C'est quoi ?": "logement/bail", APL.title: APL.key})
    assert [one.place for one in view.variants] == ["", "En région Normandie"]
    assert view.title == "Comment avoir les APL\u202f?"
    assert view.see_also == (("/reponses/logement/bail", "C’est quoi\u202f?"),)
    assert view.description == "L’APL aide à payer le loyer."
    assert view.checked_on == date(2026, 8, 31)


def test_an_expired_answer_is_not_stated() -> None:
    after = date(2027, 8, 31)
    view = view_of(APL, after, {})
    assert all("en cours de vérification" in one.text for one in view.variants)
    assert not any(one.easy for one in view.variants)
    said = json.dumps(answer_data(view, URL))
    assert "FAQPage" not in said
    assert "Simule" not in said
    assert not view_of(APL, date(2027, 8, 30), {}).variants[0].is_expired


def test_structured_data_says_the_question_and_its_answer() -> None:
    page, trail = answer_data(view_of(APL, TODAY, {}), URL)
    assert page["mainEntity"][0]["name"] == "Comment avoir les APL\u202f?"
    assert page["mainEntity"][0]["acceptedAnswer"]["text"] == "Simule sur caf.fr."
    assert page["dateModified"] == "2026-08-31"
    assert [one["item"] for one in trail["itemListElement"]] == [
        f"{URL}/reponses",
        f"{URL}/reponses/logement",
        f"{URL}/reponses/logement/apl",
    ]


@given(st.text() | st.sampled_from(["</script>", "<!--", "]]>", "a\u2028b", "&amp;"]))
def test_json_never_ends_its_element(text: str) -> None:
    shown = str(json_ld({"text": text}))
    assert not re.search(r"[<>&\u2028\u2029]", shown)
    assert json.loads(shown) == {"text": text}


def test_the_map_is_xml_with_days() -> None:
    text = sitemap([("/reponses", None), ("/reponses/a&b", date(2026, 8, 31))], URL)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    pages = ElementTree.fromstring(text)
    assert [one.text for one in pages.iter(f"{space}loc")] == [
        f"{URL}/reponses",
        f"{URL}/reponses/a&b",
    ]
    assert [one.text for one in pages.iter(f"{space}lastmod")] == ["2026-08-31"]


def test_robots_leave_private_pages_alone() -> None:
    lines = robots(URL).splitlines()
    for path in ("/rdv", "/conseiller", "/discuter", "/api/"):
        assert f"Disallow: {path}" in lines
    assert lines[-1] == f"Sitemap: {URL}/sitemap.xml"


def test_text_becomes_paragraphs_lists_and_links() -> None:
    shown = rich_text("Va voir.\n\nHoraires\n• lundi\n• mardi\nhttps://a.fr/x?y=1&z=2.")
    assert shown == (
        "<p>Va voir.</p><p>Horaires</p><ul><li>lundi</li><li>mardi</li></ul>"
        '<p><a href="https://a.fr/x?y=1&amp;z=2" rel="noreferrer">https://a.fr/x?y=1&amp;z=2</a>.'
        "</p>"
    )


@given(st.text())
def test_no_text_becomes_markup(text: str) -> None:
    plain = re.sub(
        r'</?(?:p|ul|li|br|a)(?: href="[^"<>]*" rel="noreferrer")?>', "", rich_text(text)
    )
    assert "<" not in plain
    assert ">" not in plain


def test_descriptions_end_with_a_sentence() -> None:
    text = "Une phrase assez longue pour compter vraiment beaucoup. " * 6
    assert shortened(text).endswith("beaucoup.")
    assert len(shortened("mot " * 100)) <= 156
    assert shortened("Court.\n\nFin.") == "Court. Fin."


def test_a_text_for_one_mission_locale_names_it() -> None:
    there = replace(APL.variants[0], where={"mission_locale": "Mission Locale de Lens"})
    view = view_of(replace(APL, variants=(there,)), TODAY, {})
    assert view.variants[0].place == "À la Mission Locale de Lens"
