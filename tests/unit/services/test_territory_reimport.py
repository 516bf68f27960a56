"""Importing again: what people edited stays; what vanished, moved or lacks a phone is told."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from memory_territory import MemoryTerritory

from accueil.core.places import Gazetteer
from accueil.core.territory import Coverage, Organisation, WeeklyHours
from accueil.core.territory_imported import ImportedSite
from accueil.core.territory_mapping import MappingError, read_mapping
from accueil.services.site_edit import EditRefused, SiteEditor
from accueil.services.territory_import import TerritoryImport
from accueil.services.territory_report import ImportReport

HEADER = (
    "id;organisation_id;organisation;nom;adresse;code_postal;commune;insee;telephone;email;"
    "latitude;longitude;horaires;accessibilite"
)
ROUBAIX = (
    "rbx;ml;Mission Locale A;Accueil A;1 rue de l’Exemple;59100;Roubaix;59512;01 99 00 01 01;"
    "a@example.org;50.69;3.18;lun-ven 09:00-12:00;Plain-pied"
)
LILLE = "lil;ml;Mission Locale A;Accueil B;2 rue;59000;Lille;59350;;;50.63;3.06;;"
RECORD: dict[str, Any] = {
    "id": "00000000-0000-4000-8000-000000000001",
    "ancien_code_pivot": "mission_locale-59512-01",
    "nom": "Mission locale d’Exemple",
    "pivot": [{"type_service_local": "mission_locale", "code_insee_commune": ["59512"]}],
    "adresse": [
        {
            "numero_voie": "1 rue",
            "code_postal": "59100",
            "nom_commune": "Roubaix",
            "longitude": "3.18",
            "latitude": "50.69",
        }
    ],
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(Path(__file__).parents[3] / "data" / "reference")


@pytest.fixture
def store() -> MemoryTerritory:
    return MemoryTerritory()


@pytest.fixture
def work(store: MemoryTerritory, gazetteer: Gazetteer) -> TerritoryImport:
    return TerritoryImport(store, gazetteer)


def lines(*given: str) -> bytes:
    return "\n".join((HEADER, *given)).encode()


def dump(*records: dict[str, Any]) -> bytes:
    return json.dumps({"service": records}).encode()


def counts(report: ImportReport) -> tuple[int, int, int]:
    assert report.errors == []
    return report.created, report.updated, report.unchanged


def test_what_was_edited_by_hand_stays_and_is_named(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    work.run(lines(ROUBAIX))
    SiteEditor(store).edit("rbx", {"phone": "01 99 00 09 09", "hours": "mardi matin"})
    moved_on = ROUBAIX.replace("1 rue", "3 rue").replace("01 99 00 01 01", "01 99 00 01 02")
    for updated in (1, 0):
        report = work.run(lines(moved_on))
        assert counts(report) == (0, updated, 1 - updated)
        assert [(one.site.id, one.fields) for one in report.kept] == [("rbx", ("hours", "phone"))]
        site = store.site("rbx")
        assert (site.phone, site.address) == ("01 99 00 09 09", "3 rue de l’Exemple")
        assert [span.weekday for span in site.hours] == [1]


def test_a_file_that_says_what_was_edited_is_followed_again(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    work.run(lines(ROUBAIX))
    SiteEditor(store).edit("rbx", {"phone": "01 99 00 09 09"})
    assert work.run(lines(ROUBAIX.replace("01 01;", "09 09;"))).kept == []
    assert work.run(lines(ROUBAIX.replace("01 01;", "09 10;"))).kept == []
    assert store.site("rbx").phone == "01 99 00 09 10"


def test_a_silent_column_forgets_no_edit(work: TerritoryImport, store: MemoryTerritory) -> None:
    work.run(lines(ROUBAIX))
    SiteEditor(store).edit("rbx", {"hours": "mardi matin"})
    columns = HEADER.removesuffix(";horaires;accessibilite")
    short = ROUBAIX.removesuffix(";lun-ven 09:00-12:00;Plain-pied")
    assert work.run(f"{columns}\n{short}".encode()).kept == []
    assert [one.fields for one in work.run(lines(ROUBAIX)).kept] == [("hours",)]


def test_what_vanished_moved_or_has_no_phone(work: TerritoryImport, store: MemoryTerritory) -> None:
    work.run(lines(ROUBAIX, LILLE))
    report = work.run(lines(ROUBAIX.replace("50.69", "50.70").replace("01 99 00 01 01", "")))
    assert [site.id for site in report.vanished] == ["lil"]
    ((site, kilometres),) = report.moved
    assert (site.id, kilometres) == ("rbx", pytest.approx(1.11, abs=0.01))
    assert [site.id for site in report.without_phone] == ["rbx"]
    assert {site.id for site in store.sites()} == {"rbx", "lil"}


def test_less_than_100_metres_is_not_a_move(work: TerritoryImport) -> None:
    work.run(lines(ROUBAIX))
    assert work.run(lines(ROUBAIX.replace("50.69", "50.6908"))).moved == []


def test_another_source_makes_nothing_vanish(work: TerritoryImport, tmp_path: Path) -> None:
    work.run(lines(ROUBAIX))
    path = tmp_path / "permanences.csv"
    path.write_bytes(lines(LILLE))
    assert work.run_file(path, source="permanences").vanished == []
    assert [one.id for one in work.run(lines(LILLE)).vanished] == ["rbx"]
    with pytest.raises(MappingError):
        work.run_file(path, source="Permanences !")


def test_a_line_left_out_has_not_vanished(work: TerritoryImport) -> None:
    work.run(dump(RECORD))
    far = {**RECORD, "adresse": [RECORD["adresse"][0] | {"latitude": "48.85"}]}
    report = work.run(dump(far))
    assert (report.left_out, report.misplaced, report.vanished) == (1, 1, [])


def test_one_record_in_both_dila_formats_is_one_site(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    bare = {key: value for key, value in RECORD.items() if key != "ancien_code_pivot"}
    for first, second, site_id in ((RECORD, bare, RECORD["ancien_code_pivot"]),):
        assert counts(work.run(dump(first))) == (1, 0, 0)
        assert counts(work.run(dump(second))) == (0, 0, 1)
        assert [site.id for site in store.sites()] == [site_id]


def test_a_site_named_by_uuid_first_keeps_that_name(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    work.run(dump({**RECORD, "ancien_code_pivot": ""}))
    assert counts(work.run(dump(RECORD))) == (0, 0, 1)
    assert [site.organisation_id for site in store.sites()] == [RECORD["id"]]


def test_the_export_of_2016_and_the_dump_speak_of_one_site(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    line = LILLE.replace("lil;ml;", "mission_locale-59512-01;mission_locale-59512-01;")
    names = {name: name for name in HEADER.split(";")}
    rules = 'source = "dila"\n[columns]\n' + "\n".join(f'{a} = "{b}"' for a, b in names.items())
    work.run(lines(line), read_mapping(rules))
    report = work.run(dump(RECORD))
    assert (counts(report), report.vanished) == ((0, 1, 0), [])
    assert [site.city for site in store.sites()] == ["Roubaix"]


def test_a_site_that_stands_alone_goes_to_the_mission_locale_of_its_commune(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    assert work.run(dump(RECORD)).alone == 1
    store.kept[Organisation, "59001"] = Organisation("59001", "Mission Locale de Roubaix")
    store.kept[Coverage, "59512"] = Coverage("59512", "59001")
    store.first_response = {"mission_locale-59512-01"}
    report = work.run(dump(RECORD))
    assert (report.attached, report.alone) == (1, 0)
    assert report.first_response_lost == ["mission_locale-59512-01"]
    assert store.site("mission_locale-59512-01").organisation_id == "59001"
    assert [one.id for one in store.organisations()] == ["59001"]
    again = work.run(dump(RECORD))
    assert (again.attached, counts(again)) == (0, (0, 0, 1))


def test_the_rules_of_the_directory_are_those_of_every_file(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    address = RECORD["adresse"][0]
    odd = {
        "swapped": address | {"latitude": "3.18", "longitude": "50.69"},
        "sea": address | {"latitude": "50.69", "longitude": "-12"},
        "nowhere": address | {"latitude": "", "longitude": ""},
    }
    records = [
        {**RECORD, "id": name, "ancien_code_pivot": f"mission_locale-{name}", "adresse": [one]}
        for name, one in odd.items()
    ]
    report = work.run(dump(RECORD, *records))
    assert (counts(report), report.left_out) == ((1, 0, 0), 3)
    said = {one.label: one.message for one in report.problems}
    assert "échangées" in said["Service 2 (mission_locale-swapped)"]
    assert "en mer" in said["Service 3 (mission_locale-sea)"]
    assert "coordonnées" in said["Service 4 (mission_locale-nowhere)"]


def test_hours_that_cannot_be_read_cost_the_hours_only(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    bad = {"nom_jour_debut": "Lundi", "nom_jour_fin": "Lundi", "valeur_heure_debut_1": "18:00:00"}
    bad["valeur_heure_fin_1"] = "09:00:00"
    report = work.run(dump({**RECORD, "plage_ouverture": [bad]}))
    assert [(one.kind, one.severity) for one in report.problems] == [("bad_hours", "warning")]
    assert store.site("mission_locale-59512-01").hours == []


def test_twins_are_named_and_nothing_is_imported(
    work: TerritoryImport, store: MemoryTerritory
) -> None:
    report = work.run(dump(RECORD, {**RECORD, "id": "another"}))
    (problem,) = report.errors
    assert problem.kind == "repeated_id"
    assert "service 1 (mission_locale-59512-01)" in problem.message
    assert store.kept == {}


def test_a_cut_file_is_refused_with_its_byte(work: TerritoryImport, store: MemoryTerritory) -> None:
    whole = dump(RECORD, {**RECORD, "id": "b", "ancien_code_pivot": "mission_locale-b"})
    for at in (len(whole) - 1, len(whole) - 40, 30):
        (problem,) = work.run(whole[:at]).problems
        assert f"octet {at:,},".replace(",", "\u202f", at // 1000) in problem.message
    (broken,) = work.run(whole.replace(b'"mission_locale-b"', b"mission")).problems
    byte = f"{whole.index(b'"mission_locale-b"'):,}".replace(",", "\u202f")
    assert f"octet {byte}." in broken.message
    assert store.kept == {}


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"service": []}', b'[{"id": "x"}]', b"[[1]]"])
def test_a_json_without_mission_locale(work: TerritoryImport, content: bytes) -> None:
    (problem,) = work.run(content).problems
    assert problem.severity == "error"
    assert problem.remedy


def test_a_permanence_in_the_plain_csv(work: TerritoryImport, store: MemoryTerritory) -> None:
    said = ROUBAIX.replace("lun-ven 09:00-12:00", "mardi matin à la mairie")
    assert counts(work.run(lines(said))) == (1, 0, 0)
    site = store.site("rbx")
    assert site.address == "Mairie, 1 rue de l’Exemple"
    assert [(span.weekday, span.start.hour, span.end.hour) for span in site.hours] == [(1, 9, 12)]
    (refused,) = work.run(lines(ROUBAIX.replace("lun-ven 09:00-12:00", "1er mardi"))).errors
    assert "chaque semaine" in refused.message


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"phone": "12"}, "téléphone"),
        ({"email": "a@"}, "e-mail"),
        ({"hours": "1er mardi"}, "chaque semaine"),
        ({"address": " "}, "vide"),
        ({"address": "x" * 301}, "trop long"),
        ({"accessibility": "x" * 301}, "trop long"),
        ({"phone": "12", "email": "a@"}, "e-mail"),
    ],
)
def test_an_edit_is_checked_as_an_import(
    work: TerritoryImport, store: MemoryTerritory, changes: dict[str, str], says: str
) -> None:
    work.run(lines(ROUBAIX))
    before = replace(store.site("rbx"))
    with pytest.raises(EditRefused, match=says):
        SiteEditor(store).edit("rbx", changes)
    assert store.site("rbx") == before


def test_an_edit(work: TerritoryImport, store: MemoryTerritory) -> None:
    work.run(lines(ROUBAIX))
    changes = {"phone": "", "email": "B@example.org", "hours": "mardi matin au CCAS"}
    site, is_changed = SiteEditor(store).edit("rbx", changes)
    assert is_changed
    assert (site.phone, site.email) == ("", "b@example.org")
    assert site.address == "CCAS, 1 rue de l’Exemple"
    assert len(site.hours) == 1
    assert isinstance(site.hours[0], WeeklyHours)
    assert store.all_of(ImportedSite)[0].values["phone"] == "01 99 00 01 01"
    assert SiteEditor(store).edit("rbx", changes)[1] is False


def test_an_edit_of_nothing(store: MemoryTerritory) -> None:
    with pytest.raises(EditRefused, match="pas de site"):
        SiteEditor(store).edit("x", {"phone": ""})
