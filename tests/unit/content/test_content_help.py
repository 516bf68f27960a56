"""Messages that name the slip and propose what was meant: keys, names, dates, sentences."""

import pytest
from typer.testing import CliRunner

from accueil.cli_content import content_app
from accueil.content.nearest import title_proposal
from accueil.content.reading_level import longest_sentence

FILE = "data/nlu/sante.yml"


def run(copy, now):
    command = ["check", "--folder", str(copy.folder), "--now", now]
    return CliRunner().invoke(content_app, command)


# Dates


@pytest.mark.parametrize(
    "written",
    ["2026-11-22", "20261122", '"22/11/2026"', "“2026-11-22”", "«2026-11-22»", '"2026-11-22 "'],
)
def test_a_date_is_shown_as_it_must_be_written(copy, expect, written):
    line = copy.replace(FILE, '"2026-08-31"', written)
    expect(FILE, line, 'Écrivez "2026-11-22", avec ces guillemets droits.')


@pytest.mark.parametrize("written", ['"2026-13-22"', '"31/02/2026"', "bientôt"])
def test_a_day_that_does_not_exist_is_not_proposed(copy, expect, written):
    line = copy.replace(FILE, '"2026-08-31"', written)
    expect(FILE, line, 'par exemple "2026-08-31"')


@pytest.mark.parametrize("written", ["2026-13-22", "2026-02-30", "2026-02-30 10:00:00"])
def test_an_unquoted_day_that_does_not_exist_is_no_crash(copy, expect, written):
    line = copy.replace(FILE, '"2027-03-31"', written)
    expect(FILE, line, "« " + written[:10], "n’existe pas", "guillemets droits")


# Keys of a source


@pytest.mark.parametrize(
    ("key", "meant"), [("easyy", "easy"), ("expire_on", "expires_on"), ("Precision", "precisions")]
)
def test_an_unknown_key_is_named_and_the_nearest_proposed(copy, expect, key, meant):
    line = copy.replace(FILE, "        card: source\n", f"        {key}: x\n        card: source\n")
    expect(FILE, line, f"« {key} » sous « custom » est inconnue", f"Est-ce « {meant} »")


def test_an_unknown_key_that_is_like_none_lists_them(copy, expect):
    line = copy.replace(FILE, "        card: source\n", "        note: x\n        card: source\n")
    expect(FILE, line, "« note »", "card, url, title")
    assert "Est-ce" not in copy.problems()[0].remedy


# Names


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        (
            "Question 1 sur logement/visale",
            "Question 1 sur logement/visal",
            "Question 1 sur logement/visale",
        ),
        ("payload: /prendre_rdv", "payload: /prendre_rendez_vous", None),
        ("payload: /prendre_rdv", "payload: /prendre_rvd", "prendre_rdv"),
        ("Question 1 sur logement/visale", "Bonjour", None),
    ],
)
def test_a_button_that_leads_nowhere_proposes_what_is_near(copy, old, new, meant):
    copy.replace(FILE, old, new)
    (problem,) = copy.problems()
    shown = problem.remedy.replace("\u00a0", " ")
    assert ("Est-ce" in shown) is (meant is not None)
    if meant:
        assert shown.endswith(f"Est-ce « {meant} »\u202f?")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("C'est quoi Visale?", "C'est quoi Visale ?"),
        ("Comment avoir Visale ?", "C'est quoi Visale ?"),
        ("c'est quoi le service civic ?", "C'est quoi le service civique ?"),
        ("C'est quoi le CEJ ?", None),
        ("Comment avoir une voiture ?", None),
        ("C'est quoi ?", None),
    ],
)
def test_words_of_many_titles_make_none_alike(text, meant):
    titles = ["C'est quoi Visale ?", "C'est quoi le service civique ?", "C'est quoi le PACEA ?"]
    titles += [f"Comment avoir {what} ?" for what in ("les APL", "un logement", "le permis")]
    proposed = title_proposal(text, titles).replace("\u00a0", " ")
    assert proposed == (f" Est-ce « {meant} »\u202f?" if meant else "")


def test_a_fiche_and_an_answer_alone_are_proposed_to_each_other(copy):
    copy.replace(FILE, "  utter_sante/aide:", "  utter_sante/aides:")
    fiche, answer = (one.remedy.replace("\u00a0", " ") for one in copy.problems())
    assert "Est-ce « utter_sante/aides »" in fiche
    assert "Est-ce « sante/aide »" in answer


def test_a_name_that_has_its_answer_is_not_proposed(copy):
    text = (copy.folder / FILE).read_text(encoding="utf-8")
    answer = text[text.index("  utter_sante/aide:") :]
    orphan = answer.replace("utter_sante/aide", "utter_sante/aides")
    (copy.folder / FILE).write_text(text + orphan, encoding="utf-8")
    (problem,) = copy.problems()
    assert "Est-ce" not in problem.remedy


# Fiches that expire soon


@pytest.mark.parametrize(
    ("now", "is_told"),
    [("2027-01-29", False), ("2027-01-30", True), ("2027-03-31", True), ("2027-04-01", False)],
)
def test_fiches_that_expire_within_60_days_are_told(copy, now, is_told):
    result = run(copy, now)
    assert ("expirent dans les 60 jours" in result.stderr) is is_told
    assert result.exit_code == (1 if now == "2027-04-01" else 0)


def test_the_warning_gives_the_count_and_the_first_date(copy):
    copy.replace(FILE, '"2027-03-31"', '"2027-02-28"')
    result = run(copy, "2027-02-01")
    assert result.output.splitlines()[0] == "Les contenus sont bons."
    assert "10 fiches expirent dans les 60 jours, la première le 2027-02-28." in result.stderr


def test_one_fiche_that_expires_soon_is_one(copy):
    copy.replace(FILE, '"2027-03-31"', '"2026-12-01"')
    assert "1 fiche expire dans les 60 jours, le 2026-12-01." in run(copy, "2026-11-23").stderr


# Sentences


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (
            "Bonjour. La réglementation administrative conditionne réellement l’attribution de "
            "chaque prestation départementale complémentaire.",
            "« La réglementation administrative conditionne réellement l’attribution de chaque… »",
        ),
        ("et puis " * 60 + "c’est fini.", "« et puis et puis et puis et puis… »"),
    ],
)
def test_the_longest_sentence_of_a_hard_text_is_quoted(copy, expect, new, words):
    line = copy.replace(FILE, "Voici ce que tu peux faire\u202f: c’est simple.", new)
    expect(FILE, line, f"La plus longue phrase : {words}")


def test_the_longest_sentence_is_counted_in_words():
    assert longest_sentence("Extraordinairement long. Il a un chat ici. Oui") == "Il a un chat ici"
    assert longest_sentence("un deux trois quatre cinq six sept huit").endswith("sept huit")
    assert longest_sentence("") == ""
