"""Yes, no, and giving up."""

import pytest

from accueil.core.consent import read_yes_no, wants_to_stop


@pytest.mark.parametrize(
    "text",
    """oui|ouiii|Oui !|ouais|ouai|ouep|wi|ui|yes|yep|ok|OKKK|ok ça marche|d'accord|D’accord|dacc
    |dac|dak|daccord|ça me va|ca me va|sa me va|c bon|c'est bon|cest bon|parfait|nickel
    |carrément|bien sûr|je confirme|jconfirme|je valide|j'accepte|je veux bien|vas-y|vasy|vazy
    |azy|go|top|super|👍|✅|👍🏽|pourquoi pas|pk pas|pas de souci|pas de soucis|pas de problème
    |aucun souci|aucun problème|sans problème|ok pas de soucis|ça me dérange pas
    |ça ne me dérange pas|inchallah|mdr oui|oui c'est parfait merci|avec plaisir
    |c'est ok pour moi|va pour ça""".replace("\n", "").split("|"),
)
def test_yes(text: str) -> None:
    assert read_yes_no(text.strip()) is True


@pytest.mark.parametrize(
    "text",
    """non|nonnn|Non merci|nan|nn|nope|no|pas d'accord|je suis pas d'accord|je ne suis pas d'accord
    |ça me va pas|ça va pas|ça ne me va pas|ça marche pas|sa marche pas|c'est pas bon|c pas bon
    |je veux pas|je ne veux pas|jveux pas|jveu pas|j'veux pas|je refuse|jamais|surtout pas
    |j'accepte pas|je n'accepte pas|je confirme pas|je valide pas|je préfère pas
    |je ne préfère pas|j'ai pas envie|pas possible|laisse tomber|bof|❌|👎|aucun|aucune
    |pas du tout|c'est pas ok|c'est pas possible pour moi|je peux pas|jpeux pas""".replace(
        "\n", ""
    ).split("|"),
)
def test_no(text: str) -> None:
    assert read_yes_no(text.strip()) is False


@pytest.mark.parametrize(
    "text",
    ["", "???", "je sais pas", "peut-être", "oui et non", "non c'est bon", "mardi à 10h", "Lina",
    "hein",
     "c'est où ?", "0612345678", "pas sûr", "je réfléchis", "je peux pas mardi"],
)  # fmt: skip
def test_neither_or_both(text: str) -> None:
    assert read_yes_no(text) is None


@pytest.mark.parametrize(
    "text",
    ["stop", "STOP !", "laisse tomber", "laissez tomber", "annule", "annuler", "annulez tout",
    "arrête",
     "arrête tout", "je veux arrêter", "on arrête là", "arrête stp", "abandonne", "oublie",
     "oubliez",
     "oublie ça", "plus besoin", "ça m'intéresse plus", "finalement non", "tant pis", "quitter",
     "je veux annuler mon rdv"],
)  # fmt: skip
def test_giving_up(text: str) -> None:
    assert wants_to_stop(text)


@pytest.mark.parametrize(
    "text",
    ["j'ai arrêté l'école", "jai arrete les cours en 3e", "j'ai oublié mon numéro", "g oublié",
     "j'ai tout abandonné", "j'ai abandonné mes études", "mon rdv a été annulé", "il a annulé",
     "je veux quitter l'école", "j'veux arrêter le lycée", "arrêter les cours",
     "laissez-moi réfléchir",
     "j'avais oublié", "mardi", "", "n'oublie pas de m'appeler", "oublie pas mon rdv"],
)  # fmt: skip
def test_telling_what_happened_is_not_giving_up(text: str) -> None:
    assert not wants_to_stop(text)
