"""DILA's directory in its three shapes: the same record gives the same row."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from accueil.core.dila_directory import read_directory
from accueil.core.territory_csv import Row, UnusableFile
from accueil.core.weekly_hours import read_weekly_hours

SAMPLES = Path(__file__).parents[2] / "fixtures" / "dila"
RECORD: dict[str, Any] = {
    "id": "00000000-0000-4000-8000-000000000001",
    "ancien_code_pivot": "mission_locale-59512-01",
    "nom": "Mission locale d’Exemple",
    "pivot": [{"type_service_local": "mission_locale", "code_insee_commune": ["59512"]}],
    "telephone": [{"valeur": "01 99 00 00 01", "description": ""}],
    "adresse_courriel": ["a@example.org"],
    "plage_ouverture": [
        {
            "nom_jour_debut": "Lundi",
            "nom_jour_fin": "Jeudi",
            "valeur_heure_debut_1": "09:00:00",
            "valeur_heure_fin_1": "12:00:00",
            "valeur_heure_debut_2": "13:30:00",
            "valeur_heure_fin_2": "17:00:00",
            "commentaire": "",
        },
        {
            "nom_jour_debut": "Vendredi",
            "nom_jour_fin": "Vendredi",
            "valeur_heure_debut_1": "09:00:00",
            "valeur_heure_fin_1": "12:00:00",
            "valeur_heure_debut_2": "",
            "valeur_heure_fin_2": "",
        },
    ],
    "adresse": [
        {"type_adresse": "Adresse postale", "numero_voie": "BP 1", "latitude": ""},
        {
            "type_adresse": "Adresse",
            "complement1": "Bâtiment B",
            "numero_voie": "1 rue de l’Exemple",
            "code_postal": "59100",
            "nom_commune": "Roubaix",
            "longitude": "3.18",
            "latitude": "50.69",
            "accessibilite": "ACC",
            "note_accessibilite": "rampe",
        },
    ],
}


def rows(data: object) -> list[Row]:
    return list(read_directory(BytesIO(json.dumps(data).encode())))


def as_api(record: dict[str, Any]) -> dict[str, Any]:
    """The same record with its lists as strings, as the API gives them."""
    plain = {k: json.dumps(v) if isinstance(v, list) else v for k, v in record.items()}
    return plain | {"adresse_courriel": record["adresse_courriel"][0]}


def test_the_three_shapes_say_the_same() -> None:
    (dump,) = rows({"service": [RECORD]})
    assert rows([RECORD]) == [dump]
    assert rows({"total_count": 1, "results": [as_api(RECORD)]}) == [dump]
    assert dump.source_id == RECORD["id"]
    assert dump.label == "Service 1 (mission_locale-59512-01)"
    assert dump.cells == {
        "id": "mission_locale-59512-01",
        "organisation_id": "mission_locale-59512-01",
        "organisation": "Mission locale d’Exemple",
        "nom": "Mission locale d’Exemple",
        "insee": "59512",
        "telephone": "01 99 00 00 01",
        "email": "a@example.org",
        "horaires": "Lundi-Jeudi 09:00-12:00 13:30-17:00; Vendredi 09:00-12:00",
        "adresse": "1 rue de l’Exemple, Bâtiment B",
        "code_postal": "59100",
        "commune": "Roubaix",
        "latitude": "50.69",
        "longitude": "3.18",
        "accessibilite": "ACC",
        "note_accessibilite": "rampe",
    }


def test_other_services_are_passed_over_and_counted() -> None:
    other = RECORD | {
        "ancien_code_pivot": "mairie-1",
        "pivot": [{"type_service_local": "mairie", "code_insee_commune": ["59512"]}],
    }
    (row,) = rows([other, "text", None, RECORD])
    assert row.line == 4


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ancien_code_pivot": ""}, RECORD["id"]),
        ({"pivot": []}, "mission_locale-59512-01"),
        ({"pivot": None}, "mission_locale-59512-01"),
    ],
)
def test_its_identifier(change: dict[str, Any], expected: str) -> None:
    assert rows([RECORD | change])[0].cells["id"] == expected


def test_several_communes_leave_the_address_to_decide() -> None:
    pivot = [{"type_service_local": "mission_locale", "code_insee_commune": ["59512", "59599"]}]
    assert rows([RECORD | {"pivot": pivot}])[0].cells["insee"] == ""


def test_fields_of_another_type_are_empty() -> None:
    keep = ("ancien_code_pivot", "nom")
    odd = {key: 3 for key in RECORD if key not in keep} | {key: RECORD[key] for key in keep}
    (row,) = rows([odd])
    assert (row.cells["adresse"], row.cells["horaires"], row.cells["telephone"]) == ("", "", "")


def test_the_real_samples() -> None:
    with (SAMPLES / "dila_api_sample_mission_locale.json").open("rb") as stream:
        (row,) = read_directory(stream)
    assert row.cells["insee"] == "75111"
    assert len(read_weekly_hours(row.cells["horaires"])) == 10
    with (SAMPLES / "dila_dump_json_sample_mairie.json").open("rb") as stream:
        assert list(read_directory(stream)) == []


def test_another_json_is_refused() -> None:
    with pytest.raises(UnusableFile, match="services"):
        rows({"features": []})
