"""What ``make run`` starts and prints."""

from pathlib import Path

import pytest

from scripts import clean, lock, run
from scripts.ops import model, ports, services
from scripts.ops.checkout import HERE
from scripts.ops.failure import OperationFailed


@pytest.fixture
def started(checkout):
    wanted = ports.from_environment({"ACCUEIL_HOST": "0.0.0.0", "ACCUEIL_PORT": "9000"})
    model_file = checkout.models / "0123456789abcdef.tar.gz"
    return {one.name: one for one in services.services(checkout, wanted, model_file, "hush")}


def test_rasa_stays_on_loopback_with_the_model_of_the_content(started):
    words = [str(word) for word in started["Rasa"].argv]
    assert words[words.index("--interface") + 1] == "127.0.0.1"
    assert words[words.index("-m", 3) + 1].endswith("models/0123456789abcdef.tar.gz")
    assert started["Rasa"].env["RASA_TELEMETRY_ENABLED"] == "false"


def test_all_share_the_secret_and_the_ports(started):
    for one in started.values():
        assert one.env["ACCUEIL_RASA_SECRET"] == "hush"
        assert one.env["ACCUEIL_PORT"] == "9000"
        assert "hush" not in " ".join(str(word) for word in one.argv)  # argv is public in /proc


def test_the_application_is_probed_where_it_can_be_reached(started):
    assert started["Application"].probe == services.Probe("127.0.0.1", 9000, "/health", 60.0)
    assert started["Tâches de fond"].probe is None


def test_only_the_lines_about_signing_in_are_shown():
    printed = (
        '{"event": "console ready"}\n12 sites\nConsole : http://127.0.0.1:8080/console\n'
        "  Identifiant : a@example.org\nMot de passe : x\n"
    )
    assert run.sign_in_hints(printed) == [
        "Console : http://127.0.0.1:8080/console",
        "Identifiant : a@example.org",
        "Mot de passe : x",
    ]


def test_the_model_is_named_by_its_fingerprint():
    assert model.model_name("a warning\n" + "ab" * 32 + "\n") == "abababababababab.tar.gz"


@pytest.mark.parametrize("printed", ["", "abc\n", "../../etc/passwd\n"])
def test_an_unreadable_fingerprint_is_refused(printed):
    with pytest.raises(OperationFailed, match="illisible"):
        model.model_name(printed)


def test_the_model_is_not_trained_again(runner, monkeypatch, printed):
    wanted = runner.checkout.models / f"{'ab' * 8}.tar.gz"
    wanted.parent.mkdir()
    wanted.touch()
    monkeypatch.setattr(runner, "read", lambda _step, _tool: "ab" * 32)
    monkeypatch.setattr(runner, "run", lambda *_: pytest.fail("trained"))
    assert model.ensure(runner) == wanted
    assert "à jour" in printed.getvalue()


def test_cleaning_keeps_the_database_and_its_key(checkout):
    kept = [checkout.var / "accueil.db", checkout.var / "secret.key", checkout.models / "README.md"]
    gone = [checkout.logs / "rasa.log", checkout.models / "x.tar.gz", checkout.tools / "uv" / "uv"]
    for path in [*kept, *gone]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for path in clean.made(checkout):
        clean._remove(path)
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in gone)


def test_one_uv_is_pinned_with_its_hashes_and_no_address():
    pinned = (HERE.root / "scripts" / "uv.requirements.txt").read_text()
    assert lock.pinned_uv(HERE).startswith("uv==")
    assert "--hash=sha256:" in pinned
    assert "://" not in pinned


@pytest.mark.parametrize("name", ["requirements.lock", "bot/requirements.lock"])
def test_the_locks_name_no_address(name):
    assert "://" not in Path(HERE.root, name).read_text()
