"""The note that the young person leaves for the counsellor, in their own words."""

import re

from accueil.core.contact import EMAIL_TOKEN, PHONE_TOKEN
from actions.booking import wording
from actions.booking.reading import SURE
from actions.booking.sharing import session_of, write_session
from actions.skill import Turn

LONGEST_NOTE = 500
_ASK_NOTE = re.compile(
    r"^\W*(?:(?:non|nan|oui|ok|en fait|enfait|bah)\W+)*"
    r"(?:(?:je |j')?(?:veux|voudrais|peux|aimerais|souhaite) )?"
    r"(?:ajout\w*|laiss\w*|mettre|mets?|[ée]cri\w*|chang\w*|modifi\w*)\s+"
    r"(?:un|le|mon|ce|une)\s+(?:petit )?(?:mot|message|note)\b"
    r"(?:\s+(?:pour|au|à la|a la)\s+(?:le |la |mon |ma )?conseill\w+)?\s*[:,.!]*\s*(?P<note>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_TELL = re.compile(
    r"^\W*(?:tu peux |vous pouvez |peux[- ]tu )?(?:dire|dis|dites|pr[ée]cise[rz]?|signale[rz]?|"
    r"note[rz]?|pr[ée]vien\w*|pr[ée]venir)\s+(?:au|à la|a la|aux|le|la)\s+conseill\w+\s+"
    r"(?:qu['’]\s*|que\s+|de\s+)(?P<note>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ADD_THAT = re.compile(
    r"\b(?:mets|mettez|note[rz]?|r?ajoute[rz]?|pr[ée]cise[rz]?|marque[rz]?|[ée]cri[st]|dis[- ]lui|"
    r"dites[- ]lui)\s+(?:aussi |bien |juste )?(?:lui )?(?:qu['’]\s*|que\s+)(?P<note>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_DROP_NOTE = re.compile(
    r"^\W*(?:enl[eè]v\w*|supprim\w*|retir\w*|effac\w*|vire[rz]?)\s+(?:le|mon|ce|la|ma)\s+"
    r"(?:mot|message|note)\b",
    re.IGNORECASE,
)
_GIVES_UP = re.compile(r"^\W*(?:laisse[zs]? tomber|stop|annule tout)\W*$", re.IGNORECASE)
_ASKS_BACK = re.compile(
    r"^\W*(?:je (?:mets|marque|dis|dois mettre) quoi|quoi|genre quoi|c'?est quoi|comme quoi)\W*$",
    re.I,
)
_NOTHING = re.compile(
    r"^\W*(?:(?:en fait|enfait|enft|euh|bah|ok|oui|ouais|finalement)\W*)*"
    r"(?:non|rien|nan|nn|aucun|pas besoin|laisse\w*|annule\w*|retour|oui|ok)?"
    r"(?:\W+(?:laisse\w*|comme ca|merci|en fait|enft|finalement|rien))*\W*$",
    re.I,
)


def take_note(turn: Turn) -> bool:
    """Write, change or drop the note for the counsellor; True when the message was about it."""
    if turn.slot("mot_demande"):
        asks_else = turn.intent == "effacer_donnees" and turn.confidence >= SURE
        return not asks_else and _take_answer(turn)
    if _DROP_NOTE.match(turn.text):
        write_session(turn, shared_note="")
        return True
    adds = _ADD_THAT.search(turn.text)
    asked = _TELL.match(turn.text) or _ASK_NOTE.match(turn.text) or adds
    if asked is None:
        return False
    note = asked.group("note").strip()
    if note:
        _keep(turn, note, after=adds is asked)
    else:
        turn.say(wording.WHAT_NOTE)
        turn.set(mot_demande=True, deja_demande=True)
    return True


def _take_answer(turn: Turn) -> bool:
    """Take the message that follows the question: it is the note, unless it is a button or a no."""
    turn.set(mot_demande=None)
    if turn.text.startswith("/") or _NOTHING.match(turn.text) or _GIVES_UP.match(turn.text):
        return True
    if _ASKS_BACK.match(turn.text):
        turn.say(wording.WHAT_NOTE)
        turn.set(mot_demande=True, deja_demande=True)
    else:
        _keep(turn, turn.text, after=False)
    return True


def _keep(turn: Turn, note: str, *, after: bool) -> None:
    session = session_of(turn)
    known = session.shared_note if session is not None else ""
    whole = f"{known.rstrip('. ')}. {note.strip()}" if after and known else note.strip()
    if len(whole) > LONGEST_NOTE:
        whole = whole[:LONGEST_NOTE].rsplit(" ", 1)[0]
        turn.say(wording.NOTE_CUT)
    if PHONE_TOKEN in note or EMAIL_TOKEN in note:
        turn.say(wording.NOTE_CONTACT)
    write_session(turn, shared_note=whole)
