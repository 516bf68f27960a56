"""What the look over a territory finds, and what it leaves alone."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from factories import make_organisation, make_site

from accueil.core.french import NBSP, NNBSP
from accueil.core.places import Gazetteer
from accueil.core.territory import Coverage, Organisation, Site
from accueil.core.territory_check import (
    Check,
    Finding,
    Kind,
    Level,
    View,
    as_data,
    check_territory,
    shown_check,
)
from accueil.core.territory_check.view import DISTRICTS
from accueil.core.territory_check.wording import TITLES, TO_DO, share

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
BELFORT, DELLE, PARIS = "90010", "90033", "75056"
type Records = tuple[list[Organisation], list[Site], list[Coverage]]


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load(REFERENCE)


def site_at(insee: str, site_id: str = "a", **changes: object) -> Site:
    commune = gazetteer().by_insee(insee)
    assert commune is not None
    at = {
        "insee": insee,
        "address": f"{site_id} rue de l’Exemple",
        "latitude": commune.latitude,
        "longitude": commune.longitude,
        "is_example": False,
    }
    return make_site(site_id, **(at | changes))


def good() -> Records:
    """All of the Territoire de Belfort, one Mission Locale, one site with everything."""
    covered = [Coverage(one.insee, "val") for one in gazetteer() if one.department == "90"]
    return [make_organisation()], [site_at(BELFORT)], covered


def check(records: Records, department: str = "90") -> Check:
    return check_territory(View(gazetteer(), *records), department)


def found(check: Check, kind: Kind) -> list[Finding]:
    return [one for one in check.findings if one.kind is kind]


def test_a_good_territory_has_nothing_to_correct_and_is_said_in_few_lines() -> None:
    whole = check(good(), "")
    assert {one.kind for one in whole.findings} == {Kind.UNSERVED}
    assert not whole.must_be_corrected
    assert len(shown_check(whole, gazetteer())) < 10
    here = check(good())
    assert here.findings == ()
    assert (here.counts.organisations, here.counts.sites) == (1, 1)
    assert here.counts.communes == here.counts.all_communes == 101
    assert here.counts.people == here.counts.all_people > 100_000


type Change = Callable[[Records], Records]


def with_sites(*sites: Site, instead: bool = False) -> Change:
    return lambda r: (r[0], [*([] if instead else r[1]), *sites], r[2])


def without(*codes: str) -> Change:
    return lambda r: (r[0], r[1], [one for one in r[2] if one.insee not in codes])


def with_coverage(*rows: Coverage, organisations: Iterable[Organisation] = ()) -> Change:
    return lambda r: ([*r[0], *organisations], r[1], [*r[2], *rows])


OTHER = make_organisation(id="other", name="Autre Mission Locale")
CHANGES: dict[Kind, tuple[Change, str]] = {
    Kind.NO_SITE: (lambda r: (r[0], [], r[2]), "pas un seul site"),
    Kind.NO_COVERAGE: (lambda r: (r[0], r[1], []), "n’a de commune"),
    Kind.EXAMPLE_BESIDE_REAL: (
        lambda r: with_sites(site_at(DELLE, "b", is_example=True))(r),
        "Antenne B (b)",
    ),
    Kind.WITHOUT_SITE: (
        lambda r: ([*r[0], OTHER], r[1], [*without(DELLE)(r)[2], Coverage(DELLE, "other")]),
        "Autre Mission Locale (other), 1\u00a0commune",
    ),
    Kind.WITHOUT_COVERAGE: (
        lambda r: ([*r[0], OTHER], [*r[1], site_at(DELLE, "b", organisation_id="other")], r[2]),
        "Antenne B (b)",
    ),
    Kind.HOLE: (without(DELLE), "Delle (90033)"),
    Kind.GONE_COMMUNE: (with_coverage(Coverage("90999", "val")), "90999, code inconnu"),
    Kind.MISPLACED: (lambda r: with_sites(site_at(DELLE, "b", latitude=48.0))(r), "(b), à 5"),
    Kind.NO_PHONE: (
        lambda r: (
            [replace(one, phone="") for one in r[0]],
            [replace(one, phone="") for one in r[1]],
            r[2],
        ),
        "Antenne A (a)",
    ),
    Kind.UNCOVERED: (without(BELFORT), "Belfort (90010)"),
    Kind.FAR: (lambda r: with_sites(site_at("21231"), instead=True)(r), "km"),
    Kind.ELSEWHERE: (
        lambda r: (
            [*r[0], OTHER],
            [*r[1], site_at(DELLE, "b", organisation_id="other")],
            [*r[2], Coverage("25388", "other")],
        ),
        "(b), à Delle\u00a0: Mission Locale du Val",
    ),
    Kind.SAME_PLACE: (
        lambda r: with_sites(site_at(BELFORT, "b"))(r),
        "Antenne A (a) et Antenne B (b)",
    ),
    Kind.NO_HOURS: (lambda r: with_sites(site_at(DELLE, "b", hours=[]))(r), "Antenne B (b)"),
    Kind.NO_EMAIL: (lambda r: with_sites(site_at(DELLE, "b", email=""))(r), "Antenne B (b)"),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_each_finding_is_told_with_what_is_concerned(kind: Kind) -> None:
    change, words = CHANGES[kind]
    told = found(check(change(good())), kind)
    assert len(told) == 1
    assert words in " ".join((told[0].what, *told[0].which))
    assert told[0].department in ("", "90")
    assert found(check(good()), kind) == []
    said = "\n".join(shown_check(check(change(good())), gazetteer()))
    assert TITLES[kind] in said
    assert TO_DO[kind] in said


def test_only_what_must_be_corrected_makes_the_command_fail() -> None:
    changed = {kind: check(change(good())) for kind, (change, _) in CHANGES.items()}
    for kind, one in changed.items():
        if kind.level is Level.CORRECT:
            assert one.must_be_corrected
    for kind in (Kind.UNCOVERED, Kind.SAME_PLACE, Kind.NO_HOURS, Kind.NO_EMAIL, Kind.FAR):
        assert not changed[kind].must_be_corrected


def test_every_kind_has_its_words() -> None:
    assert set(TITLES) == set(TO_DO) == set(Kind)


def test_a_departement_where_nothing_is_known_is_told_once() -> None:
    whole = check(good(), "")
    unserved = {one.department for one in found(whole, Kind.UNSERVED)}
    assert {"75", "2A", "974", "976", "987"} <= unserved
    assert not {"90", "984", "989"} & unserved  # nobody lives in 984 and 989
    assert found(check(good(), "974"), Kind.UNSERVED)


def test_two_codes_of_one_commune_with_two_missions_locales_overlap() -> None:
    former, now = "91182", "91228"  # Courcouronnes is in Évry-Courcouronnes since 2019
    rows = [Coverage(now, "val"), Coverage(former, "other")]
    records = ([make_organisation(), OTHER], [site_at(now)], rows)
    one = check(records, "91")
    (overlap,) = found(one, Kind.OVERLAP)
    both = "Autre Mission Locale et Mission Locale du Val d’Exemple"
    assert overlap.which == (f"Évry-Courcouronnes (91228), {both}",)
    assert "aujourd’hui Évry-Courcouronnes (91228)" in str(found(one, Kind.GONE_COMMUNE))
    alike = (
        [make_organisation()],
        [site_at(now)],
        [replace(r, organisation_id="val") for r in rows],
    )
    assert found(check(alike, "91"), Kind.OVERLAP) == []


def test_a_site_in_a_commune_that_is_gone() -> None:
    told = found(
        check(with_sites(replace(site_at("91228"), insee="91182"))(good()), "91"), Kind.GONE_COMMUNE
    )
    assert "Antenne A (a), à 91182, aujourd’hui Évry-Courcouronnes (91228)" in str(told)


def test_paris_is_one_commune_however_it_is_covered() -> None:
    districts = sorted(code for code, city in DISTRICTS.items() if city == PARIS)
    everything = [Coverage(code, "val") for code in districts]
    site = site_at(PARIS)
    for rows in ([Coverage(PARIS, "val")], everything):
        whole = check(([make_organisation()], [site], rows), "75")
        assert (whole.counts.communes, whole.counts.all_communes) == (1, 1)
        assert whole.counts.people == whole.counts.all_people or rows is everything
        assert whole.findings == ()
    part = check(([make_organisation()], [site], everything[:18]), "75")
    assert part.counts.communes == 0
    assert 0 < part.counts.people < part.counts.all_people
    (hole,) = [one for one in part.findings if one.kind in (Kind.HOLE, Kind.UNCOVERED)]
    assert hole.which == (f"Paris (75056), 2{NBSP}arrondissements",)


def test_france_is_counted_once() -> None:
    whole = check(good(), "").counts
    assert whole.all_communes == len(gazetteer()) - len(DISTRICTS)


def test_two_missions_locales_of_paris_are_not_elsewhere_in_their_own_district() -> None:
    rows = [Coverage("75118", "val"), Coverage("75113", "other")]
    mine = replace(site_at(PARIS), insee="75118")
    theirs = replace(mine, id="b", organisation_id="other", latitude=48.83)
    records = ([make_organisation(), OTHER], [mine, theirs], rows)
    (told,) = found(check(records, "75"), Kind.ELSEWHERE)
    assert "(b), à Paris" in told.which[0]
    assert len(told.which) == 1


def test_the_phone_of_the_mission_locale_is_enough() -> None:
    organisations, sites, rows = good()
    silent = [replace(one, phone="", email="") for one in sites]
    said = {one.kind for one in check((organisations, silent, rows)).findings}
    assert Kind.NO_PHONE not in said
    assert Kind.NO_EMAIL in said
    written = [replace(one, email="accueil@example.org") for one in organisations]
    assert check((written, silent, rows)).findings == ()


def test_sites_at_one_address_and_three_at_one_point() -> None:
    same = [site_at(DELLE, one, latitude=47.5 + at / 500) for at, one in enumerate("bc")]
    there = [replace(one, address="1, place de l’Église") for one in same]
    told = found(check(with_sites(*there)(good())), Kind.SAME_PLACE)
    assert told[0].which == ("Antenne B (b) et Antenne C (c)",)
    three = with_sites(site_at(BELFORT, "b"), site_at(BELFORT, "c"))(good())
    assert found(check(three), Kind.SAME_PLACE)[0].which == (
        "Antenne A (a) et Antenne B (b) et Antenne C (c)",
    )
    apart = with_sites(site_at(BELFORT, "b", latitude=47.64))(good())
    assert found(check(apart), Kind.SAME_PLACE) == []


def test_examples_alone_are_no_fault() -> None:
    organisations, sites, rows = good()
    examples = (
        [replace(one, is_example=True) for one in organisations],
        [replace(one, is_example=True) for one in sites],
        rows,
    )
    one = check(examples)
    assert one.is_example
    assert one.findings == ()
    assert "Tout est un exemple" in "\n".join(shown_check(one, gazetteer()))
    assert not check(good()).is_example


def test_an_empty_base() -> None:
    nothing: Records = ([], [], [])
    one = check(nothing, "")
    assert [f.kind for f in one.findings if f.kind.level is Level.CORRECT] == [Kind.NO_SITE]


def test_overseas_is_judged_like_the_rest() -> None:
    rows = [Coverage(one.insee, "val") for one in gazetteer() if one.department == "973"]
    one = check(([make_organisation()], [site_at("97302")], rows), "973")
    (far,) = one.findings
    assert far.kind is Kind.FAR
    assert "Maripasoula" in str(far.which)
    assert one.counts.communes == 22


def test_the_most_useful_comes_first_and_long_lists_are_cut() -> None:
    rows = [Coverage(one.insee, "val") for one in gazetteer() if one.department == "90"]
    many = [site_at(BELFORT, f"s{at}", hours=[], latitude=47.6 + at / 100) for at in range(9)]
    silent = [replace(one, phone="") for one in many]
    organisations = [make_organisation(phone="")]
    lines = shown_check(check((organisations, silent, rows)), gazetteer())
    assert lines.index("À CORRIGER") < lines.index("À VÉRIFIER")
    assert sum("et 6 de plus" in line for line in lines) == 2
    everywhere = [site_at(f"{code:02}004", f"s{code}", hours=[]) for code in (1, 2, 8, 10, 11, 12)]
    text = "\n".join(shown_check(check(with_sites(*everywhere)(good()), ""), gazetteer()))
    assert "autre département" in text


def test_a_machine_gets_everything() -> None:
    data = json.loads(json.dumps(as_data(check(without(DELLE)(good())), gazetteer())))
    assert data["must_be_corrected"] is True
    assert data["counts"]["communes"] == data["counts"]["all_communes"] - 1
    (finding,) = data["findings"]
    assert finding["level"] == "correct"
    assert finding["department"] == "90"
    assert finding["department_name"] == "Territoire de Belfort"
    assert finding["which"] == ["Delle (90033)"]
    assert finding["to_do"]


def test_shares_never_round_to_all_or_nothing() -> None:
    said = [
        share(*pair) for pair in ((0, 9), (9, 9), (1, 99_999), (99_998, 99_999), (1, 8), (0, 0))
    ]
    assert said == [f"{text}{NNBSP}%" for text in ("0", "100", "0,1", "99,9", "12,5", "0")]
