"""A full disk, a silent network: one sentence each, before or after the fact."""

import errno
from types import SimpleNamespace

import pytest

from scripts.ops import diagnosis, disk, entry
from scripts.ops.apt import Apt
from scripts.ops.failure import OperationFailed

PLENTY = 10**12


def test_too_little_room_is_told_with_both_figures(monkeypatch, tmp_path):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_200_000_000))
    with pytest.raises(OperationFailed) as refusal:
        disk.require_space(tmp_path, disk.COLD_BYTES)
    assert "3,5\u00a0Go" in refusal.value.sentence
    assert "1,2\u00a0Go" in refusal.value.sentence
    disk.require_space(tmp_path, disk.WARM_BYTES)


@pytest.mark.parametrize(
    "output",
    [
        "error: failed to write: No space left on device (os error 28)",
        "OSError: [Errno 28] No space left on device",
        "sqlite3.OperationalError: database or disk is full",
    ],
)
def test_a_tool_that_met_a_full_disk(output):
    assert diagnosis.cause(output, PLENTY) == diagnosis.FULL_DISK


def test_a_full_disk_leaves_an_empty_log():
    assert diagnosis.cause("", 0) == diagnosis.FULL_DISK


@pytest.mark.parametrize(
    "output",
    ["dns error: failed to lookup address", "error sending request for url", "Could not resolve"],
)
def test_a_silent_network(output):
    assert diagnosis.cause(output, PLENTY) == diagnosis.NO_NETWORK


@pytest.mark.parametrize("output", ["", "os error 280", "SyntaxError: invalid syntax"])
def test_an_unknown_cause_is_not_invented(output):
    assert diagnosis.cause(output, PLENTY) is None


def test_the_last_line_that_says_something():
    assert diagnosis.last_line("a\nb  \n\n  \n") == "b"
    assert diagnosis.last_line("") == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "Le disque est plein"),
        (PermissionError(errno.EACCES, "denied", "var/x"), "n’a pas le droit d’écrire var/x"),
        (OSError(errno.EMFILE, "Too many open files"), "Too many open files"),
    ],
)
def test_a_refusal_of_the_system_is_a_sentence(runner, printed, error, words):
    def command(_runner, _apt):
        raise error

    assert entry.guarded(command, runner, Apt(runner)) == 1
    assert words in printed.getvalue()
    assert "Traceback" not in printed.getvalue()


def test_an_interruption_has_its_own_code(runner, printed):
    def command(_runner, _apt):
        raise KeyboardInterrupt

    assert entry.guarded(command, runner, Apt(runner)) == entry.INTERRUPTED
    assert "Arrêté." in printed.getvalue()
