"""How findings are said in French: numbers, names, titles, remedies."""

from accueil.core.french import NBSP, NNBSP
from accueil.core.places import Commune, Gazetteer
from accueil.core.territory import Site
from accueil.core.territory_check.model import Kind

IMPORT_COVERAGE = f"«{NBSP}accueil sites import-coverage{NBSP}»"
CORRECT_FILE = "Corrigez le fichier des sites, puis importez-le de nouveau."

TITLES = {
    Kind.NO_SITE: "Aucun site",
    Kind.NO_COVERAGE: "Aucune commune couverte",
    Kind.EXAMPLE_BESIDE_REAL: "Données d’exemple à côté de vraies données",
    Kind.OVERLAP: "Communes couvertes par plusieurs Missions Locales",
    Kind.WITHOUT_SITE: "Missions Locales sans site",
    Kind.WITHOUT_COVERAGE: "Sites dont la Mission Locale ne couvre aucune commune",
    Kind.HOLE: "Communes oubliées dans un département couvert",
    Kind.GONE_COMMUNE: "Communes qui n’existent plus",
    Kind.MISPLACED: "Sites mal placés",
    Kind.NO_PHONE: "Sites sans téléphone",
    Kind.UNCOVERED: "Départements couverts en partie",
    Kind.FAR: "Communes loin des sites de leur Mission Locale",
    Kind.ELSEWHERE: "Sites sur le territoire d’une autre Mission Locale",
    Kind.SAME_PLACE: "Sites au même endroit",
    Kind.NO_HOURS: "Sites sans horaires",
    Kind.NO_EMAIL: "Sites sans e-mail",
    Kind.UNSERVED: "Départements sans Mission Locale",
}

TO_DO = {
    Kind.NO_SITE: f"Importez les sites avec «{NBSP}accueil sites import{NBSP}».",
    Kind.NO_COVERAGE: f"Importez les communes couvertes avec {IMPORT_COVERAGE}. Sans elles, "
    "le site donné est le plus proche, sans certitude.",
    Kind.EXAMPLE_BESIDE_REAL: "Un jeune peut recevoir une adresse inventée. Repartez d’une base "
    f"neuve, sans «{NBSP}seed --demo{NBSP}» ni «{NBSP}make run{NBSP}», et importez vos fichiers.",
    Kind.OVERLAP: "Gardez une seule Mission Locale par commune dans le fichier de couverture, "
    f"puis {IMPORT_COVERAGE}.",
    Kind.WITHOUT_SITE: "Importez au moins un site pour chacune, ou donnez ses communes à la "
    "Mission Locale qui reçoit vraiment.",
    Kind.WITHOUT_COVERAGE: f"Importez leurs communes avec {IMPORT_COVERAGE}, ou corrigez la "
    "Mission Locale du site. Sans cela, ces sites ne sont donnés que sans certitude.",
    Kind.HOLE: "Presque tout le département est couvert. Ajoutez ces communes au fichier de "
    f"couverture, puis {IMPORT_COVERAGE}.",
    Kind.GONE_COMMUNE: "Remplacez le code Insee par celui d’aujourd’hui dans le fichier, puis "
    "importez-le de nouveau.",
    Kind.MISPLACED: f"Corrigez les coordonnées ou la commune. {CORRECT_FILE}",
    Kind.NO_PHONE: f"Ni le site ni sa Mission Locale n’en ont. {CORRECT_FILE}",
    Kind.UNCOVERED: "Normal si d’autres Missions Locales, absentes d’ici, couvrent le reste. "
    f"Sinon, complétez le fichier de couverture, puis {IMPORT_COVERAGE}.",
    Kind.FAR: "Manque-t-il une antenne ou une permanence ? Sinon, il n’y a rien à faire.".replace(
        " ?", f"{NNBSP}?"
    ),
    Kind.ELSEWHERE: "Vérifiez la commune du site, sa Mission Locale et la couverture. C’est "
    "parfois voulu (un site de l’autre côté d’une limite).",
    Kind.SAME_PLACE: "Un doublon se retire du fichier ; deux accueils à la même adresse peuvent "
    "rester.".replace(" ;", f"{NNBSP};"),
    Kind.NO_HOURS: f"Le robot ne peut pas dire quand c’est ouvert. {CORRECT_FILE}",
    Kind.NO_EMAIL: f"Ni le site ni sa Mission Locale n’en ont. {CORRECT_FILE}",
    Kind.UNSERVED: "Normal si votre service ne s’adresse pas à eux.",
}


def number(value: int) -> str:
    """Return ``35 000`` with narrow non-breaking spaces."""
    return f"{value:,}".replace(",", NNBSP)


def counted(value: int, one: str, several: str) -> str:
    """Return ``1 site`` or ``6 000 sites``."""
    return f"{number(value)}{NBSP}{several if value > 1 else one}"


def share(part: int, whole: int) -> str:
    """Return ``1,2 %``; never ``0 %`` for something, nor ``100 %`` for less than all."""
    if not whole or not part:
        return f"0{NNBSP}%"
    if part == whole:
        return f"100{NNBSP}%"
    rounded = min(99.9, max(0.1, round(100 * part / whole, 1)))
    return f"{rounded:.1f}".replace(".", ",").removesuffix(",0") + f"{NNBSP}%"


def commune_name(commune: Commune) -> str:
    """Return ``Pantin (93055)``."""
    return f"{commune.name} ({commune.insee})"


def site_name(site: Site) -> str:
    """Return the name of a site with its identifier: names are often the same."""
    return f"{site.name} ({site.id})"


def department_name(gazetteer: Gazetteer, code: str) -> str:
    """Return ``Seine-Saint-Denis (93)``, or the code alone when it is not known."""
    known = gazetteer.departments.get(code)
    return f"{known.name} ({code})" if known else code
