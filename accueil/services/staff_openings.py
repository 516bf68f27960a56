"""A counsellor's openings at their site: written and read back."""

from collections.abc import Sequence

from accueil.core.opening_rules import OpeningRule
from accueil.core.territory import Counsellor, Opening
from accueil.services.ports import Territory


def put_with_openings(
    territory: Territory, counsellor: Counsellor, rules: Sequence[OpeningRule]
) -> bool:
    """Write the counsellor and their openings; tell whether the openings are others than before."""
    territory.put([counsellor])
    known = territory.openings_of_counsellor(counsellor.id)
    wanted = {(counsellor.site_id, rule) for rule in rules}
    if {(one.site_id, OpeningRule.of(one)) for one in known} == wanted:
        return False
    territory.replace_openings(counsellor.id, _openings(counsellor, rules))
    return True


def rules_of(territory: Territory, counsellor_id: str) -> tuple[OpeningRule, ...]:
    """Return when a counsellor receives, in the order of the week, in the site's local time."""
    return tuple(OpeningRule.of(one) for one in territory.openings_of_counsellor(counsellor_id))


def _openings(counsellor: Counsellor, rules: Sequence[OpeningRule]) -> list[Opening]:
    """Return the openings; identifiers stay below the 64 characters of their column."""
    found: dict[str, Opening] = {}
    for number, rule in enumerate(rules):
        identifier = f"{counsellor.id}-{rule.weekday}-{rule.start:%H%M}"
        if identifier in found:  # the same hours of other weeks
            identifier += f"-{number}"
        found[identifier] = rule.opening(identifier, counsellor.id, counsellor.site_id)
    return list(found.values())
