"""Where an answer comes from: a source, its owner, its two dates."""

from datetime import date

import pytest

FILE = "data/nlu/sante.yml"


def test_an_answer_of_a_theme_without_a_source(copy, expect):
    path = copy.folder / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.split("      custom:")[0], encoding="utf-8")
    line = text.split("    - text:")[0].count("\n") + 1
    expect(FILE, line, "« utter_sante/aide » n’a pas de source", "expires_on")


@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("        url: https://www.service-public.example/1\n", "url"),
        ("        title: L’aide, expliquée\n", "title"),
        ("        owner: équipe éditoriale\n", "owner"),
        ('        checked_on: "2026-08-31"\n', "checked_on"),
        ('        expires_on: "2027-03-31"\n', "expires_on"),
    ],
)
def test_a_source_without_a_field(copy, expect, old, name):
    copy.replace(FILE, old, "")
    line = (copy.folder / FILE).read_text().split("      custom:")[0].count("\n") + 1
    expect(FILE, line, f"Il manque « {name} »")


def test_a_field_left_empty(copy, expect):
    line = copy.replace(FILE, "owner: équipe éditoriale", 'owner: ""')
    expect(FILE, line, "Il manque « owner »")


@pytest.mark.parametrize(
    "day", ['"31/08/2026"', '"2026-02-30"', '"août"', '"20260831"', "2026-08-31", "20260831"]
)
def test_what_is_no_date(copy, expect, day):
    line = copy.replace(FILE, '"2026-08-31"', day)
    expect(FILE, line, "« checked_on » n’est pas une date", '"2026-08-31"')


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('expires_on: "2027-03-31"', 'expires_on: "2026-11-22"', "périmée depuis le 2026-11-22"),
        ('checked_on: "2026-08-31"', 'checked_on: "2026-11-24"', "dans le futur"),
        ('expires_on: "2027-03-31"', 'expires_on: "2027-09-01"', "12 mois"),
        ("https://www.service", "http://www.service", "https://"),
        ("https://www.service", "www.service", "https://"),
    ],
)
def test_a_source_that_cannot_be_trusted(copy, expect, old, new, words):
    expect(FILE, copy.replace(FILE, old, new), words)


@pytest.mark.parametrize(
    ("checked", "expires", "is_good"),
    [
        ("2026-11-23", "2027-11-23", True),
        ("2026-11-23", "2026-11-23", True),
        ("2026-11-22", "2027-11-23", False),
        ("2026-03-01", "2027-03-01", True),
    ],
)
def test_the_edges_of_dates(copy, checked, expires, is_good):
    copy.replace(FILE, '"2026-08-31"', f'"{checked}"')
    copy.replace(FILE, '"2027-03-31"', f'"{expires}"')
    assert (copy.problems() == []) is is_good


def test_a_leap_day_lasts_until_the_end_of_february(copy):
    copy.replace(FILE, '"2026-08-31"', '"2028-02-29"')
    copy.replace(FILE, '"2027-03-31"', '"2029-03-01"')
    told = [one for one in copy.problems(date(2028, 3, 1)) if one.place.file == FILE]
    assert "2029-02-28" in told[0].remedy


def test_a_fiche_expires_at_the_end_of_its_day(copy):
    assert copy.problems(date(2027, 3, 31)) == []
    told = copy.problems(date(2027, 4, 1))
    assert len(told) == 10
    assert all("périmée" in one.reason for one in told)
