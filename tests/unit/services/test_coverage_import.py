"""Which commune belongs to which Mission Locale: what is read, refused, kept and attached."""

import json
from pathlib import Path

import pytest
from memory_territory import MemoryTerritory

from accueil.core.places import Gazetteer
from accueil.core.territory import Coverage, Organisation, Site
from accueil.core.territory_imported import ImportedSite
from accueil.services.coverage_import import CoverageImport
from accueil.services.territory_report import CoverageReport

SAMPLES = Path(__file__).parents[2] / "fixtures" / "dila"
HEADER = "Code INSEE;Nom Commune;Code ML;Nom Officiel ML;Adresse ML;Code Postal ML;Ville ML"
ROUBAIX = "59512;Roubaix;59001;59-ML ROUBAIX ;1 rue;59100;Roubaix"
CROIX = "59163;Croix;59001;59-ML ROUBAIX ;1 rue;59100;Roubaix"
LILLE = "59350;Lille;59009;59-ML LILLE;2 rue;59000;Lille"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(Path(__file__).parents[3] / "data" / "reference")


@pytest.fixture
def store() -> MemoryTerritory:
    return MemoryTerritory()


@pytest.fixture
def work(store: MemoryTerritory, gazetteer: Gazetteer) -> CoverageImport:
    return CoverageImport(store, gazetteer)


def lines(*given: str, encoding: str = "utf-8") -> bytes:
    return "\n".join((HEADER, *given)).encode(encoding)


def counts(report: CoverageReport) -> tuple[int, int, int]:
    assert report.errors == []
    return report.created, report.updated, report.unchanged


def alone(site_id: str, insee: str, *, source_id: str = "") -> list[Organisation | Site]:
    """A site that its source gave no Mission Locale, with its record."""
    site = Site(
        id=site_id,
        organisation_id=site_id,
        name=site_id,
        address="1 rue",
        postal_code="59000",
        city="",
        insee=insee,
        phone="",
        email="",
        latitude=50.0,
        longitude=3.0,
        time_zone="Europe/Paris",
    )
    values = {"organisation_id": site_id}
    return [Organisation(site_id, site_id), site, ImportedSite(site_id, "dila", source_id, values)]


def keep(store: MemoryTerritory, *records: object) -> None:
    with store:
        store.put(records)
        store.commit()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_communes_and_new_missions_locales(
    work: CoverageImport, store: MemoryTerritory, encoding: str
) -> None:
    evry = "91228;Évry-Courcouronnes;91001;91-ML EVRY;;;"
    report = work.run(lines(ROUBAIX, CROIX, LILLE, evry, encoding=encoding))
    assert (counts(report), report.is_saved, report.problems) == ((4, 0, 0), True, [])
    assert store.coverage() == {
        "59512": "59001",
        "59163": "59001",
        "59350": "59009",
        "91228": "91001",
    }
    names = {one.id: one.name for one in store.organisations()}
    assert names["59001"] == "Mission Locale Roubaix"
    assert not any(one.is_example for one in store.organisations())


def test_importing_again_updates_and_tells_what_vanished(
    work: CoverageImport, store: MemoryTerritory
) -> None:
    work.run(lines(ROUBAIX, CROIX, LILLE))
    assert counts(work.run(lines(ROUBAIX, CROIX, LILLE))) == (0, 0, 3)
    report = work.run(lines(ROUBAIX, LILLE.replace("59009", "59010")))
    assert (counts(report), report.vanished) == ((0, 1, 1), ["Croix (59163)"])
    assert store.coverage()["59350"] == "59010"
    assert store.coverage()["59163"] == "59001"


def test_a_known_mission_locale_keeps_its_name(
    work: CoverageImport, store: MemoryTerritory
) -> None:
    keep(store, Organisation("59001", "Ma Mission Locale", "01 99 00 00 00"))
    assert work.run(lines(ROUBAIX)).organisations == []
    assert store.organisation("59001") == Organisation(
        "59001", "Ma Mission Locale", "01 99 00 00 00"
    )


def test_dry_run_writes_nothing(work: CoverageImport, store: MemoryTerritory) -> None:
    report = work.run(lines(ROUBAIX), dry_run=True)
    assert (counts(report), report.is_saved, store.kept) == ((1, 0, 0), False, {})


@pytest.mark.parametrize(
    ("line", "kind", "says"),
    [
        (LILLE.replace("59350", "59512"), "other_owner", "ligne 2"),
        (LILLE.replace("59350;Lille", "99999;Nulle part"), "unknown_commune", "99999"),
        (LILLE.replace("59350;Lille", ";"), "unknown_commune", "inconnu"),
        (LILLE.replace("59009", "5 9"), "bad_id", "5 9"),
        (LILLE.replace("59009", ""), "bad_id", "code de Mission Locale"),
        (LILLE.replace("59009", "59001"), "other_organisation", "59-ML LILLE"),
        (LILLE + ";x", "bad_line", "cellules"),
    ],
)
def test_one_error_and_nothing_is_written(
    work: CoverageImport, store: MemoryTerritory, line: str, kind: str, says: str
) -> None:
    report = work.run(lines(ROUBAIX, line))
    assert [(one.line, one.kind) for one in report.errors] == [(3, kind)]
    assert says in report.errors[0].message
    assert report.errors[0].remedy
    assert (store.kept, report.is_saved) == ({}, False)


def test_an_unknown_code_may_be_left_aside(work: CoverageImport, store: MemoryTerritory) -> None:
    unknown = LILLE.replace("59350;Lille", "99999;Nulle part")
    report = work.run(lines(ROUBAIX, unknown), skip_unknown=True)
    assert [one.kind for one in report.warnings] == ["unknown_commune"]
    assert store.coverage() == {"59512": "59001"}


def test_codes_of_yesterday_are_today_s_communes(
    work: CoverageImport, store: MemoryTerritory
) -> None:
    bellegarde = "1033;Bellegarde-sur-Valserine;01001;01-ML OYONNAX;;;"  # the zero is gone, too
    lancrans = "01205;Lancrans;01001;01-ML OYONNAX;;;"
    report = work.run(lines(bellegarde, lancrans))
    assert counts(report) == (1, 0, 0)
    assert store.coverage() == {"01033": "01001"}
    assert [one.split("\u00a0")[0] for one in report.former] == ["Lancrans (01205)"]


def test_two_former_communes_of_one_may_contradict(work: CoverageImport) -> None:
    report = work.run(lines("01033;Valserhône;01001;01-ML A;;;", "01205;Lancrans;01002;01-ML B;;;"))
    assert [one.kind for one in report.errors] == ["other_owner"]
    assert "Valserhône" in report.errors[0].message


def test_a_name_that_is_another_commune_s_is_told(work: CoverageImport) -> None:
    report = work.run(lines(ROUBAIX.replace("59512;Roubaix", "59512;Tourcoing")))
    assert [(one.kind, one.severity) for one in report.problems] == [("other_commune", "warning")]


def test_a_city_covers_its_districts(work: CoverageImport, store: MemoryTerritory) -> None:
    work.run(lines("75056;Paris;75001;75-ML PARIS;;;", "75118;Paris 18e;75018;75-ML NORD;;;"))
    assert store.coverage()["75101"] == "75001"
    assert store.coverage()["75118"] == "75018"


def test_districts_that_share_one_cover_their_city(
    work: CoverageImport, store: MemoryTerritory
) -> None:
    whole = [f"6938{n};Lyon {n}e;69001;69-ML LYON;;;" for n in range(1, 10)]
    work.run(lines(*whole[:-1]))
    assert "69123" not in store.coverage()
    work.run(lines(*whole))
    assert store.coverage()["69123"] == "69001"


def test_sites_that_stand_alone_are_attached(work: CoverageImport, store: MemoryTerritory) -> None:
    keep(store, *alone("a", "59512"), *alone("b", "59163"), *alone("c", "13055"))
    report = work.run(lines(ROUBAIX, CROIX))
    assert (report.attached, report.alone) == (2, 1)
    owners = {site.id: site.organisation_id for site in store.sites()}
    assert owners == {"a": "59001", "b": "59001", "c": "c"}
    assert {one.id for one in store.organisations()} == {"59001", "c"}
    assert work.run(lines(ROUBAIX, CROIX)).attached == 0
    work.run(lines(ROUBAIX, CROIX.replace("59001;59-ML ROUBAIX ", "59002;59-ML CROIX")))
    assert store.site("b").organisation_id == "59002"


def test_a_site_at_the_seat_is_attached_where_nobody_covers(
    work: CoverageImport, store: MemoryTerritory
) -> None:
    keep(store, *alone("seat", "59512"), *alone("covered", "59350"))
    seat_in_roubaix = LILLE.replace("2 rue;59000;Lille", "2 rue;59100;Roubaix")
    work.run(lines(seat_in_roubaix))
    assert {site.organisation_id for site in store.sites()} == {"59009"}


def test_a_site_with_a_mission_locale_of_its_own_stays(
    work: CoverageImport, store: MemoryTerritory
) -> None:
    organisation, site, record = alone("a", "59512")
    record.values["organisation_id"] = site.organisation_id = "mine"
    keep(store, organisation, Organisation("mine", "Mienne"), site, record)
    assert work.run(lines(ROUBAIX)).attached == 0
    assert store.site("a").organisation_id == "mine"


def competence(*pairs: tuple[str, list[str]]) -> bytes:
    results = [
        {
            "code_insee_commune": insee,
            "nom_commune": "",
            "id_service_local": json.dumps(services),
            "code_type_service_local": "mission_locale",
        }
        for insee, services in pairs
    ]
    return json.dumps({"results": results}).encode()


def test_competence_of_dila_in_its_two_shapes(work: CoverageImport, store: MemoryTerritory) -> None:
    keep(store, *alone("a", "59512", source_id="uuid-a"), *alone("b", "59163", source_id="uuid-b"))
    assert counts(work.run(competence(("59512", ["uuid-a"]), ("59163", ["uuid-a"])))) == (2, 0, 0)
    assert store.coverage() == {"59512": "a", "59163": "a"}
    assert store.site("b").organisation_id == "a"
    dump = {
        "commune": [
            {
                "code_insee_commune": "59350",
                "nom": "Lille",
                "type_service_local": [
                    {"code_type_service_local": "mairie", "organisme": ["x"]},
                    {"code_type_service_local": "mission_locale", "organisme": ["uuid-a"]},
                ],
            }
        ]
    }
    report = work.run(json.dumps(dump).encode())
    assert (counts(report), len(report.vanished)) == ((1, 0, 0), 2)


def test_two_services_of_one_mission_locale_agree(
    work: CoverageImport, store: MemoryTerritory
) -> None:
    keep(store, *alone("a", "59512", source_id="uuid-a"), *alone("b", "59163", source_id="uuid-b"))
    contradictory = work.run(competence(("59350", ["uuid-a", "uuid-b"])))
    assert [one.kind for one in contradictory.errors] == ["other_owner"]
    assert "commune 1 (59350)" in contradictory.errors[0].message
    assert store.coverage() == {}
    keep(store, Coverage("59163", "a"), Coverage("59512", "a"))
    work.run(competence(("59512", ["uuid-a"])))
    assert counts(work.run(competence(("59350", ["uuid-a", "uuid-b"])))) == (1, 0, 0)


def test_services_that_nobody_imported_are_named_once(
    work: CoverageImport, store: MemoryTerritory
) -> None:
    report = work.run(competence(("59512", ["x"]), ("59163", ["x"]), ("59350", ["y"])))
    assert [one.kind for one in report.errors] == ["unknown_service"] * 2
    sample = (SAMPLES / "dila_commune_zip_sample.json").read_bytes()
    assert [one.kind for one in work.run(sample).errors] == ["unknown_service"]
    assert store.kept == {}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "vide"),
        (b"id;nom\na;b\n", "code_insee"),
        (HEADER.encode(), "Aucune commune"),
        (b'{"service": []}', "communes"),
        (b'{"results": []}', "Aucune commune"),
        (competence(("59512", ["x"]))[:-5], "octet"),
        ((SAMPLES / "dila_api_competence_sample.json").read_bytes(), "Aucune commune"),
    ],
)
def test_a_file_that_is_not_one(
    work: CoverageImport, store: MemoryTerritory, content: bytes, says: str
) -> None:
    (problem,) = work.run(content).problems
    assert says in problem.message
    assert store.kept == {}
