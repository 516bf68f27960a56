"""Choose among homonyms: the departement said, then the number of inhabitants."""

from collections.abc import Iterable, Sequence

from accueil.core.places.gazetteer import Gazetteer
from accueil.core.places.mentions import Mention
from accueil.core.places.model import Area, Commune
from accueil.core.places.names import loose_key

_FORMER_PARTS = frozenset({"977", "978"})  # left Guadeloupe in 2007; people still say 971
_DOMINANT = 10  # times the population of the next homonym


def by_population(communes: Iterable[Commune]) -> tuple[Commune, ...]:
    """Return distinct communes, the most inhabited first."""
    return tuple(sorted(dict.fromkeys(communes), key=lambda c: (-c.population, c.insee)))


def dominant(communes: Iterable[Commune]) -> tuple[Commune, ...]:
    """Return only the first when it has ten times the inhabitants of the next, else all."""
    ordered = by_population(communes)
    if len(ordered) > 1 and ordered[0].population >= _DOMINANT * max(ordered[1].population, 1):
        return ordered[:1]
    return ordered


def departments_of(area: Area, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the codes of the departements of a French area."""
    if area.kind != "region":
        codes = frozenset(area.code.split("|"))
        return codes | _FORMER_PARTS if "971" in codes else codes
    return gazetteer.departments_of_region(area.code)


def within(
    mention: Mention, departments: frozenset[str], gazetteer: Gazetteer
) -> tuple[Commune, ...]:
    """Return the communes of this name, current or older, in the departements said."""
    key = loose_key(mention.key.split())
    wider = (*mention.communes, *gazetteer.named_anywhere(mention.key))
    found = [c for c in (*wider, *gazetteer.named_anywhere(key)) if c.department in departments]
    return tuple(dict.fromkeys(found)) or gazetteer.starting_in(departments, key)


def settle(
    mention: Mention, areas: Sequence[Area], postal: Sequence[Commune], gazetteer: Gazetteer
) -> tuple[Commune, ...]:
    """Return the communes meant by a name, knowing what else the message says."""
    if postal:
        return _with_postal_code(mention, postal, gazetteer)
    for area in areas:
        if area.kind == "pays":
            continue
        found = within(mention, departments_of(area, gazetteer), gazetteer)
        if found:
            exact = [c for c in found if c in mention.communes]
            return dominant(exact or found)
    whole = mention.settled or mention.asked
    return by_population(mention.communes) if whole else _plain(mention, gazetteer)


def _plain(mention: Mention, gazetteer: Gazetteer) -> tuple[Commune, ...]:
    """Weigh homonyms; heads of older names say nothing of their own size, so all are kept."""
    exact = gazetteer.named(mention.key)
    if exact and not gazetteer.is_current(mention.key) and len(mention.communes) > 1:
        return by_population(mention.communes)
    longer = [c for c in mention.communes if c not in exact]
    if exact and longer:
        return by_population((*dominant(exact), *dominant(longer)))
    return dominant(mention.communes)


def _with_postal_code(
    mention: Mention, postal: Sequence[Commune], gazetteer: Gazetteer
) -> tuple[Commune, ...]:
    both = [commune for commune in mention.communes if commune in postal]
    if both:
        return by_population(both)
    departments = frozenset(commune.department for commune in postal)
    key = loose_key(mention.key.split())
    wider = (*gazetteer.named_anywhere(mention.key), *gazetteer.named_anywhere(key))
    if agreed := [commune for commune in wider if commune in postal]:
        return by_population(agreed)
    near = [commune for commune in mention.communes if commune.department in departments]
    if near:
        districts = [p for c in near for p in postal if set(p.postal_codes) < set(c.postal_codes)]
        return by_population(districts or near)
    return by_population((*mention.communes, *postal))
