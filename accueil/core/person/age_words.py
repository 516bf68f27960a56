"""The phrases about ages and birthdays, as patterns over folded text; ``age`` is the figure."""

import re

_TENS = {
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix": 10, "vingt": 20, "trente": 30,
    "quarante": 40, "cinquante": 50,
}  # fmt: skip
_UNITS = {
    word: number
    for number, word in enumerate("un deux trois quatre cinq six sept huit neuf".split(), start=1)
}
_WORDS = rf"(?:{'|'.join(_TENS)})(?:[ -](?:et[ -])?(?:{'|'.join(_UNITS)}))?"
_N = rf"(?P<age>\d{{1,2}}|{_WORDS})"
_ANY_N = rf"(?:\d{{1,2}}|{_WORDS})"
_YEARS = r" ?(?:ans?|piges?|balais|berges)\b"
_MONTH = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars|avril|mai|juin|juil(?:let)?|aout|sept(?:embre)?|"
    r"oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\b"
)
_FIXED = (
    r"(?:d'ici |dans )(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|quelques|qq) ?"
    r"(?:jours?|j|semaines?|sem|mois)\b|"
    rf"(?:le |au )\d{{1,2}}(?:er)? {_MONTH}|(?:le )?\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b|"
    rf"(?:en|debut|fin|mi|courant|au mois (?:de |d')) ?-?{_MONTH}(?: prochain)?"
)
_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (?:prochain|pro))?\b"
_WHEN = (
    rf"(?:{_FIXED}|(?:apres-?)?demain\b|(?:ce |le )?{_DAY}(?: \d{{1,2}}\b)?|le \d{{1,2}}(?:er)?\b|"
    r"(?:la )?semaine pro(?:chaine)?\b|(?:le )?mois pro(?:chain)?\b|ce mois(?:[ -]ci)?\b|"
    r"cette (?:semaine|annee)\b|l'an(?:nee)? prochaine?\b|aujourd'hui\b|bientot\b)"
)
_LINK = r"(?: ?,)? (?:c'?est |c |est |tombe |sera |seront |sont |ce sera |pour )?"
_WILL_BE = (
    r"\b(?:j'? ?aurai[st]?|je? ?v(?:ais|a) (?:bientot )?avoir|je? ?v(?:ais|a) sur(?: mes)?|"
    r"je? ?(?:v(?:ais|a) )?(?:fete(?:r|rai)?|feterai)(?: mes)?)(?: bientot| que| deja)? "
)
_I_HAVE = r"\b(?:j'? ?ai|g|je?fais|je fais|je?ferai|je ferai|je vais faire|jvais faire) ?"
SOON = (
    re.compile(rf"(?:{_WHEN}(?: ?,)? )?{_WILL_BE}{_N}(?:{_YEARS}(?: {_WHEN})?| {_WHEN})"),
    re.compile(rf"(?:{_FIXED})(?: ?,)? {_I_HAVE}{_N}{_YEARS}"),
    re.compile(rf"\bj(?:e |)(?:ne |n')?f(?:ais|erai) {_N}{_YEARS}(?: {_WHEN})?"),
    re.compile(rf"(?:\bj'? ?ai )?\b(?:bientot|presque|pas encore) {_N}{_YEARS}(?: {_WHEN})?"),
    re.compile(rf"(?:{_I_HAVE})?\b{_N}{_YEARS} (?:{_FIXED}|bientot\b|demain(?=\W*$))"),
    re.compile(rf"\bmes {_N}{_YEARS}{_LINK}{_WHEN}"),
)
"""Ages that the writer is about to have."""
AT_A_TIME = re.compile(rf" {_WHEN}")
SOON_AFTER = re.compile(rf" (?:{_FIXED})")
AT_AN_AGE = re.compile(r"à\s+\d{1,2}\s*ans\b", re.IGNORECASE)
SPAN = re.compile(
    r"\b(?:ca fait|depuis|pendant|il y a|y a|ya|dans|sur|en)\s+\d{1,2}\s*ans\b|"
    r"\b\d{1,2}\s*ans d(?:e |')"
)
OF_NOBODY = re.compile(
    rf"\b\d{{1,2}}\s*(?:ans)?\s*(?:-|/|a|et|ou)\s*\d{{1,2}}\s*ans\b|\b1[56] 2[5-9] ans\b|"
    rf"(?<!\w)[+-] ?(?:de )?\d{{1,2}}{_YEARS}|"
    rf"\b(?:moins de|plus de|jusqu'?a|jusque|a partir de|avant|apres|des|les|aux|l'age de|"
    rf"jeunes (?:de|d')|limite(?: de)?|faut(?: avoir)?)\s*(?:mes )?{_ANY_N}{_YEARS}|"
    rf"\b(?:depuis|a|pour|vers|de) mes {_ANY_N}{_YEARS}|"
    rf"\b(?:(?:quand|qd|lorsque?|une fois que?|des que|tant que) ?)?j'? ?avais (?:que )?"
    rf"{_ANY_N}{_YEARS}|"
    rf"\b(?:quand|qd|lorsque?|une fois que?|des que?|tant que?|si) j'? ?aurai[st]? {_ANY_N}"
    rf"(?:{_YEARS})?|\b(?:quand|qd|lorsque?|une fois que?|des que?) j'? ?ai {_ANY_N}{_YEARS}|"
    rf"\b(?:j'? ?ai|g) (?:pas|plus) {_ANY_N}{_YEARS}"
)
"""Ages of the rules ("les 16-25 ans", "moins de 26 ans"), of the past, or only supposed."""
_SAID = r"\b(?:j'? ?ai|g|agee? de|j'? ?viens d'avoir|jsuis) ?(?:(?:que|deja|tout juste|juste) )?"
OWN_AGE = re.compile(rf"{_SAID}{_N}{_YEARS}")
AGE = re.compile(rf"(?:{_SAID})?(?:(?<=[a-z])|(?<![\w/])){_N}{_YEARS}")
BIRTHDAYS = (
    re.compile(
        rf"(?:{_WHEN}{_LINK})?\b(?:c'?est |c |ya |y a |pour )?(?:mon|son|le jour de mon) "
        rf"(?:anniv\w*|bday)(?:{_LINK}{_WHEN})?"
    ),
    re.compile(
        r"\b(?:(?:date de naissance|ddn|naissance)(?: (?:c'?est|c|est))?(?: ?:)? (?:le )?|"
        r"nee? (?:le |en |un )?)"
        rf"(?:\d{{1,2}}[/.\- ]\d{{1,2}}[/.\- ]\d{{2,4}}\b|(?:\d{{1,2}}(?:er)? )?{_MONTH}"
        r"(?: \d{2,4}\b)?|\d{4}\b)"
    ),
)
_PERSON = (
    r"(?:(?:petite?|grande?|demi|belle|beau)[ -]?)?(?:fils|fille|enfant|ado|gamine?|gosse|frere|"
    r"frerot|reuf|soeur|reus|cousine?|neveu|niece|pote|copain|copine|amie?|mec|meuf|gars|voisine?|"
    r"coloc|filleule?|bebe|petit|petite|jeune(?: fille| femme| homme| garcon)?|usagere?|eleve|"
    r"beneficiaire|mineure?|garcon|protegee?)"
)
_ELDER = (
    r"(?:mere|pere|maman|papa|darone?|daronn?e?|mari|femme|conjointe?|oncle|tante|grand-?mere|"
    r"grand-?pere|parents?)"
)
_ITS = r"(?:mon|ma|mes|son|sa|notre|nos|leur|le|la|l'|ce|cet|cette|ton|ta)"
_NAMES = (
    r"(?: (?!et\b|moi\b|j'|je\b|jai\b|g\b|qui\b|de\b|d'|a\b|agee?\b|chez\b|mais\b)[a-z'-]+){0,2}?"
)
_NOT_A_SPAN = r"(?! d(?:e |'))"
_HAS = (
    r"(?:a|aura|va avoir|va sur ses|va faire|vient d'avoir|fete(?:ra)? ses|fait|est agee? de)"
    r"(?: (?:que|deja|presque|bientot|tout juste|juste|pas encore|environ))* "
)
_OF = r"(?:(?:qui )?(?:est )?(?:agee? )?(?:de |d')|qui a |a )"
OTHERS = (
    re.compile(rf"\b(?:il|elle) {_HAS}{_N}{_YEARS}{_NOT_A_SPAN}"),
    re.compile(
        rf"\b(?:{_PERSON}|{_ELDER}|lui|quelqu'un|celle|celui){_NAMES}(?: ?,)?(?: qui| il| elle)? "
        rf"{_HAS}{_N}{_YEARS}{_NOT_A_SPAN}"
    ),
    re.compile(
        rf"\b(?:{_ITS} ?|(?:pour|accompagne|avec|ai|maman|mere|pere|papa|concernant|concerne|"
        rf"c'est|c|et|parent) (?:d')?une? )(?:{_PERSON}|{_ELDER}){_NAMES}"
        rf"(?: ?,)? \(?{_OF}{_N}{_YEARS}"
    ),
    re.compile(rf"\b{_ITS} (?:fils|fille|enfant|ado|gamine?|jeune){_NAMES} ?[,(]? ?{_N}{_YEARS}"),
    re.compile(
        rf"\b(?:jeune(?: fille| femme| homme)?|{_PERSON}){_NAMES}(?: ?,)? {_OF}{_N}{_YEARS}"
        r"(?=[^.!?]{0,12}\b(?:que (?:j|je|nous|on)\b|qu'on\b|dont\b|suivie?\b|placee?\b))"
    ),
    re.compile(
        rf"\b(?:mere|pere|maman|papa|parent|tante|oncle|educ\w*|tut(?:eur|rice)|referente?) "
        rf"(?:de |d'|du )[a-z'-]+(?: [a-z-]+){{0,2}}? ?[,(]? ?(?:{_OF})?{_N}{_YEARS}"
    ),
    re.compile(rf"\bpour (?:quelqu'un|qqn|une personne|une? {_PERSON}) {_OF}?{_N}{_YEARS}"),
)
"""Ages said of somebody else."""
NAMED_IS = re.compile(
    rf"\b(?:pour (?P<for>[a-z-]{{2,}}) ?,? ?|(?P<name>[a-z-]{{2,}}) {_HAS})"
    rf"{_N}{_YEARS}{_NOT_A_SPAN}"
)
"""The same of a word that is to be a first name."""
KIN_IS = re.compile(
    r"\b(?:aura|va avoir|va sur|va faire|fete(?:ra)? ses|presque|bientot|pas encore)\b"
)


def number_of(age: str) -> int:
    """Return the number that figures or words say."""
    if age.isdigit():
        return int(age)
    ten, *unit = re.split(r"[ -]", age)
    return _TENS[ten] + (_UNITS[unit[-1]] if unit else 0)
