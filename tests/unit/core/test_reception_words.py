"""Group or phone, who may read the phone, for whom one writes: in the words people use."""

import pytest

from accueil.core.booking import Discretion
from accueil.core.booking.modality import Reception, read_reception, refuses_group
from accueil.core.discretion import read_discretion
from accueil.core.person import mentions_disability
from accueil.core.referrer import read_referrer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("je préfère par téléphone", Reception.PHONE),
        ("jpeu pas me déplacer, au tel c possible ?", Reception.PHONE),
        ("un rendez-vous téléphonique", Reception.PHONE),
        ("en visio svp", Reception.VIDEO),
        ("à distance ça existe ?", Reception.VIDEO),
        ("la réunion d'information", Reception.GROUP),
        ("l'info collective", Reception.GROUP),
        ("jveux bien un atelier cv", Reception.GROUP),
        ("en groupe ça me va", Reception.GROUP),
        ("plutôt sur place", Reception.ON_SITE),
        ("en vrai c'est mieux que par téléphone", Reception.ON_SITE),
        ("par tel plutôt que sur place", Reception.PHONE),
        ("je veux que par téléphone", Reception.PHONE),
        ("pas par téléphone, en personne", Reception.ON_SITE),
        ("pas en groupe", None),
        ("préviens-moi par téléphone", None),
        ("vous pouvez me joindre par téléphone au 0639981234", None),
        ("je cherche un apprentissage", None),
        ("mardi 10h", None),
        ("mon téléphone est cassé", None),
    ],
)
def test_how_somebody_wants_to_be_received(text: str, expected: Reception | None) -> None:
    assert read_reception(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pas en groupe stp", True),
        ("sans atelier", True),
        ("pas de réunion collective", True),
        ("en groupe", False),
        ("pas mardi", False),
    ],
)
def test_a_group_is_refused(text: str, expected: bool) -> None:
    assert refuses_group(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mes parents peuvent lire mon téléphone", Discretion.NEUTRAL),
        ("ma mère regarde mes messages", Discretion.NEUTRAL),
        ("mon mec fouille mon tel", Discretion.NEUTRAL),
        ("faut pas que mon père sache", Discretion.NEUTRAL),
        ("sans que ma famille soit au courant", Discretion.NEUTRAL),
        ("c'est un téléphone partagé", Discretion.NEUTRAL),
        ("messages discrets", Discretion.NEUTRAL),
        ("quelqu'un peut voir mon portable", Discretion.NEUTRAL),
        ("m'envoie rien", Discretion.SILENT),
        ("n'envoyez pas de sms", Discretion.SILENT),
        ("je veux aucun message", Discretion.SILENT),
        ("pas de rappel svp", Discretion.SILENT),
        ("envoie moi un sms", None),
        ("je lis pas mes mails", None),
        ("rdv mardi 10h", None),
        ("mes parents m'ont mis dehors", None),
    ],
)
def test_who_may_read_the_phone(text: str, expected: Discretion | None) -> None:
    assert read_discretion(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("je suis éducateur et j'accompagne un jeune de 18 ans", True),
        ("assistante sociale ici, c'est pour une jeune de mon foyer", True),
        ("je suis sa référente ASE", True),
        ("un jeune que nous suivons voudrait un rdv", True),
        ("je suis CPE, un de mes élèves décroche", True),
        ("c'est pour ma fille", False),
        ("rdv pour mon petit frère", False),
        ("je suis la mère de Sami", False),
        ("mon fils cherche un stage", False),
        ("c'est pour un pote", False),
        ("mon fils décroche, il peut avoir un rdv ?", False),
        ("ma petite soeur voudrait voir quelqu'un", False),
    ],
)
def test_somebody_writes_for_another(text: str, expected: bool) -> None:
    found = read_referrer(text)
    assert found is not None
    assert found.is_professional is expected


@pytest.mark.parametrize(
    "text",
    [
        "je veux être éducatrice",
        "rdv pour mon permis",
        "je suis mère d'un bébé et je cherche un logement",
        "je suis maman de deux enfants",
        "qui peut garder mon fils pendant le rdv",
        "j'ai mon éducateur qui m'a dit de vous écrire",
        "mon éducatrice m'accompagnera",
        "je suis suivi par l'ASE",
        "je suis prof de sport et je veux changer de métier",
        "rdv pour mon cv",
    ],
)
def test_somebody_writes_for_themselves(text: str) -> None:
    assert read_referrer(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("j'ai 27 ans et la rqth", True),
        ("je touche l'aah", True),
        ("27 ans sans handicap", False),
        ("j'ai pas de rqth", False),
    ],
)
def test_a_recognition_is_had_or_not(text: str, expected: bool) -> None:
    assert mentions_disability(text) is expected
