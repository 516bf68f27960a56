"""Imports and examples in a real SQLite database: one transaction, and nothing else is touched."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from shipped import shipped_gazetteer
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError

from accueil.core.booking import DEFAULT_REASON, GroupSession, free_slots
from accueil.core.clock import FixedClock
from accueil.core.opening_state import opening_state
from accueil.core.places import Gazetteer
from accueil.core.territory import Counsellor, Coverage, Organisation
from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import migrate
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.demo import DemoReport, seed_demo
from accueil.services.sites import SiteFinder
from accueil.services.territory_import import TerritoryImport

ROOT = Path(__file__).parents[2]
DILA = ROOT.parent / "shared" / "data" / "dila_2016_missions_locales.csv"
MAPPING = ROOT / "data" / "reference" / "mappings" / "dila_2016.toml"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
ALL = (
    *(tables.organisations, tables.sites, tables.coverage, tables.counsellors, tables.openings),
    *(tables.group_sessions, tables.appointments),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return shipped_gazetteer()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'accueil.db'}", b"k" * 32)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    return SqlStore(engine)


def content_of(engine: Engine) -> list[list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return [[tuple(row) for row in connection.execute(select(table))] for table in ALL]


def seed(
    store: SqlStore, gazetteer: Gazetteer, at: datetime = MONDAY, **more: object
) -> DemoReport:
    return seed_demo(store, gazetteer, FixedClock(at), lambda word: f"hash of {word}", **more)


@pytest.mark.skipif(not DILA.exists(), reason="shared/ absent")
def test_the_real_sites_of_2016(store: SqlStore, engine: Engine, gazetteer: Gazetteer) -> None:
    territory_import = TerritoryImport(store, gazetteer)
    dry = territory_import.run_file(DILA, MAPPING, dry_run=True)
    assert (dry.created, dry.left_out, dry.is_saved) == (709, 17, False)
    assert content_of(engine)[1] == []

    report = territory_import.run_file(DILA, MAPPING)
    assert (report.created, report.left_out, report.is_saved) == (709, 17, True)
    kinds = [problem.kind for problem in report.problems]
    assert (kinds.count("misplaced"), kinds.count("unlocated"), report.errors) == (16, 1, [])

    before = content_of(engine)
    again = territory_import.run_file(DILA, MAPPING)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 709)
    assert content_of(engine) == before

    commune = gazetteer.by_insee("97411")
    assert commune is not None
    found = SiteFinder(store).for_commune(commune)
    assert found is not None
    assert found.site.time_zone == "Indian/Reunion"


@pytest.mark.skipif(not DILA.exists(), reason="shared/ absent")
def test_without_leave_out_nothing_is_imported(
    store: SqlStore, engine: Engine, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    strict = tmp_path / "strict.toml"
    lines = MAPPING.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("leave_out")]
    strict.write_text("\n".join(kept), encoding="utf-8")
    report = TerritoryImport(store, gazetteer).run_file(DILA, strict)
    assert (len(report.errors), report.is_saved) == (17, False)
    assert content_of(engine)[1] == []


def test_a_failure_while_writing_leaves_the_database_as_it_was(
    store: SqlStore, engine: Engine, gazetteer: Gazetteer
) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER refuse BEFORE INSERT ON sites WHEN NEW.id = 'b' "
                "BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
    header = "id,organisation_id,organisation,nom,adresse,code_postal,commune,latitude,longitude"
    lines = [f"{name},m,M,N {name},1 rue,59100,Roubaix,50.69,3.18" for name in "ab"]
    with pytest.raises(IntegrityError):
        TerritoryImport(store, gazetteer).run("\n".join([header, *lines]).encode())
    assert content_of(engine) == [[] for _ in ALL]


def test_seeding_twice_changes_nothing(
    store: SqlStore, engine: Engine, gazetteer: Gazetteer
) -> None:
    first = seed(store, gazetteer)
    assert (first.sites, first.counsellors, first.group_sessions) == (12, 34, 1)
    assert len(first.password) >= 12
    before = content_of(engine)
    second = seed(store, gazetteer, MONDAY + timedelta(days=3))
    assert not second.has_changes()
    assert content_of(engine) == before


def test_seeding_again_gives_no_seat_back(store: SqlStore, gazetteer: Gazetteer) -> None:
    seed(store, gazetteer)
    with store.write() as uow:
        (session,) = uow.groups.of_site("demo-roubaix", MONDAY)
        assert uow.groups.take_seat(session.id, MONDAY)
        uow.commit()
    seed(store, gazetteer)
    with store.read() as uow:
        (session,) = uow.groups.of_site("demo-roubaix", MONDAY)
    assert session.taken == 1


def test_the_session_is_on_an_open_day_in_about_ten_days(
    store: SqlStore, gazetteer: Gazetteer
) -> None:
    christmas_is_ten_days_away = datetime(2026, 12, 15, 8, tzinfo=UTC)
    seed(store, gazetteer, christmas_is_ten_days_away)
    with store.read() as uow:
        (session,) = uow.groups.of_site("demo-roubaix", MONDAY)
    assert isinstance(session, GroupSession)
    assert (session.starts_at, session.capacity) == (datetime(2026, 12, 28, 13, tzinfo=UTC), 12)


def test_another_session_is_planned_once_the_first_is_over(
    store: SqlStore, engine: Engine, gazetteer: Gazetteer
) -> None:
    seed(store, gazetteer)
    later = seed(store, gazetteer, MONDAY + timedelta(days=60))
    assert later.group_sessions == 1
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(tables.group_sessions))
    assert count == 2


def test_passwords_are_given_to_new_counsellors_or_on_demand(
    store: SqlStore, gazetteer: Gazetteer
) -> None:
    assert seed(store, gazetteer, password="premier").password == "premier"
    assert seed(store, gazetteer, password="second").password == ""
    assert _known(store).password_hash == "hash of premier"
    assert seed(store, gazetteer, reset_password=True, password="third").password == "third"
    assert _known(store).password_hash == "hash of third"


def test_what_a_counsellor_changed_is_kept(store: SqlStore, gazetteer: Gazetteer) -> None:
    seed(store, gazetteer)
    with store.write() as uow:
        counsellor = _known(store)
        counsellor.display_name = "Conseillère exemple Z"
        counsellor.is_active = False
        uow.territory.put([counsellor])
        uow.commit()
    assert not seed(store, gazetteer).has_changes()
    assert _known(store).display_name == "Conseillère exemple Z"


def test_a_real_mission_locale_keeps_its_communes(store: SqlStore, gazetteer: Gazetteer) -> None:
    with store.write() as uow:
        uow.territory.put([Organisation("real", "Réelle"), Coverage("59512", "real")])
        uow.commit()
    seed(store, gazetteer)
    with store.read() as uow:
        owner = uow.territory.organisation_covering("59512")
        neighbour = uow.territory.organisation_covering("59650")
    assert owner is not None
    assert neighbour is not None
    assert (owner.id, neighbour.id) == ("real", "demo-roubaix-ml")


def test_every_example_site_has_free_slots(store: SqlStore, gazetteer: Gazetteer) -> None:
    seed(store, gazetteer)
    with store.read() as uow:
        for site in uow.territory.sites():
            openings = uow.territory.openings_of(site.id)
            slots = free_slots(openings, {}, frozenset(), site.zone(), DEFAULT_REASON, MONDAY)
            assert len(slots) > 50
            assert all(opening_state(site, slot.start, {}).is_open for slot in slots)


def _known(store: SqlStore) -> Counsellor:
    with store.read() as uow:
        counsellor = uow.territory.counsellor_by_email("conseil.roubaix1@example.org")
    assert counsellor is not None
    return counsellor
