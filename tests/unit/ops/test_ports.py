"""Ports: read from the environment, checked, and named when taken."""

import errno
import socket

import pytest

from scripts.ops import ports
from scripts.ops.failure import OperationFailed


def test_the_defaults():
    found = ports.from_environment({})
    assert [port.number for port in found.all()] == [8080, 5055, 5005]
    assert found.address == "http://127.0.0.1:8080"


def test_only_the_web_leaves_loopback():
    found = ports.from_environment({"ACCUEIL_HOST": "0.0.0.0", "ACCUEIL_PORT": "9000"})
    assert found.web.host == "0.0.0.0"
    assert {found.rasa.host, found.actions.host} == {"127.0.0.1"}
    assert found.address == "http://127.0.0.1:9000"


def test_an_ipv6_address_is_bracketed():
    assert ports.from_environment({"ACCUEIL_HOST": "::"}).address == "http://[::1]:8080"


@pytest.mark.parametrize("written", ["abc", "0", "65536", "-1", "80 80", "８０８０"])
def test_what_is_no_port_is_refused_by_name(written):
    with pytest.raises(OperationFailed, match="ACCUEIL_RASA_PORT") as refusal:
        ports.from_environment({"ACCUEIL_RASA_PORT": written})
    assert written in refusal.value.sentence


def test_the_same_port_twice_is_refused():
    with pytest.raises(OperationFailed, match="ACCUEIL_PORT et ACCUEIL_RASA_PORT"):
        ports.from_environment({"ACCUEIL_PORT": "5005"})


def test_a_port_in_use_is_named_with_its_variable():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        found = ports.from_environment({"ACCUEIL_PORT": str(number)})
        with pytest.raises(OperationFailed) as refusal:
            ports.require_free(found)
    sentence = refusal.value.sentence
    assert f"Le port {number} (de l’application) est déjà utilisé" in sentence
    assert "ACCUEIL_PORT=" in sentence


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (errno.EACCES, "n’a pas le droit d’ouvrir le port 80"),
        (errno.EADDRNOTAVAIL, "n’appartient pas à cette machine"),
    ],
)
def test_each_problem_has_its_sentence(problem, words):
    port = ports.Port("de l’application", "ACCUEIL_PORT", "127.0.0.1", 80)
    assert words in ports.refusal(port, problem)


def test_the_port_proposed_is_a_port():
    port = ports.Port("de l’application", "ACCUEIL_PORT", "127.0.0.1", 65000)
    assert "ACCUEIL_PORT=18080" in ports.refusal(port, errno.EADDRINUSE)
