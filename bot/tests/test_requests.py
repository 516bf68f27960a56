"""Two requests in a message; the reader here knows a few keywords."""

from typing import List, Tuple

import pytest

from bot.nlu.output import Ranking
from bot.nlu.requests import LONG, Request, find_requests

SURE = 0.5
TALK = frozenset({"salutation", "remerciement"})
KEYWORDS: List[Tuple[str, str, float]] = [
    ("bonjour", "salutation", 0.95),
    ("merci", "remerciement", 0.95),
    ("rdv", "prendre_rdv", 0.9),
    ("fjt", "logement/foyer", 0.8),
    ("apl", "logement/apl", 0.8),
    ("permis", "mobilite/permis", 0.7),
    ("truc", "sante/medecin", 0.49),
]


class Reader:
    """The first keyword in the text names the likeliest intent. Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: List[str] = []

    def __call__(self, text: str) -> Ranking:
        self.asked.append(text)
        found = [(text.lower().find(word), label, p) for word, label, p in KEYWORDS
                 if word in text.lower()]  # fmt: skip
        label, sure = min(found)[1:] if found else ("hors_sujet", 0.3)
        return [(label, sure), *((f"x_{number}", (1 - sure) / 9) for number in range(9))]


def find(text: str, sure: float = SURE) -> Tuple[Request, ...]:
    return find_requests(Reader(), text, TALK, sure)


def labels(text: str, sure: float = SURE) -> List[str]:
    return [one.label for one in find(text, sure)]


# Two requests


@pytest.mark.parametrize(
    "text",
    [
        "c'est quoi un fjt et je voudrais un rdv",
        "C’est quoi un FJT ? Je voudrais un RDV.",
        "ckoi un fjt et jveux 1 rdv",
        "jcherche un fjt, sinon on peut avoir un rdv ?",
        "je cherche un fjt mais aussi il me faut un rdv",
        "comment aller en fjt\nje voudrais un rdv",
        "besoin d'un fjt ; besoin d'un rdv",
        "le fjt ça coûte combien ?! et le rdv c'est quand ?!",
        "un fjt ça coûte cher\u202f?! un rdv c'est possible\u202f?!",
        "bonjour ! c'est quoi un fjt ? je veux un rdv. merci beaucoup pour tout !",
    ],
)
def test_two_requests_in_the_order_they_were_made(text: str) -> None:
    assert labels(text) == ["logement/foyer", "prendre_rdv"]


def test_the_other_way_round() -> None:
    text = "je voudrais un rdv et aussi c'est quoi un fjt"
    assert labels(text) == ["prendre_rdv", "logement/foyer"]


def test_what_is_told_of_each() -> None:
    first, second = find("c'est quoi un fjt et je voudrais un rdv")
    assert (first.label, first.top, first.confidence) == ("logement/foyer", "logement", 0.8)
    assert (second.label, second.top, second.confidence) == ("prendre_rdv", "prendre_rdv", 0.9)
    assert first.ranking[0] == ("logement/foyer", 0.8)
    assert first.ranking is not second.ranking


def test_the_label_is_the_likeliest_of_the_likeliest_theme() -> None:
    def read(text: str) -> Ranking:
        if "rdv" in text:
            return [("prendre_rdv", 1.0)]
        return [("aide", 0.35), ("logement/apl", 0.33), ("logement/foyer", 0.32)]

    first, _ = find_requests(read, "comment payer mon loyer et je veux un rdv", TALK, SURE)
    assert (first.top, first.label) == ("logement", "logement/apl")
    assert first.confidence == pytest.approx(0.65)


def test_of_three_requests_the_first_two() -> None:
    text = "c'est quoi un fjt ? comment avoir le permis ? je veux un rdv"
    assert labels(text) == ["logement/foyer", "mobilite/permis"]


def test_two_questions_of_one_theme_are_one_request() -> None:
    assert find("c'est quoi un fjt ? et comment avoir les apl ?") == ()
    three = "c'est quoi un fjt ? et comment avoir les apl ? et je veux un rdv"
    assert labels(three) == ["logement/foyer", "prendre_rdv"]


# One request, or none


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "👍 👍",
        "rdv",
        "un rdv et un fjt",
        "je voudrais un rdv",
        "je voudrais un rdv lundi ou mardi et jeudi si possible",
        "c'est quoi un fjt ?",
        "c'est quoi un fjt et une chambre",
        "je voudrais un rdv. Je finis à 14h30.",
        "j'ai un fjt et le permis et un rdv",
    ],
)
def test_one_request_is_read_whole(text: str) -> None:
    assert find(text) == ()


def test_a_message_of_one_part_is_not_read_here() -> None:
    reader = Reader()
    find_requests(reader, "c'est quoi un fjt ?", TALK, SURE)
    assert reader.asked == []


@pytest.mark.parametrize(
    "text",
    [
        "je voudrais un rdv et je peux dire merci",
        "tu peux me dire bonjour ? et je veux dire merci",
    ],
)
def test_talk_is_no_request(text: str) -> None:
    assert find(text) == ()
    assert len(find_requests(Reader(), text, frozenset(), SURE)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "je veux pas de fjt et je voudrais un rdv",
        "jveux pas de fjt et jveux un rdv",
        "j'veux plus de fjt, je voudrais un rdv. comment faire ?",
        "je cherche pas un fjt ? je veux un rdv",
        "jcherche plus de fjt ? je veux un rdv",
        "j'ai pas besoin d'un fjt ? je veux un rdv",
        "c'est pas pour un fjt ? je veux un rdv",
        "je voudrais un rdv au lieu du fjt ? je peux avoir un rdv ?",
        "je voudrais plutôt le permis ? je veux un rdv",
    ],
)
def test_what_is_not_wanted_is_no_request(text: str) -> None:
    assert find(text) == ()


def test_below_the_probability_asked_there_is_no_request() -> None:
    text = "je cherche un truc et je voudrais un rdv"
    assert find(text) == ()
    assert labels(text, sure=0.49) == ["sante/medecin", "prendre_rdv"]
    assert find("c'est quoi un fjt et je voudrais un rdv", sure=0.81) == ()


def test_a_reader_without_intents_finds_nothing() -> None:
    assert find_requests(lambda text: [], "un fjt ? un bon rdv ?", TALK, 0.0) == ()


@pytest.mark.parametrize("sign", ["?", ".", "et ", "a b ", ", et ", "j'", "\n"])
def test_a_message_of_six_hundred_characters_is_read_in_bounded_parts(sign: str) -> None:
    reader = Reader()
    find_requests(reader, (sign * LONG)[:LONG], TALK, SURE)
    assert len(reader.asked) <= 120


@pytest.mark.parametrize(
    "text",
    ["merci, c'est quoi un fjt ?", "ok et comment avoir un fjt", "bonjour je voudrais un fjt"],
)
def test_what_follows_a_courtesy_is_what_is_asked(text: str) -> None:
    assert [one.label for one in find(text)] == ["logement/foyer"]


@pytest.mark.parametrize("text", ["merci beaucoup", "ok ça marche", "bonjour", "merci pour le fjt"])
def test_a_courtesy_alone_asks_nothing(text: str) -> None:
    assert find(text) == ()
