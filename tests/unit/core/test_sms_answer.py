"""What an answer means; and the numbers that answer danger fit in one SMS."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.safety import SafetyReplies, SafetyType
from accueil.core.sms_answer import Meaning, numbers_text, read_answer
from accueil.core.sms_text import is_gsm, segments, to_gsm

DATA = Path(__file__).resolve().parents[3] / "data" / "safety"
SAID = {
    Meaning.COMING: [
        "1", "1.", "« 1 »", " 1 je viens", "Réponse 1", "1️⃣", "un", "oui", "OUI!!", "ok je viens",
        "Ouais pas de souci", "pas de problème je viens", "d'accord", "👍",
        "j'y serai", "je serai là",
        "je viens avec 2 amis", "1 je viens avec 2 amis", "2 minutes j'arrive", "oui c'est où ?",
        "je la prends", "Je ne change rien, je viens", "pas de souci", "je vais venir", "1 merci",
    ],
    Meaning.CHANGE: [
        "2", "2)", "je change", "2 je change", "je peux pas ce jour là", "pas dispo", "non",
        "2 non merci", "Je ne viens pas", "je serai pas là", "on peut décaler ?", "je suis malade",
        "oui mais je peux plus mardi", "2 ok merci", "je voudrais annuler", "deux",
        "Je pourrai malheureusement pas venir", "2 j'ai un problème ce jour là",
    ],
    Meaning.TROUBLE: [
        "3", "j'ai un souci", "3 j'ai un souci", "j'ai un problème", "je suis en retard", "trois",
        "je viens mais je serai en retard", "1 mais j'ai un souci", "3 min de retard",
        "rappelez moi svp", "je suis perdue",
    ],
    Meaning.STOP: ["STOP", "stop", "Stop.", "STOP SMS", "STOP au 36111", "arrêt", "Stop svp"],
    Meaning.UNCLEAR: [
        "", "?", "...", "c'est qui ?", "1 ou 2", "1 2 3", "12", "4", "1 je viens pas",
        "2 je viens", "je viens à quelle heure ?", "merci", "je sais pas", "non je viens",
        "un rendez-vous ?", "stop ou encore",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meaning"), [(text, meaning) for meaning, texts in SAID.items() for text in texts]
)
def test_answers_are_understood(text: str, meaning: Meaning) -> None:
    assert read_answer(text) is meaning


@given(st.text(max_size=3000))
def test_any_text_is_read(text: str) -> None:
    assert read_answer(text) in Meaning


def test_only_the_whole_text_is_stop() -> None:
    assert read_answer("stop il me fait peur") is not Meaning.STOP


@pytest.mark.parametrize("kind", SafetyType)
def test_numbers_are_one_plain_sms(kind: SafetyType) -> None:
    replies = SafetyReplies.load(DATA)
    registry = replies.registry
    for is_neutral in (True, False):
        text = to_gsm(numbers_text(replies._type_numbers[kind], registry, is_neutral=is_neutral))
        assert is_gsm(text)
        assert segments(text) == 1
        assert "112" in text
        assert text.endswith("Par SMS : 114.")
        assert ("Merci" in text) is not is_neutral


def test_the_first_number_to_call_comes_first() -> None:
    text = numbers_text(("3919", "17", "114"), SafetyReplies.load(DATA).registry, is_neutral=True)
    assert text.index("39") < text.index("17") < text.index("112")
    assert "violence" not in text.lower()
