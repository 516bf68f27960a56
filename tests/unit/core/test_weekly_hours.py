"""Hours written by people: parts of the day, permanences, places, and what is not weekly."""

import pytest

from accueil.core.territory_fields import address_with
from accueil.core.weekly_hours import read_reception, read_weekly_hours
from accueil.core.weekly_words import UnreadableHours


def shown(text: str) -> list[str]:
    return [f"{s.weekday} {s.start:%H:%M}-{s.end:%H:%M}" for s in read_reception(text).hours]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("mardi matin", ["1 09:00-12:00"]),
        ("Jeudi après-midi", ["3 14:00-17:00"]),
        ("jeudi apres midi", ["3 14:00-17:00"]),
        ("mercredi aprem", ["2 14:00-17:00"]),
        ("mardi journée", ["1 09:00-12:00", "1 14:00-17:00"]),
        ("mardi toute la journée", ["1 09:00-12:00", "1 14:00-17:00"]),
        ("mardi matin, jeudi après-midi", ["1 09:00-12:00", "3 14:00-17:00"]),
        ("mardi matin et jeudi matin", ["1 09:00-12:00", "3 09:00-12:00"]),
        ("lundi et jeudi matin", ["0 09:00-12:00", "3 09:00-12:00"]),
        ("tous les mardis matin", ["1 09:00-12:00"]),
        ("le mardi matin et après-midi", ["1 09:00-12:00", "1 14:00-17:00"]),
        ("mardi matin 9h30-11h", ["1 09:30-11:00"]),
        ("mardi matin de 9h à 11h", ["1 09:00-11:00"]),
        ("du lundi au mercredi 9h-12h",
         ["0 09:00-12:00", "1 09:00-12:00", "2 09:00-12:00"]),
        ("mardi 9h-12h, jeudi 14h-17h", ["1 09:00-12:00", "3 14:00-17:00"]),
        ("mar,jeu 9h-12h", ["1 09:00-12:00", "3 09:00-12:00"]),
        ("lun-ven 9h-12h; sam matin",
         [f"{day} 09:00-12:00" for day in range(6)]),
    ],
)  # fmt: skip
def test_hours_of_permanences(text: str, spans: list[str]) -> None:
    assert shown(text) == spans
    assert read_reception(text).place == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("mardi matin à la mairie", "Mairie"),
        ("mardi matin a la mairie", "Mairie"),
        ("mardi matin (à la mairie)", "Mairie"),
        ("mardi 9h-12h à l’Hôtel de ville", "Hôtel de ville"),
        ("mardi matin au centre social Les Épis", "Centre social Les Épis"),
        ("mardi matin dans la salle des fêtes", "Salle des fêtes"),
        ("mardi matin chez Exemple", "Chez Exemple"),
        ("mardi matin, jeudi après-midi à la mairie", "Mairie"),
        ("mardi matin à la mairie; jeudi matin à la mairie", "Mairie"),
    ],
)
def test_a_place_is_taken_out(text: str, place: str) -> None:
    reception = read_reception(text)
    assert reception.place == place
    assert reception.hours[0].weekday == 1
    with pytest.raises(UnreadableHours, match="lieu"):
        read_weekly_hours(text)


@pytest.mark.parametrize(
    "text",
    [
        "1er mardi",
        "le 1er mardi du mois 9h-12h",
        "premier mardi matin",
        "2e et 4e jeudi matin",
        "dernier vendredi après-midi",
        "un mardi sur deux, matin",
        "mardi matin, semaines paires",
        "mardi matin tous les 15 jours",
    ],
)
def test_what_is_not_weekly_is_refused_clearly(text: str) -> None:
    with pytest.raises(UnreadableHours, match="chaque semaine") as refused:
        read_reception(text)
    assert "semaine ordinaire" in refused.value.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mardi matin à la mairie, jeudi matin à la poste", "lieux différents"),
        ("lun-ven 9h-12h; sam matin à la mairie", "lieux différents"),
        ("mardi matin 9h-12h; mardi journée", "chevauchent"),
        ("mardi à la mairie", "heures"),
        ("mardi matin à la demande", "heures"),
        ("mardi après-midi à partir de 14h", "heures"),
        ("mardi 25h-26h", "n’existe pas"),
        ("mardi 12h-9h", "avant"),
        ("lunch matin", "lunch"),
        ("mardi matin " * 60, "longs"),
    ],
)
def test_what_is_refused_is_said(text: str, says: str) -> None:
    with pytest.raises(UnreadableHours, match=says) as refused:
        read_reception(text)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("place", "address", "written"),
    [
        ("Mairie", "1 rue de l’Exemple", "Mairie, 1 rue de l’Exemple"),
        ("Mairie", "MAIRIE, 1 rue", "MAIRIE, 1 rue"),
        ("", "1 rue", "1 rue"),
    ],
)
def test_the_place_goes_to_the_address_once(place: str, address: str, written: str) -> None:
    assert address_with(place, address) == written
