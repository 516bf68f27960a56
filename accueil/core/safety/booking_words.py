"""Messages about an appointment, or about who may read what is sent about it.

They often hold an age, a delay, parents who must not know: words that the classifier has learnt to
fear. So it has to be surer of them than of others. The lexicon is asked as ever.
"""

import re

from accueil.core.discretion import read_discretion
from accueil.core.text import fold

_BOOKING = re.compile(r"\b(?:rdv|rendez[- ]?vous|m'inscri\w+|inscription)\b")


def speaks_of_booking(text: str) -> bool:
    """Tell whether a message speaks of an appointment or of discreet messages."""
    return bool(_BOOKING.search(fold(text))) or read_discretion(text) is not None
