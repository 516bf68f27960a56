"""What is written to young people, counsellors and sites: words only, nothing is sent from here."""

from accueil.core.messages.facts import Facts, Links
from accueil.core.messages.letter import Letter
from accueil.core.messages.platform import young_platform_text, young_template
from accueil.core.messages.team import counsellor_letter, first_response_letter, site_letter
from accueil.core.messages.texts import SmsMeans, young_sms
from accueil.core.messages.young import young_letter

__all__ = [
    "Facts",
    "Letter",
    "Links",
    "SmsMeans",
    "counsellor_letter",
    "first_response_letter",
    "site_letter",
    "young_letter",
    "young_platform_text",
    "young_sms",
    "young_template",
]
