"""The buttons that many answers end with: what can always be done next."""

MENU = [
    ("Trouver ma Mission Locale", "/trouver_site"),
    ("Prendre rendez-vous", "/prendre_rdv"),
    ("Parler à quelqu’un", "/parler_humain"),
]
BOOK = MENU[1:2]
ASK_SOMEBODY = MENU[1:]
