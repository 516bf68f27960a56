"""Phrases that accept, refuse, correct or set aside the days and times around them."""

from typing import Final

from accueil.core.dates.items import Mark
from accueil.core.dates.lexer import Tokens

_PHRASES: Final[dict[Mark | None, tuple[str, ...]]] = {
    # None: phrases with "pas" that refuse nothing.
    None: (
        "pas de", "pas encore", "sais pas", "pas grave", "pourquoi pas", "pas mal", "pas sur",
        "pas forcement", "pas que", "pas compris", "pas seulement", "pas besoin", "pas question",
        "non merci", "et demi", "oui ou non", "pas contre", "pas trop tard", "pas trop tot",
        "suis nul", "suis nulle", "si trop tot", "si trop tard", "il est trop tard",
    ),
    Mark.NOT: (
        "peux pas", "pourrai pas", "pas dispo", "pas libre", "pas possible", "impossible",
        "va pas", "marche pas", "arrange pas", "convient pas", "veux pas", "ce est mort",
        "je peux pas", "je peux plus", "je veux pas", "je voudrais pas", "ca va pas", "me va pas",
        "ca marche pas", "je pourrai pas",
        "pas la", "pas trop possible", "pas bon", "est non", "non plus",
        "indisponible", "complique", "ce est chaud", "va etre chaud", "ce est tendu",
        "va etre tendu",
        "pas pouvoir", "peux plus", "pas cool", "peux po",
        "pas disponible", "aime pas", "prefere pas", "peux vraiment pas", "pas du tout",
    ),
    Mark.NOT_NEXT: (
        "pas", "ni", "au lieu de", "au lieu du", "a la place de", "a la place du", "plutot que",
        "surtout pas", "jamais",
    ),
    Mark.BAD: (
        "ce est nul", "ce est trop nul", "trop nul", "bof", "ce est naze", "ce est pourri",
        "ce est relou", "relou", "ce est galere", "ce est la galere", "ce est abuse", "ca craint",
        "ce est short", "ce est dead", "ce est foutu", "ce est horrible", "ce est pas top",
        "pas top", "pas ouf", "pas ideal", "pas terrible", "pas pratique", "pas genial",
        "pas jouable", "pas faisable", "pas envisageable", "injouable", "infaisable",
        "le fait pas", "passe pas", "colle pas", "va pas le faire", "me dit pas", "me dit rien",
        "tente pas", "flemme", "la flemme", "je deteste", "me saoule", "me soule",
        "hors de question", "meme pas en reve", "aucune chance", "ce est trop juste",
        "nope", "trop loin", "trop relou", "mission impossible",
    ),
    Mark.TOO_EARLY: (
        "trop tot", "bien trop tot", "un peux tot", "super tot", "hyper tot", "vachement tot",
        "grave tot", "ce est tot", "fait tot", "fait trop tot", "trop matinal", "si tot",
    ),
    Mark.TOO_LATE: (
        "trop tard", "bien trop tard", "un peux tard", "super tard", "hyper tard", "vachement tard",
        "grave tard", "ce est tard", "fait tard", "fait trop tard", "trop tardif", "si tard",
    ),
    Mark.ONLY: ("seulement", "uniquement", "exclusivement", "juste", "rien que"),
    Mark.REST: (
        "le reste du temps", "le reste de la semaine", "tout le reste", "le reste",
        "les autres jours", "autres jours", "le restant",
    ),
    Mark.EXCEPT: ("sauf", "hors", "excepte", "a part", "hormis", "sans"),
    Mark.BUSY: (
        "je travaille", "je bosse", "je ai cours", "ai ecole", "ai stage", "suis en cours",
        "suis occupe", "suis pris", "suis absent", "je ai taf", "suis en stage", "je serai absent",
        "suis au travaille", "ai un truc", "ai deja un truc", "ai un examen", "ai un entretien",
        "ai exam", "en vacances",
        "en conge", "en conges", "je garde", "je dors", "arrive pas a me lever",
        "je suis au bosse", "ai sport", "ai foot", "ai entrainement", "ai la salle", "ai conduite",
        "ai formation", "suis en formation", "ai du bosse", "suis en alternance",
    ),
    Mark.YES: (
        "je peux", "suis dispo", "suis libre", "dispo", "libre", "possible", "est bon", "est ok",
        "me va", "ca marche", "ca va", "nickel", "parfait", "travaille pas", "bosse pas",
        "pas cours", "arrange", "impec", "est possible", "je travaille pas", "je bosse pas",
        "je ai pas cours", "je veux", "je voudrais",
        "ce est mieux", "serait mieux", "mieux",
    ),
    Mark.OKAY: ("oui", "ok", "de accord", "bon", "ouep", "yes", "volontiers"),
    Mark.FIX: (
        "plutot", "enfin", "finalement", "en fait", "ou plutot", "je prefere", "pardon",
        "je voulais dire", "oups", "je me suis trompe", "correction", "de preference", "ah non",
        "je veux dire", "je change", "euh",
    ),
    Mark.FIX_NO: ("non", "euh non", "a non", "non pardon", "non plutot", "non enfin"),
    Mark.CONTEXT: (
        "mon rendezvous", "mon rendezvous de", "mon rendezvous du", "mon rendezvous est",
        "je ai rendezvous", "decaler de", "deplacer de", "decaler du",
        "deplacer du", "reporter du", "passer de", "changer de", "reporter de",
        "je ai un rendezvous", "je ai deja un rendezvous", "je avais rendezvous",
        "je avais un rendezvous", "je ai deja rendezvous", "le rendezvous de", "le rendezvous du",
        "rate mon rendezvous de", "je suis venu", "je suis venue", "je ai rate", "je ai loupe",
        "je devais venir", "je ai eu un rendezvous", "mon rendezvous a",
    ),
    Mark.DROP: (
        "depuis", "depuis le", "ne le", "nee le", "naissance", "ne en", "nee en", "datant de",
        "depuis ce", "anniversaire le", "expire le", "a bientot", "anniversaire est",
    ),
    Mark.BREAK: (".", ";", "!", "car", "parce que", "pcq", "vu que"),
    Mark.TURN: ("mais", "?", "par contre", "en revanche"),
    Mark.COMMA: (",", ":", "puis", "-", "("),
    Mark.OR: ("ou", "et", "ou alors", "ou bien",  "/",  "+", "&",
              "ou encore", "et aussi", "ou euh", "euh ou"),
    Mark.ELSE: ("sinon", "ou sinon", "a defaut", "autrement", "soit", "ou soit"),
    Mark.ANYTIME: (
        "nimporte", "nimporte quand", "nimporte quel jours", "nimporte quelle heures",
        "nimporte lequel", "quand vous voulez", "quand tu veux", "quand vous pouvez",
        "quand vous avez", "comme vous voulez", "peu importe", "peux importe", "tous les jours",
        "tout le temps", "a tout moment", "plus tot possible", "au plus vite", "plus vite possible",
        "plus rapidement possible", "des que possible", "asap", "tout de suite", "de suite",
        "le jours que vous voulez", "me est egal", "au plus tot", "tt de suite", "quand vous etes",
        "quand ca vous arrange", "quand est possible", "des que vous pouvez",
        "des que tu peux",
    ),
    Mark.TOO: ("aussi", "pareil", "egalement"),
    Mark.SAME_DAY: ("meme jours", "ce jours la", "jours meme"),
}  # fmt: skip


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], Mark | None]]]:
    table: dict[str, list[tuple[tuple[str, ...], Mark | None]]] = {}
    for mark, phrases in _PHRASES.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, mark))
    for entries in table.values():
        entries.sort(key=lambda entry: len(entry[0]), reverse=True)
    return table


_TABLE: Final = _by_first_word()


def read_mark(tokens: Tokens, at: int) -> tuple[Mark | None, int] | None:
    """Return the longest phrase at ``at`` and the place after it, or None if there is none.

    The mark itself is None for a phrase that is read so that its words count for nothing.
    """
    for words, mark in _TABLE.get(tokens.word(at), ()):
        if tokens.spells(at, *words):
            return mark, at + len(words)
    return None
