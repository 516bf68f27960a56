"""Searching the written answers: on the real content, with queries written for this test."""

import statistics
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accueil.content.answers import read_answers
from accueil.content.example_questions import read_example_questions
from accueil.core.answer_search import AnswerSearch, Searched, searched
from accueil.core.answer_words import Spellings, stem, words_of
from accueil.settings import ROOT

QUERIES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("answer_queries.tsv").read_text("utf-8").splitlines()
]
CONTENT = ROOT / "data" / "nlu"


@pytest.fixture(scope="module")
def search() -> AnswerSearch:
    examples = read_example_questions(CONTENT)
    return AnswerSearch([searched(one, examples[one.key]) for one in read_answers(CONTENT)])


@pytest.fixture(scope="module")
def small() -> AnswerSearch:
    return AnswerSearch(
        [
            Searched("logement/apl", "Comment avoir les APL ?", "L’aide au loyer de la Caf."),
            Searched("emploi/cv", "Comment faire un CV ?", "Une page, claire.", ("mon cv",)),
        ]
    )


def test_queries_name_answers_that_exist() -> None:
    known = {one.key for one in read_answers(CONTENT)}
    assert len(QUERIES) >= 100
    assert {key for _, key in QUERIES} - known == set()


def test_the_right_answer_is_among_the_first_three(search: AnswerSearch) -> None:
    missed = [query for query, key in QUERIES if key not in search.find(query)[:3]]
    assert len(missed) / len(QUERIES) <= 0.04, missed
    first = sum(search.find(query)[:1] == (key,) for query, key in QUERIES)
    assert first / len(QUERIES) >= 0.9


def test_a_query_takes_a_few_milliseconds(search: AnswerSearch) -> None:
    durations = []
    for query, _ in QUERIES:
        begun = time.perf_counter()
        search.find(query)
        durations.append(time.perf_counter() - begun)
    assert statistics.median(durations) < 0.005


@pytest.mark.parametrize(
    "query", ["", "   ", "zzzz qqq", "bonjour", "comment", "🍕", "recette de crêpes", "1234 5678"]
)
def test_nothing_is_found_where_nothing_fits(search: AnswerSearch, query: str) -> None:
    assert search.find(query) == ()


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("lojement social", "logement/logement_social"),
        ("APPRENTISAGE", "formation/apprentissage"),
        ("jcherche un apart", "logement/chercher_logement"),
        ("contrat d’engagement", "aides_argent/cej"),
        ("mutuele grattuite", "sante/complementaire_sante"),
    ],
)
def test_mistakes_of_hurry_are_forgiven(search: AnswerSearch, query: str, key: str) -> None:
    assert key in search.find(query)[:3]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert AnswerSearch([]).find("logement") == ()


def test_the_limit_is_kept(search: AnswerSearch) -> None:
    assert len(search.find("aide logement", limit=2)) == 2


@settings(deadline=None)
@given(st.text(max_size=900))
def test_no_text_is_too_strange(small: AnswerSearch, query: str) -> None:
    found = small.find(query)
    assert found == small.find(query)
    assert set(found) <= {"logement/apl", "emploi/cv"}


@given(st.text(max_size=60))
def test_words_are_stable(text: str) -> None:
    assert words_of(text) == words_of(text.upper().lower()) or not text.isascii()
    assert all(word == word.lower() and word for word in words_of(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aides", "aider"),
        ("payer", "paye"),
        ("financement", "financer"),
        ("appartements", "apartement"),
        ("metiers", "metier"),
        ("gratuites", "gratuit"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_and_numbers_stay_whole() -> None:
    assert words_of("APL, CV, RSA et 18 ans") == ["apl", "cv", "rsa", "18", "ans"]


def test_spellings_are_corrected_by_one_letter_or_two_in_long_words() -> None:
    spellings = Spellings(["logement", "mutuel", "apl"])
    assert spellings.near("logemant") == ["logement"]
    assert spellings.near("lojemant") == []
    assert spellings.near("mutul") == ["mutuel"]
    assert spellings.near("apk") == []
