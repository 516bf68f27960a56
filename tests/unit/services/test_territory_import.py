"""Importing our own CSV format: what is accepted, written, kept and counted."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from memory_territory import MemoryTerritory

from accueil.core.places import Gazetteer
from accueil.core.territory import Organisation, WeeklyHours
from accueil.core.territory_mapping import read_mapping
from accueil.services.territory_import import TerritoryImport
from accueil.services.territory_report import ImportReport

HEADER = (
    "id;organisation_id;organisation;nom;adresse;code_postal;commune;insee;telephone;email;"
    "latitude;longitude;horaires;accessibilite"
)
ROUBAIX = (
    "rbx;ml-rbx;Mission Locale A;Accueil A;1 rue de l’Exemple;59100;Roubaix;59512;01 99 00 01 01;"
    'a@example.org;50.69;3.18;"lun-ven 09:00-12:00 13:30-17:30; sam 09:00-12:00";Plain-pied'
)
REUNION = (
    "run;ml-run;Mission Locale B;Accueil B;2 rue de l’Exemple;97400;Saint-Denis;;;;-20,90;55,45;;"
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(Path(__file__).parents[3] / "data" / "reference")


@pytest.fixture
def store() -> MemoryTerritory:
    return MemoryTerritory()


@pytest.fixture
def territory_import(store: MemoryTerritory, gazetteer: Gazetteer) -> TerritoryImport:
    return TerritoryImport(store, gazetteer)


def content(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode()


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.left_out


def test_a_file_becomes_sites(territory_import: TerritoryImport, store: MemoryTerritory) -> None:
    report = territory_import.run(content(ROUBAIX, REUNION))
    assert (counts(report), report.problems, report.is_saved) == ((2, 0, 0, 0), [], True)
    site = store.site("rbx")
    assert (site.insee, site.time_zone, site.phone) == ("59512", "Europe/Paris", "01 99 00 01 01")
    assert site.hours[-1] == WeeklyHours(5, time(9), time(12))
    assert len(site.hours) == 11
    assert not site.is_example
    assert store.organisation("ml-rbx") == Organisation("ml-rbx", "Mission Locale A")


def test_commune_is_found_without_its_code(
    territory_import: TerritoryImport, store: MemoryTerritory
) -> None:
    territory_import.run(content(REUNION))
    assert store.site("run").insee == "97411"
    assert store.site("run").time_zone == "Indian/Reunion"
    assert store.site("run").latitude == pytest.approx(-20.9)


@pytest.mark.parametrize(
    ("address", "insee"),
    [
        ("59100;ROUBAIX CEDEX 1", "59512"),
        ("59051;Roubaix Cedex", "59512"),
        ("93200;St Denis", "93066"),
        ("75018;Paris", "75118"),
        ("75018;Paris 18", "75118"),
        ("13003;MARSEILLE", "13203"),
        ("20000;Ajaccio", "2A004"),
        ("91000;Evry", "91228"),
    ],
)
def test_commune_by_postal_code_and_name(
    territory_import: TerritoryImport, gazetteer: Gazetteer, address: str, insee: str
) -> None:
    commune = gazetteer.by_insee(insee)
    assert commune is not None
    line = (
        f"x;m;Mission;Nom;1 rue de l’Exemple;{address};;;;{commune.latitude};{commune.longitude};;"
    )
    report = territory_import.run(content(line))
    assert report.errors == []
    store = territory_import.store
    assert isinstance(store, MemoryTerritory)
    assert store.site("x").insee == insee


def test_a_second_import_changes_nothing(
    territory_import: TerritoryImport, store: MemoryTerritory
) -> None:
    territory_import.run(content(ROUBAIX, REUNION))
    before = dict(store.kept)
    assert counts(territory_import.run(content(ROUBAIX, REUNION))) == (0, 0, 2, 0)
    assert store.kept == before


def test_a_changed_line_updates_its_site_only(
    territory_import: TerritoryImport, store: MemoryTerritory
) -> None:
    territory_import.run(content(ROUBAIX, REUNION))
    report = territory_import.run(content(ROUBAIX.replace("1 rue", "3 rue"), REUNION))
    assert counts(report) == (0, 1, 1, 0)
    assert store.site("rbx").address == "3 rue de l’Exemple"


def test_a_column_that_is_absent_leaves_what_was_there(
    territory_import: TerritoryImport, store: MemoryTerritory
) -> None:
    territory_import.run(content(ROUBAIX))
    columns = HEADER.removesuffix(";horaires;accessibilite")
    cells = ROUBAIX.split(';"lun-ven')[0]
    report = territory_import.run(f"{columns}\n{cells}".encode())
    assert counts(report) == (0, 0, 1, 0)
    assert len(store.site("rbx").hours) == 11


def test_what_the_organisation_already_had_is_kept(
    territory_import: TerritoryImport, store: MemoryTerritory
) -> None:
    known = Organisation("ml-rbx", "Ancien nom", "01 99 00 00 00", "ml@example.org")
    store.kept[Organisation, known.id] = known
    territory_import.run(content(ROUBAIX))
    assert store.organisation("ml-rbx") == replace(known, name="Mission Locale A")


def test_dry_run_counts_and_writes_nothing(
    territory_import: TerritoryImport, store: MemoryTerritory
) -> None:
    report = territory_import.run(content(ROUBAIX, REUNION), dry_run=True)
    assert (counts(report), report.is_saved, store.kept) == ((2, 0, 0, 0), False, {})


def test_one_error_and_nothing_is_written(
    territory_import: TerritoryImport, store: MemoryTerritory
) -> None:
    report = territory_import.run(content(ROUBAIX, REUNION.replace("-20,90", "abc")))
    assert [(one.line, one.kind) for one in report.errors] == [(3, "bad_number")]
    assert (store.kept, report.is_saved) == ({}, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(
    territory_import: TerritoryImport,
    store: MemoryTerritory,
    encoding: str,
    delimiter: str,
    newline: str,
) -> None:
    columns = [name for name in HEADER.split(";") if name != "horaires"]
    cells = "a;m;Évêché d’Œuvre;Nom;1 rue;59100;Roubaix;59512;;;50.69;3.18;Élévateur".split(";")
    text = newline.join((delimiter.join(columns), "", delimiter.join(cells), ""))
    report = territory_import.run(text.encode(encoding))
    assert report.problems == []
    organisation = store.organisation("m")
    assert organisation is not None
    assert organisation.name == "Évêché d’Œuvre"
    assert store.site("a").accessibility == "Élévateur"


MAPPING = """
leave_out = ["misplaced"]
split_full_address = true
[columns]
id = "Code"
organisation_id = "Code"
organisation = "Libellé"
nom = "Libellé"
adresse = ["Physique", "Courrier"]
code_postal = "CP"
commune = "Ville"
latitude = "Y"
longitude = "X"
accessibilite = { join = ["Acc", "Note"] }
[defaults]
horaires = "lun-ven 09:00-12:00"
[values.accessibilite]
ACC = "Accessible"
"""


def test_a_mapping_reads_another_format(
    territory_import: TerritoryImport, store: MemoryTerritory
) -> None:
    text = (
        "Code,Libellé,Physique,Courrier,CP,Ville,Y,X,Acc,Note,Autre\n"
        "a,Un,5 place B 59200 Tourcoing,1 rue A,59100,Roubaix,50.72,3.16,ACC,rampe,\n"
        "b,Deux,,1 rue A,59100,Roubaix,50.69,3.18,,,\n"
        "c,Trois,,1 rue A,59100,Roubaix,3.18,50.69,,,\n"
    )
    report = territory_import.run(text.encode(), read_mapping(MAPPING))
    assert counts(report) == (2, 0, 0, 1)
    assert [(one.line, one.kind, one.severity) for one in report.problems] == [
        (4, "misplaced", "warning")
    ]
    first, second = store.site("a"), store.site("b")
    assert (first.address, first.postal_code, first.city) == ("5 place B", "59200", "Tourcoing")
    assert (first.insee, first.accessibility) == ("59599", "Accessible, rampe")
    assert (second.address, second.insee) == ("1 rue A", "59512")
    assert [span.weekday for span in second.hours] == [0, 1, 2, 3, 4]
