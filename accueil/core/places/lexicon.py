"""Small words around a place: what announces it, what excludes it, what says nothing."""

import re

NEAR = frozenset(
    {"loin", "autour", "alentours", "environs", "peripherie", "banlieue", "coin", "agglo"}
)
PREPOSITIONS = frozenset({"a", "sur", "vers", "de", "d", "pres", "proche", "cote", "jusqu", *NEAR})
FAINT = frozenset({"de", "d"})
SUBJECTS = frozenset(
    {"il", "elle", "on", "y", "qui", "ca", "cela", "tu", "m", "t", "l", "n", "j", "ils", "il y"}
)
HOME = re.compile(
    r"j?h?abit\w*|j?hab|j?log(?:e|es|eons|ent)|heberge\w*|j?vis|vivons|resid(?:e|es|ant|ents?)"
    r"|domicilie\w*|demeure|habitant\w*|crech|squatte|ville|villes|commune|localite|adresse|cp"
    r"|postal|installe\w*|emmenag\w*|locale|j?dor[st]|jreste"
)
BEING = re.compile(r"suis|sui|chui|chuis|jsuis|jsui|jss|jsss|chu|vien|viens|jviens|sommes|est|es")
BEFORE = re.compile(
    r"j?habitais|abitais|vivais|etais|avant|ne|nee|quitte|ancien\w*|originaire|ex|vais|irai|veux|voudrais|aimerais"
)
NEGATIONS = frozenset({"pas", "plus", "jamais"})
STILL_NEAR = frozenset({"loin", "pres", "tres", "mal", "proche"})
STREETS = frozenset(
    {
        "allee", "allees", "av", "avenue", "bd", "bld", "boulevard", "chemin", "cite",
        "college", "fac", "gare", "hopital", "impasse", "lycee", "metro", "place", "pont",
        "porte", "quai", "quartier", "residence", "route", "rue", "square", "stade",
        "universite",
    }
)  # fmt: skip
PLURALS = frozenset({"les", "des", "mes", "tes", "ses", "ces", "nos", "vos", "leurs", "aux"})
NEIGHBOURHOODS = frozenset({"quartier", "quartiers", "cite", "tess", "metro", "residence"})
NEIGHBOURHOOD_LINKS = frozenset({"de", "du", "des", "d", "a", "au", "aux"})
PEOPLE = frozenset({"appelle", "appel", "prenom", "nom", "mr", "mme", "monsieur", "madame", "mlle"})
NEUTRAL = frozenset(
    {
        "a", "alors", "bah", "ben", "bjr", "bonjour", "bonsoir", "bsr", "c", "cc", "cdx",
        "cedex", "code", "commune", "coucou", "coup", "cp", "dans", "de", "dep",
        "departement", "dept", "donc", "du", "en", "enfin", "est", "et", "euh", "france",
        "habite", "habiter", "hello", "heu", "hey", "hi", "hm", "il", "j", "l", "la", "le",
        "les", "lol", "ma", "mdr", "merci", "mon", "nan", "non", "ok", "okay", "ouai",
        "ouais", "oui", "plait", "postal", "region", "s", "salut", "slt", "stp", "sur", "svp",
        "te", "vers", "ville", "voila", "vous", "wesh", "wsh", "yo",
    }
)  # fmt: skip
DETERMINERS = frozenset(
    {
        "au", "aux", "ce", "ces", "cette", "des", "du", "l", "la", "le", "les", "ma", "mes",
        "mon", "sa", "ses", "son", "ta", "tes", "ton", "un", "une",
    }
)  # fmt: skip
HOLLOW = frozenset(
    {
        "a", "c", "d", "dans", "de", "des", "du", "en", "est", "et", "il", "l", "la", "le",
        "les", "s", "sur", "te", "vers",
    }
)  # fmt: skip
ORDINARY_PHRASES = frozenset(
    {
        "la montagne", "la campagne", "la gare", "la ville", "le bourg", "le bois", "le palais",
        "la cote", "la place", "la maison", "l ecole", "l hopital", "le port", "la croix", "la fac",
        "la base", "le pas", "la fin", "la mer", "la rue", "le coin", "la ferme", "le passage",
        "le val", "la queue", "les deux", "les trois", "entre deux", "entre les deux",
        "deux villes", "est ensemble", "les hauts", "la force", "la garde", "la couture",
        "la table", "la chaise", "la porte",
    }
)  # fmt: skip
ORDINALS = {
    "premier": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6,
    "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11, "douzieme": 12,
    "treizieme": 13, "quatorzieme": 14, "quinzieme": 15, "seizieme": 16, "vingtieme": 20,
    "i": 1, "v": 5, "x": 10, "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8,
    "ix": 9, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16,
    "xvii": 17, "xviii": 18, "xix": 19, "xx": 20,
}  # fmt: skip
ROMAN = re.compile(r"(x{0,2}(?:ix|iv|v?i{0,3}))(?:e|em|eme|ieme|er)")
ORDINAL = re.compile(r"(\d{1,2})(?:e|em|eme|ieme|er|ere|nd|nde)")
ORDINAL_ENDINGS = frozenset({"e", "em", "eme", "ieme", "er", "ere"})
DISTRICT_WORDS = frozenset({"arrondissement", "arrond", "arr", "ardt", "arrdt", "arrt"})
