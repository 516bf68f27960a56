"""A territory in dictionaries, which keeps only what is committed."""

from collections.abc import Iterable
from copy import deepcopy

from accueil.core.territory import Coverage, Organisation, Site
from accueil.core.territory_imported import ImportedSite

type Record = Organisation | Site | Coverage | ImportedSite


def key_of(record: Record) -> str:
    if isinstance(record, Coverage):
        return record.insee
    return record.site_id if isinstance(record, ImportedSite) else record.id


class MemoryTerritory:
    """The store, its transactions and their territory in one."""

    def __init__(self) -> None:
        self.kept: dict[tuple[type, str], Record] = {}
        self.pending: dict[tuple[type, str], Record] = {}
        self.forgotten: list[str] = []
        self.first_response: set[str] = set()

    @property
    def territory(self) -> "MemoryTerritory":
        return self

    def read(self) -> "MemoryTerritory":
        return self

    write = read

    def __enter__(self) -> "MemoryTerritory":
        self.pending = {}
        self.forgotten = []
        return self

    def __exit__(self, *_: object) -> None:
        self.pending = {}
        self.forgotten = []

    def commit(self) -> None:
        self.kept |= deepcopy(self.pending)
        used = {site.organisation_id for site in self.sites()} | set(self.coverage().values())
        for one in set(self.forgotten) - used:
            self.kept.pop((Organisation, one), None)

    def put(self, records: Iterable[Record]) -> None:
        self.pending |= {(type(one), key_of(one)): one for one in records}

    def forget_organisations(self, organisation_ids: Iterable[str]) -> None:
        self.forgotten += organisation_ids

    def all_of[T](self, kind: type[T]) -> list[T]:
        return [one for one in self.kept.values() if isinstance(one, kind)]

    def sites(self) -> list[Site]:
        return self.all_of(Site)

    def imported_sites(self) -> list[ImportedSite]:
        return self.all_of(ImportedSite)

    def organisations(self) -> list[Organisation]:
        return self.all_of(Organisation)

    def coverage(self) -> dict[str, str]:
        return {one.insee: one.organisation_id for one in self.all_of(Coverage)}

    def wants_first_response(self, organisation_id: str) -> bool:
        return organisation_id in self.first_response

    def organisation(self, organisation_id: str) -> Organisation | None:
        return next((one for one in self.organisations() if one.id == organisation_id), None)

    def site(self, site_id: str) -> Site | None:
        return next((site for site in self.sites() if site.id == site_id), None)
