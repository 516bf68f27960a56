"""Look over the territory in the database, and draw it."""

from functools import cached_property

from accueil.core.places import Gazetteer
from accueil.core.territory import Coverage
from accueil.core.territory_check import Check, View, check_territory
from accueil.core.territory_map import draw_department, draw_france
from accueil.services.ports import Store


class UnknownDepartment(ValueError):
    """No departement has this code."""


class TerritoryCheck:
    """The use case. It reads once, and writes nothing."""

    def __init__(self, store: Store, gazetteer: Gazetteer) -> None:
        self._store = store
        self._gazetteer = gazetteer

    @cached_property
    def view(self) -> View:
        """The territory as it is now."""
        with self._store.read() as uow:
            return View(
                self._gazetteer,
                uow.territory.organisations(),
                uow.territory.sites(),
                [Coverage(*row) for row in uow.territory.coverage().items()],
            )

    def department(self, text: str) -> str:
        """Return the code that somebody typed (``2a``, ``1``). Raises ``UnknownDepartment``."""
        code = text.strip().upper()
        code = code.zfill(2) if code.isdigit() else code
        if code not in self._gazetteer.departments:
            raise UnknownDepartment(code)
        return code

    def check(self, department: str = "") -> Check:
        """Return what is there and what somebody must correct."""
        return check_territory(self.view, department)

    def map(self, department: str = "") -> str:
        """Return the map of France, or of one departement, as an SVG document."""
        return draw_department(self.view, department) if department else draw_france(self.view)
