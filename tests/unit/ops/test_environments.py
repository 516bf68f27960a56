"""What a set-up does with environments that are ready, stale or broken, and with little room."""

from types import SimpleNamespace

import pytest

from scripts.ops import disk, environments
from scripts.ops.apt import Apt
from scripts.ops.failure import OperationFailed
from scripts.ops.stamp import State


@pytest.fixture
def built(monkeypatch):
    done = []
    monkeypatch.setattr(environments, "_uv", lambda *_: "uv")
    monkeypatch.setattr(environments, "_build", lambda _r, _t, one, found: done.append(found))
    return done


def prepare(monkeypatch, found, free=10**12):
    answers = iter(found)
    monkeypatch.setattr(environments, "state", lambda _: next(answers))
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))


def test_ready_environments_need_no_tool(runner, monkeypatch, built, printed):
    prepare(monkeypatch, [State.READY, State.READY], free=400_000_000)
    monkeypatch.setattr(environments, "_uv", lambda *_: pytest.fail("uv was asked for"))
    environments.ensure(runner, Apt(runner))
    assert built == []
    assert printed.getvalue().count("à jour") == 2


def test_only_what_needs_it_is_built(runner, monkeypatch, built):
    prepare(monkeypatch, [State.STALE, State.READY])
    environments.ensure(runner, Apt(runner))
    assert built == [State.STALE]


def test_a_cold_setup_asks_for_more_room(runner, monkeypatch, built):
    prepare(monkeypatch, [State.READY, State.BROKEN], free=2_000_000_000)
    with pytest.raises(OperationFailed, match=r"Il faut 3,5"):
        environments.ensure(runner, Apt(runner))
    assert built == []
