"""Official names made readable, and left alone when anything would be guessed."""

from pathlib import Path

import pytest

from accueil.core.organisation_names import NameTidier
from accueil.core.places import Gazetteer


@pytest.fixture(scope="module")
def tidier() -> NameTidier:
    return NameTidier(Gazetteer.load(Path(__file__).parents[3] / "data" / "reference"))


@pytest.mark.parametrize(
    ("official", "readable"),
    [
        ("92-ML VALLEE SUD GRAND PARIS ", "Mission Locale Vallée Sud Grand Paris"),
        ("93-ML ST DENIS", "Mission Locale Saint-Denis"),
        ("94-ML CRETEIL", "Mission Locale Créteil"),
        ("974-ML SUD REUNION", "Mission Locale Sud Réunion"),
        ("24-ML DU PERIGORD NOIR", "Mission Locale du Périgord Noir"),
        ("976-ML Mayotte", "Mission Locale Mayotte"),
        ("93-ML MAB", "93-ML MAB"),
        ("76-ML COTE D'ALBATRE", "76-ML COTE D'ALBATRE"),
        (" 11-MLI  RURALE ", "11-MLI RURALE"),
        ("Mission Locale de Troyes", "Mission Locale de Troyes"),
        ("", ""),
    ],
)
def test_names(tidier: NameTidier, official: str, readable: str) -> None:
    assert tidier.tidy(official) == readable
    assert tidier.tidy(readable) == readable
