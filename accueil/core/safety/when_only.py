"""Messages that only say when: "hier soir", "dans 4 jours", "le plus vite possible".

Many messages of danger say since when, so the classifier has learnt to fear such words; alone, as
an answer to a question about an appointment, they say nothing else. The lexicon is still asked.
"""

import re

from accueil.core.safety.pattern import SENTENCE
from accueil.core.text import fold

_WORDS = frozenset(
    """
    lundi mardi mercredi jeudi vendredi samedi dimanche lundis mardis mercredis jeudis vendredis
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    jour jours journee semaine semaines mois an ans annee heure heures h minutes minute quinzaine
    matin matins matinee midi aprem apres apresmidi soir soirs soiree nuit week end weekend
    hier avant demain aujourdhui aujourd hui ajd maintenant bientot tard tot plus vite rapide
    rapidement urgence urgent asap possible suite tout toute tous toutes le les la l un une du
    de des d en dans a au aux et ou vers pour entre jusqu jusque partir depuis pendant ca c ce cet
    cette fait y est debut fin milieu prochain prochaine pro premier premiere passe
    chaque mieux que quand quel quelle si svp stp sil te vous plait merci oui ok accord bon alors
    plutot sinon peu importe dizaine vingtaine trentaine environ deux trois quatre cinq
    six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante
    rdv rendez creneau date dispo horaire noel vacances souvent
    """.split()
)
_ELAPSED = re.compile(r"\bil y a (?=\d|un|une|deux|trois|quelques)")
_PLAIN = re.compile(r"[ -~’«»…–—\s]*")
"""Signs of plain French, folded: pictures and other alphabets may say what words do not."""


def says_only_when(text: str, line: str) -> bool:
    """Tell whether a message, and its normalised line, hold only days, hours and delays."""
    if not _PLAIN.fullmatch(fold(text)):
        return False
    words = [word for word in _ELAPSED.sub("y a ", line).split() if word != SENTENCE]
    return bool(words) and all(word in _WORDS or word[:1].isdigit() for word in words)
