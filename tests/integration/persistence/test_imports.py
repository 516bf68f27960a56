"""The imports on both systems: written whole or not at all, fast enough, and written once."""

import json
import time
from typing import Any

import pytest
from factories import keep, make_organisation, make_site
from shipped import shipped_gazetteer
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from accueil.core.places import Gazetteer
from accueil.core.territory import Coverage, Organisation
from accueil.core.territory_imported import ImportedSite
from accueil.persistence import tables
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.coverage_import import CoverageImport
from accueil.services.site_edit import SiteEditor
from accueil.services.territory_import import TerritoryImport

UNML = "Code INSEE;Nom Commune;Code ML;Nom Officiel ML\n59512;Roubaix;59001;59-ML ROUBAIX\n"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return shipped_gazetteer()


def record(number: int, insee: str = "59512") -> dict[str, Any]:
    return {
        "id": f"uuid-{number}",
        "ancien_code_pivot": f"mission_locale-{number}",
        "nom": f"Mission locale {number}",
        "pivot": [{"type_service_local": "mission_locale", "code_insee_commune": [insee]}],
        "plage_ouverture": [
            {
                "nom_jour_debut": "Lundi",
                "nom_jour_fin": "Jeudi",
                "valeur_heure_debut_1": "09:00:00",
                "valeur_heure_fin_1": "12:00:00",
            }
        ],
        "telephone": [{"valeur": "01 99 00 00 01"}],
        "adresse": [
            {
                "numero_voie": f"{number} rue",
                "code_postal": "59100",
                "nom_commune": "Roubaix",
                "longitude": "3.18",
                "latitude": "50.69",
            }
        ],
    }


def dump(*records: dict[str, Any]) -> bytes:
    return json.dumps({"service": records}).encode()


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_sites_then_coverage_then_sites_again(
    store: SqlStore, engine: Engine, gazetteer: Gazetteer
) -> None:
    work = TerritoryImport(store, gazetteer)
    assert work.run(dump(record(1), record(2))).created == 2
    assert count(engine, tables.organisations) == 2
    report = CoverageImport(store, gazetteer).run(UNML.encode("cp1252"))
    assert (report.created, report.attached, report.alone) == (1, 2, 0)
    with store.read() as uow:
        assert {site.organisation_id for site in uow.territory.sites()} == {"59001"}
        assert [one.name for one in uow.territory.organisations()] == ["Mission Locale Roubaix"]
        assert uow.territory.coverage() == {"59512": "59001"}
    again = work.run(dump(record(1), record(2), record(3)))
    assert (again.created, again.updated, again.unchanged, again.attached) == (1, 0, 2, 1)
    assert count(engine, tables.organisations) == 1
    assert CoverageImport(store, gazetteer).run(UNML.encode()).unchanged == 1


def test_an_edit_survives_the_next_import(store: SqlStore, gazetteer: Gazetteer) -> None:
    work = TerritoryImport(store, gazetteer)
    work.run(dump(record(1)))
    assert SiteEditor(store).edit("mission_locale-1", {"hours": "mardi matin"})[1] is True
    report = work.run(dump({**record(1), "nom": "Autre nom"}))
    assert [one.fields for one in report.kept] == [("hours",)]
    with store.read() as uow:
        site = uow.territory.site("mission_locale-1")
        (imported,) = uow.territory.imported_sites()
    assert (site.name, [span.weekday for span in site.hours]) == ("Autre nom", [1])
    assert imported.values["hours"] == [[day, "09:00", "12:00"] for day in range(4)]
    assert (imported.source, imported.source_id) == ("dila", "uuid-1")


def test_a_first_response_in_service_is_not_lost_silently(
    store: SqlStore, gazetteer: Gazetteer
) -> None:
    TerritoryImport(store, gazetteer).run(dump(record(1)))
    with store.write() as uow:
        uow.territory.set_first_response("mission_locale-1", True)
        uow.commit()
    report = CoverageImport(store, gazetteer).run(UNML.encode())
    assert report.first_response_lost == ["mission_locale-1"]
    with store.read() as uow:
        assert uow.territory.wants_first_response("mission_locale-1")


def test_a_failure_leaves_nothing(store: SqlStore, engine: Engine) -> None:
    orphan = Coverage("59512", "nobody")
    with store.write() as uow, pytest.raises(IntegrityError):
        uow.territory.put([make_organisation(), make_site(), orphan])
    assert count(engine, tables.sites) == count(engine, tables.organisations) == 0


def test_only_missions_locales_that_nothing_needs_are_forgotten(store: SqlStore) -> None:
    keep(store, [make_organisation(), Organisation("empty", "Vide"), make_site()])
    keep(store, [Organisation("covers", "Couvre"), Coverage("59512", "covers")])
    with store.write() as uow:
        uow.territory.forget_organisations(["empty", "covers", "val", "unknown"])
        assert uow.territory.organisation("empty") is None
        uow.commit()
    with store.read() as uow:
        assert {one.id for one in uow.territory.organisations()} == {"val", "covers"}


def test_of_twins_the_last_is_written(store: SqlStore) -> None:
    keep(store, [make_organisation(), make_site(name="Un"), make_site(name="Deux")])
    with store.read() as uow:
        assert [site.name for site in uow.territory.sites()] == ["Deux"]


def test_what_was_read_before_is_what_is_written(store: SqlStore) -> None:
    keep(store, [make_organisation(), make_site()])
    with store.write() as uow:
        before = uow.territory.site("centre")
        uow.territory.put([make_site(phone="01 99 00 88 88"), ImportedSite("centre", "csv")])
        assert uow.territory.site("centre").phone == "01 99 00 88 88" == before.phone
        uow.commit()


def test_thousands_are_written_in_bulk(store: SqlStore) -> None:
    communes = [Coverage(f"{number:05}", "val") for number in range(2_500)]
    keep(store, [make_organisation(), Organisation("other", "Autre")])
    begun = time.monotonic()
    for owner in ("val", "other"):
        keep(store, [Coverage(one.insee, owner) for one in communes])
    assert time.monotonic() - begun < 10
    with store.read() as uow:
        assert set(uow.territory.coverage().values()) == {"other"}
