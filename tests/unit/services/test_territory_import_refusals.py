"""What cannot be imported: each fault is named, with its line and its remedy, and nothing moves."""

from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.places import Gazetteer
from accueil.core.territory_csv import Problem, Severity
from accueil.core.territory_mapping import MappingError, read_mapping
from accueil.core.weekly_hours import read_weekly_hours
from accueil.services.territory_import import TerritoryImport

FIELDS: dict[str, str] = {
    "id": "a",
    "organisation_id": "m",
    "organisation": "Mission",
    "nom": "Accueil",
    "adresse": "1 rue de l’Exemple",
    "code_postal": "59100",
    "commune": "Roubaix",
    "insee": "59512",
    "telephone": "01 99 00 01 01",
    "email": "a@example.org",
    "latitude": "50.69",
    "longitude": "3.18",
    "horaires": "lun-ven 09:00-12:00",
    "accessibilite": "",
}


class ClosedStore:
    """A store that nobody may open: a refused file must not reach the database."""

    def read(self) -> NoReturn:
        raise AssertionError("the database was read")

    def write(self) -> NoReturn:
        raise AssertionError("the database was written")


class Reached(Exception):
    """The import went as far as the database."""


class WitnessStore:
    """A store that tells that a file was accepted."""

    def read(self) -> NoReturn:
        raise Reached

    write = read


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(Path(__file__).parents[3] / "data" / "reference")


def file_of(*changes: dict[str, str]) -> bytes:
    lines = [",".join(FIELDS)]
    lines += [",".join((FIELDS | change).values()) for change in changes]
    return "\n".join(lines).encode()


def problems(gazetteer: Gazetteer, content: bytes) -> list[Problem]:
    return TerritoryImport(ClosedStore(), gazetteer).run(content).problems


@pytest.mark.parametrize(
    ("change", "kind", "says"),
    [
        ({"nom": ""}, "missing_value", "nom"),
        ({"adresse": "   "}, "missing_value", "adresse"),
        ({"id": "a b"}, "bad_id", "a b"),
        ({"id": "é"}, "bad_id", "é"),
        ({"id": "x" * 65}, "bad_id", "x"),
        ({"nom": "x" * 201}, "too_long", "nom"),
        ({"code_postal": "1000"}, "bad_postal_code", "1000"),
        ({"code_postal": "٥٩١٠٠"}, "bad_postal_code", "code postal"),
        ({"insee": "99999"}, "unknown_commune", "99999"),
        ({"insee": "", "commune": "Atlantide"}, "unknown_commune", "Atlantide"),
        ({"latitude": ""}, "unlocated", "coordonnées"),
        ({"latitude": "nan"}, "bad_number", "latitude"),
        ({"longitude": "3°10"}, "bad_number", "longitude"),
        ({"longitude": "1e1"}, "bad_number", "longitude"),
        ({"latitude": "3.18", "longitude": "50.69"}, "misplaced", "échangées"),
        ({"latitude": "48.85", "longitude": "2.35"}, "misplaced", "km du centre"),
        ({"latitude": "500", "longitude": "3"}, "misplaced", "Terre"),
        ({"horaires": "tous les jours"}, "bad_hours", "tous les jours"),
        ({"horaires": "lun 12:00-09:00"}, "bad_hours", "horaires"),
    ],
)
def test_an_error_stops_everything(
    gazetteer: Gazetteer, change: dict[str, str], kind: str, says: str
) -> None:
    (problem,) = problems(gazetteer, file_of({"id": "first"}, change))
    assert (problem.line, problem.severity, problem.kind) == (3, Severity.ERROR, kind)
    assert says in problem.message
    assert problem.remedy
    assert str(problem).startswith("Ligne 3\u00a0: ")


def test_swapped_coordinates_overseas(gazetteer: Gazetteer) -> None:
    place = {"code_postal": "97400", "commune": "Saint-Denis", "insee": "97411"}
    content = file_of(place | {"latitude": "55.45", "longitude": "-20.9"})
    assert "échangées" in problems(gazetteer, content)[0].message


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"telephone": "12"}, "bad_phone"),
        ({"telephone": "01 99 00 01"}, "bad_phone"),
        ({"email": "a@"}, "bad_email"),
        ({"email": "nom prenom@example.org"}, "bad_email"),
        ({"insee": "59599"}, "other_commune"),
    ],
)
def test_a_warning_stops_nothing(gazetteer: Gazetteer, change: dict[str, str], kind: str) -> None:
    with pytest.raises(Reached):
        TerritoryImport(WitnessStore(), gazetteer).run(file_of(change))
    found = problems(gazetteer, file_of(change, {"id": "b", "nom": ""}))
    assert [(p.line, p.severity, p.kind) for p in found if p.line == 2] == [(2, "warning", kind)]


def test_every_bad_line_is_listed_in_order(gazetteer: Gazetteer) -> None:
    content = file_of({"id": "a"}, {"id": "a"}, {"id": "c", "latitude": "x"}, {"nom": "Autre"})
    found = [p for p in problems(gazetteer, content) if p.severity is Severity.ERROR]
    assert [(p.line, p.kind) for p in found] == [
        (3, "repeated_id"),
        (4, "bad_number"),
        (5, "repeated_id"),
    ]


def test_two_names_for_one_mission_locale(gazetteer: Gazetteer) -> None:
    content = file_of({}, {"id": "b", "nom": "Antenne", "organisation": "Une autre"})
    (problem,) = problems(gazetteer, content)
    assert (problem.line, problem.kind) == (3, "other_organisation")


def test_a_cell_on_two_lines_does_not_shift_the_numbers(gazetteer: Gazetteer) -> None:
    content = file_of({"adresse": '"1 rue\nBâtiment B"'}, {"id": "b", "nom": ""})
    assert [p.line for p in problems(gazetteer, content)] == [4]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf", "vide"),
        (b" \n\n", "vide"),
        (b";;\n;;\n", "vide"),
        (b"PK\x03\x04\x14\x00\x08\x08" + bytes(40), "texte"),
        (b"%PDF-1.7\n%\x81\x8d\x8f\x90\x9d", "texte"),
        ("id;nom".encode("utf-16"), "texte"),
        (bytes(range(256)), "texte"),
        ("id,nom\n\u009b31m,b\n".encode(), "texte"),
        (b"id,nom\na,b\n", "Il manque la colonne"),
        (b"bonjour", "Il manque la colonne"),
        (",".join(FIELDS).encode(), "ligne de titres"),
        (b"id,nom,nom\n", "deux fois"),
        (file_of({"nom": '"ouvert'}), "guillemets"),
    ],
)
def test_a_file_that_is_not_one(gazetteer: Gazetteer, content: bytes, says: str) -> None:
    (problem,) = problems(gazetteer, content)
    assert problem.severity is Severity.ERROR
    assert says in problem.message


@given(st.binary(max_size=200), st.sampled_from([b"", file_of({}) + b"\n"]))
def test_any_bytes_get_an_answer(gazetteer: Gazetteer, noise: bytes, start: bytes) -> None:
    """A file may be refused or accepted, never break."""
    with suppress(Reached):
        assert TerritoryImport(WitnessStore(), gazetteer).run(start + noise).problems


@given(st.text(alphabet="lunmarsedi 0123456789:h-;,.é", max_size=40))
def test_any_hours_are_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        spans = read_weekly_hours(text)
        assert spans == sorted(spans)


@pytest.mark.parametrize("extra", ["x", "x,y"])
def test_a_line_with_too_many_cells(gazetteer: Gazetteer, extra: str) -> None:
    (problem,) = problems(gazetteer, file_of({"accessibilite": f",{extra}"}))
    assert (problem.line, problem.kind) == (2, "bad_line")


@pytest.mark.parametrize(
    "text",
    [
        "pas du = = toml",
        "inconnu = 1",
        "leave_out = ['bad_number']",
        "leave_out = 'misplaced'",
        "delimiter = '|'",
        "max_distance_km = -1",
        "columns = 3",
        "[columns]\nid = 'a'",
        "[columns]\nville = 'a'",
        "[columns]\nid = 3",
        "[columns]\nid = []",
        "[values]\nid = 'a'",
    ],
)
def test_a_mapping_that_is_wrong(text: str) -> None:
    with pytest.raises(MappingError):
        read_mapping(text)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("lun 09:00-12:00", ["0 09:00-12:00"]),
        ("Lundi : 9h-12h30", ["0 09:00-12:30"]),
        ("lun,mer 9h00–12h00 ; sam 10:00-11:00",
         ["0 09:00-12:00", "2 09:00-12:00", "5 10:00-11:00"]),
        ("lundi au mardi 09:00-12:00 et 14:00-17:00",
         ["0 09:00-12:00", "0 14:00-17:00", "1 09:00-12:00", "1 14:00-17:00"]),
        ("mar-mer,ven 9:00-10:00", ["1 09:00-10:00", "2 09:00-10:00", "4 09:00-10:00"]),
    ],
)  # fmt: skip
def test_hours_that_are_understood(text: str, spans: list[str]) -> None:
    found = [f"{s.weekday} {s.start:%H:%M}-{s.end:%H:%M}" for s in read_weekly_hours(text)]
    assert found == spans


@pytest.mark.parametrize(
    "text",
    [
        "09:00-12:00",
        "lun",
        "lun fermé",
        "ven-lun 09:00-12:00",
        "lun 25:00-26:00",
        "lun 09:00-12:00 11:00-13:00",
        "lunch 09:00-12:00",
        "lun 09:00-12:00 sur rendez-vous",
    ],
)
def test_hours_that_are_not(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_weekly_hours(text)
