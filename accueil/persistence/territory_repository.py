"""Missions Locales, sites, coverage, counsellors and openings in the database."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import batched
from math import cos, radians
from typing import Any

from sqlalchemy import and_, delete, exists, insert, or_, select
from sqlalchemy.orm import Session, class_mapper

from accueil.core.territory import Counsellor, Coverage, Opening, Organisation, Site
from accueil.core.territory_imported import ImportedSite
from accueil.persistence import tables
from accueil.services.ports import TerritoryRecord

_CHUNK = 1000
_KM_OF_A_DEGREE = 111.2
_FIRST = tables.first_response.c


class TerritoryRepository:
    """Implements ``services.ports.Territory``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def site(self, site_id: str) -> Site | None:
        """Return one site."""
        return self._session.get(Site, site_id)

    def sites(self) -> Sequence[Site]:
        """Return every site, by name."""
        return self._session.scalars(select(Site).order_by(tables.sites.c.name)).all()

    def sites_of(self, organisation_id: str) -> Sequence[Site]:
        """Return the sites of one Mission Locale."""
        where = tables.sites.c.organisation_id == organisation_id
        return self._session.scalars(select(Site).where(where).order_by(tables.sites.c.id)).all()

    def sites_around(self, latitude: float, longitude: float, km: float) -> Sequence[Site]:
        """Return the sites within a square around a point in degrees, ``km`` to each side."""
        high = km / _KM_OF_A_DEGREE
        wide = high / cos(radians(latitude))
        s = tables.sites.c
        inside = and_(
            s.latitude.between(latitude - high, latitude + high),
            s.longitude.between(longitude - wide, longitude + wide),
        )
        return self._session.scalars(select(Site).where(inside)).all()

    def organisation(self, organisation_id: str) -> Organisation | None:
        """Return one Mission Locale."""
        return self._session.get(Organisation, organisation_id)

    def organisations(self) -> Sequence[Organisation]:
        """Return every Mission Locale, by name."""
        c = tables.organisations.c
        return self._session.scalars(select(Organisation).order_by(c.name, c.id)).all()

    def wants_first_response(self, organisation_id: str) -> bool:
        """Tell whether a Mission Locale has switched first response on."""
        where = _FIRST.organisation_id == organisation_id
        return self._session.scalar(select(_FIRST.organisation_id).where(where)) is not None

    def set_first_response(self, organisation_id: str, wanted: bool) -> None:
        """Switch first response on or off; a second time changes nothing."""
        if self.wants_first_response(organisation_id) == wanted:
            return
        if wanted:
            statement = insert(tables.first_response).values(organisation_id=organisation_id)
            self._session.execute(statement)
        else:
            where = _FIRST.organisation_id == organisation_id
            self._session.execute(delete(tables.first_response).where(where))

    def organisation_covering(self, insee: str) -> Organisation | None:
        """Return the Mission Locale competent for a commune."""
        covered = self._session.get(Coverage, insee)
        return self.organisation(covered.organisation_id) if covered else None

    def organisations_with_coverage(self) -> frozenset[str]:
        """Return the identifiers of the Mission Locales whose communes are known."""
        query = select(tables.coverage.c.organisation_id).distinct()
        return frozenset(self._session.scalars(query))

    def counsellor(self, counsellor_id: str) -> Counsellor | None:
        """Return one counsellor."""
        return self._session.get(Counsellor, counsellor_id)

    def counsellor_by_email(self, email: str) -> Counsellor | None:
        """Return the counsellor who signs in with that address."""
        where = tables.counsellors.c.email == email
        return self._session.scalars(select(Counsellor).where(where)).one_or_none()

    def counsellors_of(self, site_id: str) -> Sequence[Counsellor]:
        """Return the active counsellors of a site."""
        c = tables.counsellors.c
        query = select(Counsellor).where(c.site_id == site_id, c.is_active).order_by(c.id)
        return self._session.scalars(query).all()

    def counsellors(self) -> Sequence[Counsellor]:
        """Return every counsellor, inactive ones too, by name."""
        c = tables.counsellors.c
        return self._session.scalars(select(Counsellor).order_by(c.display_name, c.id)).all()

    def openings_of(self, site_id: str) -> Sequence[Opening]:
        """Return the bookable spans of a site's active counsellors."""
        o, c = tables.openings.c, tables.counsellors.c
        query = (
            select(Opening)
            .join(tables.counsellors, c.id == o.counsellor_id)
            .where(o.site_id == site_id, c.is_active)
            .order_by(o.id)
        )
        return self._session.scalars(query).all()

    def openings_of_counsellor(self, counsellor_id: str) -> Sequence[Opening]:
        """Return the bookable spans of one counsellor, at whatever site, in the week's order."""
        o = tables.openings.c
        query = select(Opening).where(o.counsellor_id == counsellor_id)
        return self._session.scalars(query.order_by(o.weekday, o.start)).all()

    def replace_openings(self, counsellor_id: str, openings: Iterable[Opening]) -> None:
        """Delete the spans of a counsellor and insert these."""
        for known in self.openings_of_counsellor(counsellor_id):
            self._session.delete(known)
        self._session.flush()
        self.put(openings)

    def coverage(self) -> dict[str, str]:
        """Return the Mission Locale (its identifier) of every covered commune, by INSEE code."""
        c = tables.coverage.c
        rows = self._session.execute(select(c.insee, c.organisation_id))
        return {row.insee: row.organisation_id for row in rows}

    def imported_sites(self) -> Sequence[ImportedSite]:
        """Return what imports brought last."""
        return self._session.scalars(select(ImportedSite)).all()

    def forget_organisations(self, organisation_ids: Iterable[str]) -> None:
        """Delete those of these Missions Locales that have no site, commune nor setting left."""
        o = tables.organisations.c
        for chunk in batched(organisation_ids, _CHUNK, strict=False):
            used = [
                exists().where(table.c.organisation_id == o.id)
                for table in (tables.sites, tables.coverage, tables.first_response)
            ]
            unused = delete(Organisation).where(o.id.in_(chunk), ~or_(*used))
            self._session.execute(unused, execution_options={"synchronize_session": "fetch"})

    def put(self, records: Iterable[TerritoryRecord]) -> None:
        """Insert or update by primary key, parents before children; of twins, the last."""
        kept = list(records)
        for kind in (Organisation, Site, ImportedSite, Coverage, Counsellor, Opening):
            self._put([one for one in kept if type(one) is kind], kind)

    def _put(self, records: list[TerritoryRecord], kind: type[TerritoryRecord]) -> None:
        """Write records of one kind a thousand at a time: thousands come with an import."""
        key = class_mapper(kind).primary_key[0]
        by_key = {getattr(one, key.name): one for one in records}
        for chunk in batched(by_key, _CHUNK, strict=False):
            found = self._session.scalars(select(kind).where(key.in_(chunk))).all()
            known = {getattr(one, key.name) for one in found}
            for name in known:  # already loaded: merging asks the database nothing
                self._session.merge(by_key[name])
            self._session.flush()
            new = [_values_of(by_key[name]) for name in chunk if name not in known]
            if new:
                self._session.execute(insert(kind), new)


def _values_of(record: TerritoryRecord) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record)}
