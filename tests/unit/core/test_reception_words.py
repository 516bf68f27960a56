"""Group or phone, who may read the phone, for whom one writes: in the words people use."""

import time

import pytest

from accueil.core.booking import Discretion
from accueil.core.booking.modality import Reception, read_reception, refuses_group
from accueil.core.discretion import read_discretion, takes_back
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


RECEPTIONS = {
    Reception.ON_SITE: (
        "en vrai plutôt que par tel", "en vrai c'est mieux que par téléphone", "se voir en vrai",
        "on peut se voir en vrai ?", "en face", "je préfère en face", "en face c'est mieux",
        "plutôt en vrai que par tel", "mieux en vrai qu'au tel", "jveux parler à qqn en vrai",
        "voir un conseiller en vrai", "je préfère en vrai", "plutôt en vrai",
        "non enfin en vrai je prefere seul", "en vrai sur place", "en vrai pas par tel",
        "plutôt sur place que par tel", "par tel c'est mort, sur place",
        "pas par téléphone, en personne", "en visio j'aime pas, plutôt sur place",
        "venir en vrai", "au tel ça me stresse je préfère sur place", "se parler en face",
        "pas en visio mais en face", "en vrai, pas en visio", "on peut se rencontrer en vrai svp",
        "sur place ou rien",
    ),
    Reception.PHONE: (
        "par tel en vrai", "rdv lille par tel en vrai", "en vrai par tel",
        "en vrai je préfère par tel", "par tel plutôt qu'en vrai", "par tel pas en vrai",
        "plutôt par tel que sur place", "je veux que par téléphone",
        "par tel je peux pas me déplacer", "jpeux pas venir sur place, par tel ?",
        "jpeux pas me deplacer par tel c possible ?", "pas en visio, par tel",
        "sur teams j'ai pas, par tel", "la visio c non, par téléphone", "en vrai mieux par tel",
        "par tel c pas possible ?",
    ),
    Reception.VIDEO: (
        "en visio svp", "à distance ça existe ?", "en ligne svp", "je préfère en ligne",
        "un rdv en ligne c possible ?", "un entretien en ligne", "sur zoom", "teams ça me va",
        "en visio j'ai pas de voiture", "en visio c possible ?", "en vrai la visio ça m'arrange",
        "visio plutot que tel", "rdv à distance", "sur place ou en ligne ? en ligne",
        "en visio non ?", "par webcam", "en ligne", "plutôt en ligne", "c possible à distance ?",
        "j'habite loin, à distance si possible", "je veux être reçu à distance",
        "je peux pas venir en visio c ok ?",
    ),
    None: (
        "en vrai c bon", "en vrai jsp", "en vrai c bon mon num", "en vrai mardi c mieux",
        "pas en vrai", "en vrai je m'en fous", "en vrai pas trop", "en vrai de vrai",
        "mardi en vrai", "j'ai vu en ligne qu'on peut avoir un rdv a lille", "vu en ligne",
        "inscrit en ligne", "je me suis inscrit en ligne", "sur teams j'ai pas", "j'ai pas teams",
        "j'ai pas zoom", "pas de webcam", "j'aime pas la visio", "jpeux pas faire de visio",
        "la visio c mort", "visio j'aime pas", "formation à distance", "cours en ligne",
        "une formation en ligne c possible ?", "prendre rdv en ligne", "j'ai pris rdv en ligne",
        "postuler en ligne", "vous etes en ligne ?", "y a quelqu'un ? t'es en ligne ?",
        "c'est quoi la visio", "en face de la gare", "j'habite en face", "c'est en face du lycée",
        "je peux pas venir sur place", "par tel c'est mort", "au tel je peux pas",
        "en groupe j'aime pas", "jveux pas parler au tel", "bac à distance", "on verra en vrai",
        "en vrai c'est loin", "c'est vrai", "en vrai lundi 14h", "dossier en ligne",
        "compte en ligne", "on s'est vus en visio", "offre en ligne", "pas forcément en visio",
        "ni par tel ni en visio", "en vrai ça dépend", "l'arrêt d'en face",
        "j'ai vu l'annonce en ligne",
    ),
    Reception.GROUP: (
        "un atelier cv en vrai", "en vrai en groupe ça va",
    ),
}  # fmt: skip
"""Among friends "en vrai" is "in fact"; a form is filled in "en ligne" too."""


@pytest.mark.parametrize(
    ("text", "expected"), [(text, kind) for kind, texts in RECEPTIONS.items() for text in texts]
)
def test_receptions_in_their_words(text: str, expected: Reception | None) -> None:
    assert read_reception(text) is expected


@pytest.mark.parametrize("text", ["pas par tel ni en groupe", "je veux pas être en groupe"])
def test_a_group_is_refused_in_a_sentence(text: str) -> None:
    assert refuses_group(text)


@pytest.mark.parametrize("text", ["y a pas des ateliers cv ?", "vous faites pas des ateliers ?"])
def test_to_ask_for_a_group_is_not_to_refuse_it(text: str) -> None:
    assert read_reception(text) is Reception.GROUP
    assert not refuses_group(text)


WISHES = {
    Discretion.NEUTRAL: (
        "mes parents doivent pas savoir que je viens", "ma mere est pas au courant",
        "mes parents sont pas au courant, ca pose un pb ?", "pas au courant",
        "je viens en cachette", "à l'insu de mes parents",
        "ils le savent pas et faut que ça reste comme ça", "faut pas que ma mere voie les sms",
        "faut pas que mes parents sachent", "mon pere lit mes sms", "mon copain lit mes messages",
        "personne doit savoir", "personne doit etre au courant", "jveux pas que mon daron sache",
        "que mes parents le sachent pas svp", "pour pas que mon père soit au courant",
        "j'ai peur que mon frere tombe dessus", "faut pas que ça se sache",
        "mon mec sait pas que je vous ecris", "mes darons savent rien", "en scred svp",
        "ma soeur doit pas voir ça ni tomber dessus", "dites rien à ma mère",
        "appelez pas mes parents", "ça reste entre nous hein", "gardez ça pour vous",
        "pas de courrier à la maison", "c le tel de ma mere", "mon pere il doit pas le savoir",
        "je viens dans le dos de mes parents", "elle a accès à mes mails",
        "sans que mon mari le sache", "il est pas au courant mais oui",
        "surtout pas que ma mère l'apprenne", "soyez discrets", "pas de messages normaux",
        "vous pouvez m'écrire mais discrètement", "finalement tu peux m'ecrire mais discret",
        "je veux que personne sache", "mes parents ne doivent rien savoir",
        "mon ex check mon tel", "sans qu'il le sache", "ils doivent pas etre au courant",
        "elle sait pas que je viens", "jveu pa que mon reuf sache",
        "que ma tante ne sache pas svp", "pr pas que mon oncle voie",
    ),
    Discretion.SILENT: (
        "aucun message", "pas de sms svp", "m'ecris pas", "n'appelez pas",
        "m'envoyez rien svp mon pere regarde mon tel", "pas de message svp",
        "mon prenom c est Lea pas besoin de sms", "m'écrivez pas", "ne m'écrivez pas svp",
        "m'appelez pas", "m'appelle pas stp", "ne m'appelez pas mes parents entendent",
        "je veux pas recevoir de sms", "je veux recevoir aucun message", "je veux rien recevoir",
        "écris moi pas", "arrêtez de m'écrire", "me contactez pas", "stop sms", "zéro notif",
        "pas d'appel svp", "jveux pas qu'on m'appelle", "n'envoyez rien", "surtout m'écris pas",
        "ne m'envoyez pas de mails", "je préfère ne pas être contacté", "envoie pas de message",
        "m'écris plus", "finalement plus de sms pas de messages", "rien sur mon tel svp",
        "pas envie de recevoir des sms", "contacte moi pas", "je veux pas qu'on m'écrive",
        "ecrivez pas chez moi", "ne m'appelez pas. ma tante écoute", "n'envoie rien",
    ),
    Discretion.ORDINARY: (
        "vous pouvez m'écrire finalement", "messages normaux",
        "finalement tu peux m'envoyer des sms", "en fait vous pouvez m'appeler",
        "plus besoin d'être discret", "pas la peine d'être discret", "sms normaux c bon",
        "remettez les rappels", "je veux bien les sms finalement",
        "j'ai changé d'avis tu peux m'écrire", "ok pour les sms finalement",
        "maintenant vous pouvez m'ecrire", "écrivez moi normalement",
        "plus besoin de messages discrets",
    ),
    None: (
        "faut que ma mere le sache",
        "il faut que le conseiller soit au courant que j'ai pas de papiers",
        "je reçois pas mes messages", "j'ai pas eu de sms", "sans message vocal",
        "j'ai pas reçu de message", "j'ai reçu aucun sms", "toujours pas de message",
        "j'ai pas de notif", "vous m'avez pas envoyé de sms", "y a pas de message",
        "pas que je sache", "non pas que je sache", "je suis pas au courant",
        "j'étais pas au courant des aides", "pole emploi est pas au courant",
        "ma conseillère est pas au courant", "c'est pas grave que ma mère sache",
        "ça me dérange pas que mes parents soient au courant", "on peut voir ça par tel ?",
        "il peut voir un conseiller par téléphone", "ma mère regarde pas mon tel",
        "mes parents savent pas lire", "mon père sait pas comment faire", "je m'appelle pas Sami",
        "m'appelle pas madame", "m'appelez pas le matin", "n'appelez pas avant 14h",
        "m'appelez pas, envoyez un sms", "appelez pas, je préfère les sms",
        "ma conseillère m'appelle pas", "la mission locale m'écrit pas",
        "pourquoi vous m'écrivez pas", "il m'écrit plus", "je me rappelle pas",
        "m'envoyez pas à Lille", "me parle pas comme ça", "envoie moi un sms",
        "vous pouvez m'écrire", "tu peux m'envoyer un rappel j'ai peur d'oublier",
        "mets un rappel", "c confidentiel ? ma mere va savoir ?", "je suis discret comme mec",
        "faut que mon éduc soit au courant", "je veux que mon père soit au courant",
        "j'aime pas trop écrire", "j'ai pas de message à laisser", "pas de souci",
        "sans problème", "pas de rdv mardi", "ma mère sait tout", "mes parents sont au courant",
        "je veux etre rappelé par sms seulement", "mon pere voit pas d'inconvenient",
        "je sais pas écrire", "faut pas que j'oublie", "on m'appelle pas", "personne m'appelle",
        "je prefere qu'on m'appelle", "je n'ai pas de rappel sur mon tel", "j'ai pas de mail perso",
        "par mail plutôt, pas par texto", "faut que mes parents le sachent ?",
        "le site bug pas sur mon téléphone", "mon oncle veut que je voie un pote à lui",
        "on reste entre nous mardi",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [(text, wish) for wish, texts in WISHES.items() for text in texts]
)
def test_discretion_in_their_words(text: str, expected: Discretion | None) -> None:
    assert read_discretion(text) is expected
    assert takes_back(text) or expected is not Discretion.ORDINARY


FOR_OTHERS = (
    "c pour mon frere en fait", "c'est pour mon pote il veut un rdv a roubaix",
    "enfait c pas pour moi c pour ma soeur",
    "et mon petit frere il a 17 ans il peut avoir un rdv ?",
    "je suis la mere de Lea 17 ans rdv a lille pour elle mardi",
    "rdv pour ma copine a lille mardi", "rdv pour mon petit frere de 15 ans a lille",
    "rdv pour un pote",
    "bonjour éducateur PJJ, besoin d'un rdv pour un jeune a lille, il est au courant",
    "j'ai 45 ans je veux un rdv pour ma fille de 18 ans", "mon pote cherche un stage",
    "ma cousine a besoin d'un rdv", "mon fils veut plus aller à l'école, il a besoin d'aide",
    "ma meilleure amie voudrait un rdv", "mon petit frere aimerait voir un conseiller",
    "je voudrais savoir si mon frère peut venir vous voir",
    "je cherche un rdv pour mon frère", "ma soeur veut s'inscrire",
    "mon fils cherche un stage, je cherche pour lui", "pour ma meilleure amie",
    "mon neveu doit voir quelqu'un", "ma fille m'a dit qu'elle veut un rdv",
    "mon pote il veut un rdv", "ma voisine souhaite s'inscrire chez vous",
    "mon fils veut plus rien faire", "je vous appelle pour ma fille",
)  # fmt: skip
FOR_THEMSELVES = (
    "mon frere veut venir avec moi", "ma mère m'accompagne", "ma pote a eu un rdv chez vous",
    "ma sœur cherche pas", "mon frere veut que je prenne rdv a lille",
    "jpeux venir avec ma mere ?", "ma soeur a 15 ans et moi 18 rdv lille mardi",
    "ma copine veut m'accompagner", "mon pote peut venir avec moi ?",
    "ma copine peut venir aussi ?", "mon pote veut venir avec", "mon frère veut pas",
    "ma sœur veut plus me parler", "mon copain veut qu'on vienne ensemble",
    "ma copine cherche un appart et moi un taf",
    "ma pote a eu un rdv et moi je cherche aussi", "mon frère doit venir me chercher",
    "ma cousine veut m'aider", "mon copain a besoin de moi", "ma sœur cherche rien",
    "c'est pas pour mon frère c'est pour moi", "un rdv pour mon frère et moi",
    "je bosse pour mon cousin", "je viens de la part d'un pote",
    "je viens de la part de ma cousine", "cadeau pour ma copine",
    "ma copine et moi on cherche un appart", "ma meilleure amie a trouvé un taf grâce à vous",
    "mon frère y est déjà inscrit", "ma sœur m'a parlé de vous", "mon père veut que je bosse",
    "mon pote m'a dit de venir", "mon frère travaille", "mon copain veut me quitter",
    "ma soeur voudrait que je vienne", "mon cousin peut venir à ma place ?",
    "je dois amener ma petite soeur", "je suis avec mon pote", "mon petit frère aimerait pas",
    "mon ami souhaite être avec nous", "ma mère peut venir ?",
)  # fmt: skip


@pytest.mark.parametrize("text", FOR_OTHERS)
def test_a_relative_is_spoken_for(text: str) -> None:
    assert read_referrer(text) is not None


@pytest.mark.parametrize("text", FOR_THEMSELVES)
def test_a_relative_is_only_spoken_of(text: str) -> None:
    assert read_referrer(text) is None


@pytest.mark.parametrize(
    "text", ["pas de la ", ". ", ", ", "mes ", "en vrai ", "que ils ", "mon fils ", "pas "]
)
def test_no_text_is_slow_to_read(text: str) -> None:
    started = time.process_time()
    read_discretion(text * (12_000 // len(text)))
    read_reception(text * (1_500 // len(text)))
    read_referrer(text * (1_500 // len(text)))
    assert time.process_time() - started < 2
