"""Processes that die are started again, not for ever; the clock is told, nothing is started."""

import pytest

from scripts.ops.failure import OperationFailed
from scripts.ops.restart import RestartPolicy
from scripts.ops.services import Probe, Service
from scripts.ops.supervisor import Supervisor, rotate

RASA = Service("Rasa", "rasa", ["rasa"], {}, Probe("127.0.0.1", 5005, "/", 180.0))
WORKER = Service("Tâches de fond", "worker", ["worker"], {}, None)


class Process:
    def __init__(self):
        self.code = None

    def poll(self):
        return self.code


class Launcher:
    def __init__(self):
        self.started = []

    def __call__(self, service):
        self.started.append((service.name, Process()))
        return self.started[-1][1]

    def kill_last(self, name, code=1):
        next(one for who, one in reversed(self.started) if who == name).code = code


@pytest.fixture
def launcher():
    return Launcher()


def supervisor(console, clock, launcher, *, ready=lambda _: True, services=(RASA, WORKER)):
    return Supervisor(services, launcher, console, sleep=clock.sleep, ready=ready)


def test_three_restarts_in_five_minutes_and_no_more():
    policy = RestartPolicy(most=3, window=300.0)
    assert [policy.allow(now) for now in (0.0, 1.0, 2.0, 3.0)] == [True, True, True, False]


def test_restarts_are_forgotten_after_the_window():
    policy = RestartPolicy(most=3, window=300.0)
    for now in (0.0, 100.0, 200.0):
        assert policy.allow(now)
    assert not policy.allow(299.9)
    assert policy.allow(300.0)
    assert not policy.allow(301.0)


def test_each_service_is_waited_for(console, clock, launcher, printed):
    supervisor(console, clock, launcher, ready=lambda _: clock.now >= 12).start()
    assert [name for name, _ in launcher.started] == ["Rasa", "Tâches de fond"]
    assert "Démarrage\u00a0: Rasa… 12,0\u00a0s" in printed.getvalue()
    assert "en cours depuis 10\u00a0s" in printed.getvalue()


def test_a_service_that_never_answers_is_named(console, clock, launcher):
    with pytest.raises(OperationFailed, match=r"Rasa ne répond pas après 180 s : voir var/logs"):
        supervisor(console, clock, launcher, ready=lambda _: False).start()


def test_a_service_that_dies_at_the_start_is_not_waited_for(console, clock, launcher):
    def ready(_probe):
        launcher.kill_last("Tâches de fond", 3)
        return False

    with pytest.raises(OperationFailed, match=r"Tâches de fond s’est arrêté .*code 3"):
        supervisor(console, clock, launcher, ready=ready).start()
    assert clock.now < 1


def test_what_dies_is_started_again_and_said(console, clock, launcher, printed):
    watched = supervisor(console, clock, launcher)
    watched.start()
    launcher.kill_last("Rasa", -9)
    watched.watch()
    watched.watch()
    assert [name for name, _ in launcher.started].count("Rasa") == 2
    assert "Rasa s’est arrêté (code -9)" in printed.getvalue()


def test_what_dies_too_often_stops_everything(console, clock, launcher):
    watched = supervisor(console, clock, launcher)
    watched.start()
    for _ in range(3):
        launcher.kill_last("Rasa")
        watched.watch()
    launcher.kill_last("Rasa")
    with pytest.raises(OperationFailed, match="Rasa s’arrête sans cesse"):
        watched.watch()


def test_the_deaths_of_one_do_not_count_for_another(console, clock, launcher):
    watched = supervisor(console, clock, launcher)
    watched.start()
    for _ in range(3):
        launcher.kill_last("Rasa")
        watched.watch()
    launcher.kill_last("Tâches de fond")
    watched.watch()
    assert [name for name, _ in launcher.started].count("Tâches de fond") == 2


def test_the_last_run_s_log_is_kept_aside(checkout):
    checkout.log("rasa").write_text("before")
    rotate(checkout, [RASA, WORKER])
    assert not checkout.log("rasa").exists()
    assert (checkout.logs / "rasa.log.1").read_text() == "before"
