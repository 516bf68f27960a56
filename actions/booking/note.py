"""The note that the young person leaves for the counsellor, in their own words."""

import re

from accueil.core.consent import wants_to_stop
from actions.booking import wording
from actions.booking.sharing import write_session
from actions.skill import Turn

LONGEST_NOTE = 500
_ASK_NOTE = re.compile(
    r"^\W*(?:(?:je |j')?(?:veux|voudrais|peux|aimerais|souhaite) )?"
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
_NOTHING = re.compile(r"^\W*(?:non|rien|nan|aucun|pas besoin|laisse\w*|annule\w*|retour)\W*$", re.I)


def take_note(turn: Turn) -> bool:
    """Write, change or drop the note for the counsellor; True when the message was about it."""
    if turn.slot("mot_demande"):
        turn.set(mot_demande=None)
        if not turn.text.startswith("/"):
            if not _NOTHING.match(turn.text) and not wants_to_stop(turn.text):
                _keep(turn, turn.text)
            return True
    if _DROP_NOTE.match(turn.text):
        _keep(turn, "")
        return True
    asked = _TELL.match(turn.text) or _ASK_NOTE.match(turn.text) or _ADD_THAT.search(turn.text)
    if asked is None:
        return False
    note = asked.group("note").strip()
    if note:
        _keep(turn, note)
    else:
        turn.say(wording.WHAT_NOTE)
        turn.set(mot_demande=True, deja_demande=True)
    return True


def _keep(turn: Turn, note: str) -> None:
    write_session(turn, shared_note=note[:LONGEST_NOTE].strip())
