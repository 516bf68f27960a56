"""The buttons that many answers end with: what can always be done next."""

from accueil.services.chat.wording import FIRST_STEPS

MENU = [*FIRST_STEPS, ("Parler à quelqu’un", "/parler_humain")]
BOOK = MENU[1:2]
ASK_SOMEBODY = MENU[1:]
