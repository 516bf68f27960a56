"""On continuous integration a skip is a failure, but for the shared cases."""

from pathlib import Path

import no_skip
import pytest

pytest_plugins = ["pytester"]

SUITE = """
import pytest

def test_skipped(): pytest.skip("no browser")
def test_excused(): pytest.skip("shared/ absent: no cases")
@pytest.mark.xfail
def test_expected(): assert False
@pytest.mark.skipif(True, reason="no database")
def test_marked(): pass
def test_passed(): pass
"""


@pytest.fixture
def suite(pytester):
    plugin = Path(no_skip.__file__).read_text(encoding="utf-8")
    pytester.makepyfile(no_skip=plugin, test_suite=SUITE)
    pytester.makepyfile(test_module='import pytest\npytest.importorskip("not_there_at_all")\n')
    return pytester


def test_skips_fail_when_asked(suite, monkeypatch):
    monkeypatch.setenv("ACCUEIL_NO_SKIP", "1")
    result = suite.runpytest_subprocess("-p", "no_skip", "test_suite.py")
    result.assert_outcomes(passed=1, skipped=1, xfailed=1, failed=1, errors=1)
    result.stdout.fnmatch_lines(["*skipping is failing here*no browser*"])


def test_a_module_that_skips_itself_fails_too(suite, monkeypatch):
    monkeypatch.setenv("ACCUEIL_NO_SKIP", "1")
    result = suite.runpytest_subprocess("-p", "no_skip", "test_module.py")
    assert result.ret != 0


def test_skips_are_skips_elsewhere(suite, monkeypatch):
    monkeypatch.delenv("ACCUEIL_NO_SKIP", raising=False)
    result = suite.runpytest_subprocess("-p", "no_skip", "test_suite.py", "test_module.py")
    result.assert_outcomes(passed=1, skipped=4, xfailed=1)
