"""What ``tests/load/import_network.py`` generates can be imported. Small, nothing is timed."""

from pathlib import Path

import pytest
from load.import_network import REFERENCE, cut, located, measure, write_coverage, write_directory
from load.import_network import write_sites as write

from accueil.core.places import Commune, Gazetteer


@pytest.fixture(scope="module")
def communes() -> list[Commune]:
    return located(Gazetteer.load(REFERENCE))[:300]


def test_every_generated_file_is_good(tmp_path: Path, communes: list[Commune]) -> None:
    database = tmp_path / "accueil.db"
    sites, coverage, large = (tmp_path / name for name in ("s.csv", "c.csv", "d.json"))
    write(sites, communes, 50)
    write_coverage(coverage, communes)
    found = write_directory(large, communes, 200_000)
    assert large.stat().st_size > 200_000
    told = [measure("sites", database, sites), measure("coverage", database, coverage)]
    told.append(measure("sites", database, large))
    assert [one[2].split(",")[0] for one in told] == ["50 créés", "300 créés", f"{found} créés"]
    assert all(seconds > 0 and peak > 0 for seconds, peak, _told in told)
    assert "octet 100" in measure("sites", database, cut(large, 100))[2]
