"""A pytest plugin: with ACCUEIL_NO_SKIP=1 a skipped test is a failed test.

``make test`` loads it everywhere; continuous integration turns it on, so that a missing browser
or database cannot pass for a success. Only the cases shared outside the repository may be absent.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

EXCUSED = "shared/ absent"


def refused(reason: str) -> bool:
    """Whether a skip for ``reason`` counts as a failure."""
    return not reason.removeprefix("Skipped: ").startswith(EXCUSED)


def pytest_configure(config: pytest.Config) -> None:
    """Add the hooks that refuse skips, when asked to."""
    if os.environ.get("ACCUEIL_NO_SKIP") == "1":
        config.pluginmanager.register(RefuseSkips(), "refuse-skips")


class RefuseSkips:
    """Turn the reports of skipped tests, and of skipped modules, into failures."""

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self) -> Iterator[None]:
        """Look at each phase of each test; expected failures are left alone."""
        outcome: Any = yield
        _refuse(outcome.get_result())

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self) -> Iterator[None]:
        """Look at each module."""
        outcome: Any = yield
        _refuse(outcome.get_result())


def _refuse(report: Any) -> None:
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if refused(reason):
        report.outcome = "failed"
        report.longrepr = f"ACCUEIL_NO_SKIP=1: skipping is failing here. {reason}"
