"""The maps: well-formed, told in words, every commune and site where it should be."""

from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from factories import make_organisation, make_site

from accueil.core.places import Gazetteer
from accueil.core.territory import Coverage, Site
from accueil.core.territory_check import View
from accueil.core.territory_map import draw_department, draw_france
from accueil.core.territory_map.colours import COLOURS, coloured
from accueil.core.territory_map.mesh import NOWHERE, make_mesh
from accueil.core.territory_map.outlines import outlines, touching

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
NS = "{http://www.w3.org/2000/svg}"
LIMIT = 3_000_000


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load(REFERENCE)


def site_at(insee: str, site_id: str, **changes: object) -> Site:
    commune = gazetteer().by_insee(insee)
    assert commune is not None
    at = {"insee": insee, "latitude": commune.latitude, "longitude": commune.longitude}
    return make_site(site_id, **(at | changes))


def view(*departments: str, sites: tuple[Site, ...] = (), but: str = "") -> View:
    """These departements, all covered by one Mission Locale each, but for a commune."""
    names = [make_organisation(id=f"o{code}", name=f"ML <{code}> & fils") for code in departments]
    rows = [
        Coverage(one.insee, f"o{one.department}")
        for one in gazetteer()
        if one.department in departments and one.insee != but
    ]
    return View(gazetteer(), names, sites, rows)


def parsed(document: str) -> ElementTree.Element:
    assert len(document.encode()) < LIMIT
    root = ElementTree.fromstring(document)
    assert root.tag == f"{NS}svg"
    assert root[0].tag == f"{NS}title"
    assert root[1].tag == f"{NS}desc"
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    assert root.get("role") == "img"
    assert "http" not in document.replace("http://www.w3.org/2000/svg", "")
    return root


def texts(root: ElementTree.Element) -> str:
    return "\n".join("".join(one.itertext()) for one in root.iter(f"{NS}text"))


def shapes(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if one.get("class") == kind]


def test_france_says_what_it_shows() -> None:
    sites = (site_at("90010", "a"), site_at("97411", "b"))
    root = parsed(draw_france(view("90", "974", sites=sites)))
    assert root[0].text == "Le territoire des Missions Locales"
    assert "2\u00a0sites" in (root[1].text or "")
    assert "125\u00a0communes couvertes sur 34\u202f969" in texts(root)
    for name in ("La Réunion", "Guyane", "Mayotte", "Nouvelle-Calédonie", "Site d’accueil"):
        assert name in texts(root)
    marks = [one.get("d", "").count("M") for one in shapes(root, "sites")]
    assert sorted(marks) == [1, 1, 1]  # one on the mainland, one in its frame, one in the legend
    assert shapes(root, "hole") == []


def test_a_hole_is_hatched_and_a_site_in_the_sea_is_told() -> None:
    lost = site_at("90010", "a", latitude=10.0, longitude=-30.0)
    root = parsed(draw_france(view("90", sites=(lost,), but="90033")))
    assert len(shapes(root, "hole")) == 1
    assert shapes(root, "hole")[0].get("fill") == "url(#hole)"
    assert "1\u00a0site est hors de la carte" in texts(root)


def test_an_empty_territory_has_a_map() -> None:
    root = parsed(draw_france(View(gazetteer(), [], [], [])))
    assert "0\u00a0site" in texts(root)


def test_a_departement_names_its_sites_and_missions_locales() -> None:
    sites = (
        site_at("90010", "a", name="Accueil \x07 & <b>", city="Belfort"),
        site_at("90010", "b", city="Belfort"),
        site_at("21231", "c"),
    )
    root = parsed(draw_department(view("90", sites=sites, but="90033"), "90"))
    assert root[0].text == "Territoire de Belfort (90)\u00a0: Missions Locales et sites"
    assert "100\u00a0communes couvertes sur 101" in texts(root)
    assert "1. Accueil  & <b>, Belfort" in texts(root)
    assert "2. Antenne B, Belfort" in texts(root)
    assert "Antenne C" not in texts(root)
    assert "ML <90> & fils" in texts(root)
    assert len(shapes(root, "hole")) == 1
    first, second = shapes(root, "site")
    across = float(first.get("cx", 0)) - float(second.get("cx", 0))
    down = float(first.get("cy", 0)) - float(second.get("cy", 0))
    assert across**2 + down**2 > 16**2  # at one place, and still both readable


@pytest.mark.parametrize("code", ["75", "2A", "973", "975", "987", "988"])
def test_every_sort_of_departement_has_a_map(code: str) -> None:
    root = parsed(draw_department(view(code), code))
    assert f"({code})" in (root[0].text or "")


def test_every_commune_of_a_departement_has_cells_of_its_own() -> None:
    communes = [one for one in gazetteer() if one.department == "90"]
    mesh = make_mesh(communes, 200)
    cells = Counter(mesh.cells)
    assert all(cells[at] for at in range(len(communes)))
    belfort = next(at for at, one in enumerate(communes) if one.insee == "90010")
    x, y = mesh.position(communes[belfort].latitude or 0, communes[belfort].longitude or 0)
    assert mesh.cells[int(y) * mesh.width + int(x)] == belfort


def test_outlines_enclose_each_cell_once() -> None:
    communes = [one for one in gazetteer() if one.department == "90"]
    mesh = make_mesh(communes, 60)
    keys = [None if at == NOWHERE else communes[at].insee for at in mesh.cells]
    assert set(outlines(mesh, keys)) == {key for key in keys if key}
    whole = outlines(mesh, [None if key is None else "x" for key in keys])["x"]
    area = sum(
        (x * b - a * y) / 2 for line in whole for (x, y), (a, b) in pairwise([*line, line[0]])
    )
    cells = sum(key is not None for key in keys)
    assert abs(abs(area) - cells) < 0.05 * cells


def test_neighbours_have_other_colours() -> None:
    mesh = make_mesh([one for one in gazetteer() if one.department == "90"], 120)
    keys = [None if at == NOWHERE else str(at) for at in mesh.cells]
    near = touching(mesh, keys)
    given = coloured(near, near)
    assert len(set(given.values())) == len(COLOURS)
    assert all(given[one] != given[other] for one, others in near.items() for other in others)


def test_colours_differ_in_grey_too() -> None:
    parts = [(int(c[1:3], 16), int(c[3:5], 16), int(c[5:], 16)) for c in COLOURS]
    greys = sorted(0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in parts)
    assert min(after - before for before, after in pairwise(greys)) > 18
