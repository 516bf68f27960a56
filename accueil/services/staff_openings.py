"""A counsellor's weekly openings at their site: written and read back."""

from collections.abc import Sequence

from accueil.core.territory import Counsellor, Opening, WeeklyHours
from accueil.services.ports import Territory


def put_with_openings(
    territory: Territory, counsellor: Counsellor, spans: Sequence[WeeklyHours]
) -> bool:
    """Write the counsellor and their openings; tell whether the openings are others than before."""
    wanted = [
        Opening(
            f"{counsellor.id}-{span.weekday}-{span.start:%H%M}",
            counsellor.id,
            counsellor.site_id,
            span.weekday,
            span.start,
            span.end,
        )
        for span in spans
    ]
    territory.put([counsellor])
    known = territory.openings_of_counsellor(counsellor.id)
    if sorted(map(_place_and_time, known)) == sorted(map(_place_and_time, wanted)):
        return False
    territory.replace_openings(counsellor.id, wanted)
    return True


def _place_and_time(opening: Opening) -> tuple[str, WeeklyHours]:
    return opening.site_id, WeeklyHours(opening.weekday, opening.start, opening.end)


def weekly_hours_of(territory: Territory, counsellor_id: str) -> tuple[WeeklyHours, ...]:
    """Return the spans of a counsellor in the order of the week, in the site's local time."""
    known = territory.openings_of_counsellor(counsellor_id)
    return tuple(_place_and_time(one)[1] for one in known)
