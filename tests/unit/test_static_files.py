"""Static files as they are sent: without comments, compressed, asked for again by their tag."""

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from accueil.web.pages import STATIC
from accueil.web.static_files import StaticFiles, prepare, without_comments

LAUNCHER = "/static/widget/premier-accueil.js"
WIDGET = STATIC / "widget"
WIDGET_BYTES = 20 * 1024
"""DESIGN.md, section 9: at most 20 KB gzipped."""
LAUNCHER_BYTES = 6 * 1024


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=[Mount("/static", StaticFiles(STATIC))]))


def modules_of_opening() -> list[str]:
    """The launcher, and what it asks for when it is opened."""
    script = (WIDGET / "premier-accueil.js").read_text("utf-8")
    (listed,) = re.findall(r"const PARTS = \[(.*?)\]", script, re.DOTALL)
    return ["premier-accueil", *re.findall(r'"([\w-]+)"', listed)]


def packed_bytes(module: str) -> int:
    packed = prepare(WIDGET / f"{module}.js").packed
    assert packed is not None
    return len(packed.body)


def test_the_widget_keeps_within_its_budget():
    sizes = {module: packed_bytes(module) for module in modules_of_opening()}
    assert sizes["premier-accueil"] <= LAUNCHER_BYTES
    assert sum(sizes.values()) <= WIDGET_BYTES, sizes


def test_opening_asks_for_every_module_that_is_read_at_once():
    listed = modules_of_opening()[1:]
    for module in listed:
        script = (WIDGET / f"{module}.js").read_text("utf-8")
        needed = re.findall(r'^import .*?"\./([\w-]+)\.js";', script, re.MULTILINE)
        assert set(needed) <= set(listed), module
    launcher = (WIDGET / "premier-accueil.js").read_text("utf-8")
    assert "\nimport " not in launcher


@pytest.mark.parametrize(
    ("script", "sent"),
    [
        ("a = 1; // one\nb = 2;", "a = 1;  \nb = 2;"),
        ("/** What\n * it is. */\nlet a;", "\n\nlet a;"),
        ("return/* here */a", "return a"),
        ("return /* a\nbreak */ a", "return \n a"),
        ('a = "https://a.fr/* no */";', 'a = "https://a.fr/* no */";'),
        ("a = `// no\n  /* no */ ${b /* yes */}`;", "a = `// no\n  /* no */ ${b  }`;"),
        (r"a = /https:\/\/[^  /]+/g;", r"a = /https:\/\/[^  /]+/g;"),
        ("a = b.replace(/[.  -]/g, '');", "a = b.replace(/[.  -]/g, '');"),
        ("a = b / 2; // c / d", "a = b / 2;  "),
        ("{\n    a();\n\n  }", "{\na();\n}"),
    ],
)
def test_comments_and_indentation_go_and_nothing_else(script, sent):
    assert without_comments(script) == sent


def test_a_module_is_sent_compressed_to_whom_understands_it(client):
    packed = client.get(LAUNCHER, headers={"Accept-Encoding": "gzip, br"})
    plain = client.get(LAUNCHER, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert "/**" not in plain.text
    assert {packed.headers["vary"], plain.headers["vary"]} == {"Accept-Encoding"}
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(packed.headers["content-length"]) == packed_bytes("premier-accueil")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("*", "gzip"),
        ("br;q=1.0, gzip;q=0.8", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0.000, br", None),
        ("x-gzip", None),
        ("gzip;q=fast", None),
        ("*;q=0, gzip", "gzip"),
        ("*, gzip;q=0", None),
        ("", None),
    ],
)
def test_what_a_browser_accepts_is_respected(client, accepted, encoding):
    headers = client.get(LAUNCHER, headers={"Accept-Encoding": accepted}).headers
    assert headers.get("content-encoding") == encoding


def test_asking_again_costs_a_few_bytes(client):
    first = client.get(LAUNCHER)
    for known in (
        first.headers["etag"],
        f"W/{first.headers['etag']}",
        f'"x", {first.headers["etag"]}',
        "*",
    ):
        again = client.get(LAUNCHER, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b""), known
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["vary"] == "Accept-Encoding"
    assert client.get(LAUNCHER, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_head_has_no_body(client):
    response = client.head(LAUNCHER)
    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pages.py",
        "/static/%2e%2e/pages.py",
        "/static/",
        "/static/widget",
        "/static/x.js",
    ],
)
def test_nothing_else_can_be_named(client, path):
    assert client.get(path).status_code == 404


def test_nothing_can_be_written(client):
    response = client.post(LAUNCHER)
    assert response.status_code == 405


def test_the_same_file_gives_the_same_bytes(tmp_path):
    page = tmp_path / "a.css"
    page.write_text("p { color: red; }\n" * 40)
    one, other = prepare(page), prepare(page)
    assert one == other
    assert one.packed is not None
    assert gzip.decompress(one.packed.body) == page.read_bytes()


def test_what_does_not_shrink_is_sent_as_it_is(tmp_path):
    small = tmp_path / "a.txt"
    small.write_text("a")
    assert prepare(small).packed is None
