"""What a young person says of themselves: age, first name, disability recognition."""

from accueil.core.person.ages import read_age, read_birth_year, read_other_age, without_ages
from accueil.core.person.eligibility import (
    MAXIMUM_AGE,
    MAXIMUM_AGE_WITH_DISABILITY,
    MINIMUM_AGE,
    is_eligible,
    mentions_disability,
)
from accueil.core.person.first_names import read_first_name

__all__ = [
    "MAXIMUM_AGE",
    "MAXIMUM_AGE_WITH_DISABILITY",
    "MINIMUM_AGE",
    "is_eligible",
    "mentions_disability",
    "read_age",
    "read_birth_year",
    "read_first_name",
    "read_other_age",
    "without_ages",
]
