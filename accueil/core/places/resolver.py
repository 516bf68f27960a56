"""Find where a young person lives in what they wrote."""

from collections.abc import Sequence

from accueil.core.places.choice import by_population, settle
from accueil.core.places.findings import Findings
from accueil.core.places.gazetteer import Gazetteer
from accueil.core.places.lexicon import HOLLOW, NEUTRAL
from accueil.core.places.mentions import Mention
from accueil.core.places.misspelt import MisspeltFinder
from accueil.core.places.model import Area, Commune, PlaceReading, PlaceStatus
from accueil.core.places.names import LINKS
from accueil.core.places.scan import Scanner
from accueil.core.places.sentence import Word, read_words

_SHORT = 6  # words of a message that may be one misspelt name and nothing else
_CITY = 20_000  # inhabitants from which a misspelt name is rather a town than an area
_KINDS = ("agglo", "departement", "region", "pays")


class PlaceResolver:
    """Read places. Pure and safe between threads: the same text gives the same reading."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Use this gazetteer."""
        self._gazetteer = gazetteer
        self._scanner = Scanner(gazetteer)
        self._misspelt = MisspeltFinder(gazetteer)

    def resolve(self, text: str) -> PlaceReading:
        """Return the commune, the communes to choose from, the area, or nothing. Never raises."""
        words = read_words(text)
        if not words:
            return PlaceReading(text, PlaceStatus.NONE, (), None)
        findings = self._scanner.scan(words)
        postal = by_population(c for mention in findings.postal for c in mention.communes)
        communes = self._spanned(words, findings, postal) or self._named(findings, postal)
        if not communes and not any(area.kind == "agglo" for area in findings.areas):
            misspelt = self._misspelt.find(words, findings, postal)
            city = any(commune.population >= _CITY for commune in misspelt)
            if not (city or postal or findings.areas or findings.district):
                area = self._misspelt.area(words, findings.taken)
                if area:
                    return PlaceReading(text, PlaceStatus.AREA, (), area)
            communes = misspelt or self._coded(findings, postal)
        if len(communes) == 1 and not postal and _only_a_neighbourhood(findings, communes[0]):
            return PlaceReading(text, PlaceStatus.AMBIGUOUS, communes, None)
        return _reading(text, communes, findings.areas)

    def _spanned(
        self, words: Sequence[Word], findings: Findings, postal: Sequence[Commune]
    ) -> tuple[Commune, ...]:
        """Return the one misspelt name that two neighbouring names are pieces of."""
        if not findings.names:
            return ()
        last = findings.names[-1][0]
        start, end = findings.names[0][0].start, last.end
        if len(findings.names) > 1:
            return self._misspelt.within(words[start:end], findings, postal)
        if len(words) > _SHORT or all(word.text in NEUTRAL for word in words[end:]):
            return ()
        while end < len(words) and end not in findings.taken and not words[end].opens:
            if words[end].text in NEUTRAL - LINKS:  # "Paris Cedex 18"
                break
            end += 1
        if end == last.end:
            return ()
        if all(word.text in HOLLOW for word in words[:start]):
            start = 0
        found = self._misspelt.within(words[start:end], findings, postal)
        return found if len(found) == 1 else ()

    def _named(self, findings: Findings, postal: Sequence[Commune]) -> tuple[Commune, ...]:
        if not findings.names:
            return ()
        best = max((not setting.past, setting.cue) for _, setting in findings.names)
        kept = [m for m, setting in findings.names if (not setting.past, setting.cue) == best]
        found: list[tuple[Commune, ...]] = []
        for mention in kept:
            found.append(self._settled(mention, findings, postal))
        if all(mention.asked for mention in kept):
            found += [m.communes for m, _ in findings.names if not m.asked]
        if len(found) == 1:
            return found[0]
        common = set(found[0]).intersection(*found[1:])
        return by_population(common or [commune for communes in found for commune in communes])

    def _settled(
        self, mention: Mention, findings: Findings, postal: Sequence[Commune]
    ) -> tuple[Commune, ...]:
        if findings.district:
            for city in mention.communes:
                district = self._gazetteer.arrondissement(city.insee, findings.district)
                if district:
                    return (district,)
        return settle(mention, findings.areas, postal, self._gazetteer)

    def _coded(self, findings: Findings, postal: Sequence[Commune]) -> tuple[Commune, ...]:
        if postal:
            return tuple(postal)
        if not findings.district:
            return ()
        districts = self._gazetteer.arrondissements(findings.district)
        departments = {area.code for area in findings.areas if area.kind == "departement"}
        return by_population(
            commune for commune in districts if not departments or commune.department in departments
        )


def _only_a_neighbourhood(findings: Findings, commune: Commune) -> bool:
    """Tell whether a town is known by one of its neighbourhoods and nothing else."""
    holding = [mention for mention, _ in findings.names if commune in mention.communes]
    return bool(holding) and not findings.areas and all(mention.asked for mention in holding)


def _reading(text: str, communes: tuple[Commune, ...], areas: Sequence[Area]) -> PlaceReading:
    if communes:
        status = PlaceStatus.FOUND if len(communes) == 1 else PlaceStatus.AMBIGUOUS
        return PlaceReading(text, status, communes, None)
    if areas:
        area = min(areas, key=lambda candidate: _KINDS.index(candidate.kind))
        return PlaceReading(text, PlaceStatus.AREA, (), area)
    return PlaceReading(text, PlaceStatus.NONE, (), None)
