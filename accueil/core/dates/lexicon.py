"""Words of days, months and numbers, on folded text, with their usual misspellings."""

from string import ascii_lowercase
from typing import Final

_WEEKDAY_NAMES: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTH_NAMES: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORTEST_TYPO: Final = 5  # "mari" is a husband, not a Tuesday

WEEKDAY_ABBREVIATIONS: Final = {name[:3]: index for index, name in enumerate(_WEEKDAY_NAMES)} | {
    "lund": 0, "merc": 2, "mercr": 2, "jeud": 3, "vend": 4, "vendr": 4,
}  # fmt: skip
MONTH_ABBREVIATIONS: Final = {
    "jan": 1, "janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "juill": 7, "aou": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

# What may follow a number that is an hour or a day: no noun that it would count.
CLOSES_WISH: Final = frozenset(
    """. , ; ? ! : ou et a vers le ce stp svp svt matin aprem soir midi apres avant entre si ca mais
    merci est possible dispo des au dans en pas plutot non oui ok max demain aujourdhui apresdemain
    lundi mardi mercredi jeudi vendredi samedi dimanche""".split()
) | {""}

UNITS: Final = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14,
    "quinze": 15, "seize": 16,
}  # fmt: skip
TENS: Final = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50}


def _one_slip_away(word: str) -> set[str]:
    """Spellings one deletion, swap, change or insertion away that keep the first letter."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    slips = {head + tail[1:] for head, tail in cuts if tail}
    slips |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    slips |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase}
    slips |= {head + letter + tail for head, tail in cuts for letter in ascii_lowercase}
    return {slip for slip in slips if len(slip) >= _SHORTEST_TYPO}


def _tolerant(names: tuple[str, ...], first: int) -> dict[str, int]:
    table: dict[str, int] = {}
    for value, name in enumerate(names, start=first):
        if len(name) >= _SHORTEST_TYPO:
            table.update(dict.fromkeys(_one_slip_away(name), value))
    return table | {name: value for value, name in enumerate(names, start=first)}


WEEKDAYS: Final = _tolerant(_WEEKDAY_NAMES, 0) | {
    "merkredi": 2, "mercerdi": 2, "vendrdi": 4, "dimanch": 6, "lndi": 0, "mrdi": 1, "ludi": 0,
}  # fmt: skip
MONTHS: Final = _tolerant(_MONTH_NAMES, 1)

_TOMORROW: Final = dict.fromkeys(_one_slip_away("demain"), "demain")

SPELLINGS: Final[dict[str, str]] = _TOMORROW | {
    "l'": "le", "d'": "de", "j'": "je", "c'": "ce", "qu'": "que", "m'": "me", "s'": "se",
    "t'": "te", "n'": "", "ne": "", "jusqu'": "jusque", "jusk": "jusque", "jusqua": "jusque a",
    "jusqu": "jusque", "jusquau": "jusque au", "jusko": "jusque au",
    "c": "ce est", "cest": "ce est", "g": "je ai", "jai": "je ai", "jpeu": "je peux",
    "jpe": "je peux", "jpeux": "je peux", "jpeut": "je peux", "peu": "peux", "peut": "peux",
    "pouvais": "peux", "pourrai": "peux", "pourrais": "peux", "pourai": "peux", "pourais": "peux",
    "pe": "peux", "pa": "pas", "po": "pas", "jsuis": "je suis", "chui": "je suis",
    "chuis": "je suis", "jss": "je suis", "ms": "mais", "nn": "non",
    "nan": "non", "naan": "non", "nop": "non", "ap": "apres", "apre": "apres", "av": "avant",
    "ds": "dans", "dan": "dans", "qd": "quand", "kan": "quand", "qan": "quand", "kand": "quand",
    "vou": "vous", "vs": "vous", "sem": "semaine", "semaines": "semaine", "smaine": "semaine",
    "semaie": "semaine", "smn": "semaine", "smne": "semaine",
    "vacs": "vacances", "vacance": "vacances",
    "fete": "fetes", "heu": "euh", "euuh": "euh", "suivante": "suivant", "tlj": "tous les jours",
    "pro": "prochain", "proch": "prochain", "prochaine": "prochain",
    "prochains": "prochain", "prochaines": "prochain", "prochai": "prochain",
    "prochin": "prochain", "proshain": "prochain", "procaine": "prochain", "prchaine": "prochain",
    "jour": "jours", "jrs": "jours", "jr": "jours", "heure": "heures", "eure": "heures",
    "eures": "heures", "hr": "heures", "hrs": "heures", "h": "heures",
    "plutto": "plutot", "pluto": "plutot", "plutaut": "plutot", "ver": "vers", "fain": "fin",
    "matinee": "matin", "matins": "matin", "matain": "matin", "mati": "matin", "soiree": "soir",
    "soirs": "soir",
    "cet": "ce", "cette": "ce", "cete": "ce", "set": "ce", "sauff": "sauf", "sof": "sauf",
    "dispos": "dispo", "disponible": "dispo", "disponibles": "dispo", "libres": "libre",
    "rdv": "rendezvous", "rdvs": "rendezvous", "rv": "rendezvous", "apartir": "a partir",
    "appartir": "a partir", "partire": "partir", "jtravaille": "je travaille",
    "jtravail": "je travaille", "jbosse": "je bosse", "jtaf": "je bosse", "taf": "bosse",
    "taffe": "bosse", "travail": "travaille", "occupee": "occupe", "prise": "pris",
    "absente": "absent", "jsp": "sais pas", "entres": "entre", "janvie": "janvier",
    "fevrie": "fevrier", "dsl": "desole", "ouais": "oui", "wi": "oui", "ui": "oui",
    "dac": "ok", "dacc": "ok", "okay": "ok", "oki": "ok",
}  # fmt: skip
