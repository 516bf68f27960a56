"""Start the processes, wait until they answer, start again what dies, stop everything."""

from __future__ import annotations

import http.client
import subprocess
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from scripts.ops.checkout import Checkout
from scripts.ops.console import Console, Step
from scripts.ops.failure import OperationFailed
from scripts.ops.processes import environment, spawn, stop_all
from scripts.ops.restart import MOST_RESTARTS, RestartPolicy
from scripts.ops.services import Probe, Service

POLL_SECONDS = 0.25
SETTLE_SECONDS = 1.0  # a process without a probe is ready if it still runs after this


class Running(Protocol):
    """What the supervisor needs to know of a process."""

    def poll(self) -> int | None: ...


Launcher = Callable[[Service], Running]


def answers(probe: Probe) -> bool:
    """Whether ``probe`` answers 200 now."""
    connection = http.client.HTTPConnection(probe.host, probe.port, timeout=2.0)
    try:
        connection.request("GET", probe.path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def rotate(checkout: Checkout, services: Iterable[Service]) -> None:
    """Keep the log of the last run aside as ``.log.1``; this run begins new ones."""
    for service in services:
        log = checkout.log(service.log)
        if log.exists():
            log.replace(log.with_name(log.name + ".1"))


class Launch:
    """Starts real processes, and stops every one of them."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._started: list[subprocess.Popen[bytes]] = []

    def __call__(self, service: Service) -> Running:
        """Start ``service``, its output added to its log."""
        with self._checkout.log(service.log).open("ab") as log:
            process = spawn(
                service.argv, cwd=self._checkout.root, env=environment(service.env), stdout=log
            )
        self._started = [one for one in self._started if one.poll() is None]
        self._started.append(process)
        return process

    def stop(self) -> None:
        """End all of them, politely then not, within ten seconds."""
        stop_all(self._started)
        self._started = []


class Supervisor:
    """Keeps ``services`` running. The time, the waiting and the probing come in, for the tests."""

    def __init__(
        self,
        services: Iterable[Service],
        launch: Launcher,
        console: Console,
        *,
        sleep: Callable[[float], None] = time.sleep,
        ready: Callable[[Probe], bool] = answers,
    ) -> None:
        self._launch = launch
        self._console = console
        self._sleep = sleep
        self._ready = ready
        self._services = {service.name: service for service in services}
        self._policies = {name: RestartPolicy() for name in self._services}
        self._processes: dict[str, Running] = {}

    def start(self) -> None:
        """Start all, then wait for each. Raises :class:`OperationFailed` if one does not come."""
        for name, service in self._services.items():
            self._processes[name] = self._launch(service)
        for service in self._services.values():
            with self._console.step(f"Démarrage : {service.name}") as step:
                self._await(service, step)

    def watch(self) -> None:
        """Look once at every process, and start again those that died.

        Raises :class:`OperationFailed` for one that dies too often.
        """
        for name, process in list(self._processes.items()):
            code = process.poll()
            if code is not None:
                self._restart(self._services[name], code)

    def run(self) -> None:
        """Watch for ever: ends by an exception (Ctrl-C, or a process that dies too often)."""
        while True:
            self.watch()
            self._sleep(1.0)

    def _await(self, service: Service, step: Step) -> None:
        deadline = service.probe.deadline if service.probe else SETTLE_SECONDS
        shown_at = 0.0
        while True:
            self._require_alive()
            if service.probe is not None and self._ready(service.probe):
                return
            if step.elapsed() >= deadline:
                break
            if step.elapsed() - shown_at >= 1.0:
                shown_at = step.elapsed()
                step.tick()
            self._sleep(POLL_SECONDS)
        if service.probe is not None:
            raise OperationFailed(
                f"{service.name} ne répond pas après {int(deadline)} s : {_see(service)}."
            )

    def _require_alive(self) -> None:
        for name, process in self._processes.items():
            code = process.poll()
            if code is not None:
                where = _see(self._services[name])
                raise OperationFailed(f"{name} s’est arrêté au démarrage (code {code}) : {where}.")

    def _restart(self, service: Service, code: int) -> None:
        if not self._policies[service.name].allow(self._console.clock()):
            raise OperationFailed(
                f"{service.name} s’arrête sans cesse ({MOST_RESTARTS} redémarrages en 5 minutes) : "
                f"{_see(service)}."
            )
        self._console.say(
            f"{service.name} s’est arrêté (code {code}) : redémarrage ; {_see(service)}."
        )
        self._processes[service.name] = self._launch(service)


def _see(service: Service) -> str:
    return f"voir var/logs/{service.log}.log"
