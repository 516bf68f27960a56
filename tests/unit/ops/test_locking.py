"""One run a checkout; set-ups take turns."""

import pytest

from scripts.ops import locking
from scripts.ops.failure import OperationFailed


def test_a_second_run_is_refused_with_the_address(checkout):
    with locking.only_run(checkout, "http://127.0.0.1:8080"):
        assert locking.running(checkout)
        with (
            pytest.raises(OperationFailed, match=r"tourne déjà .* http://127\.0\.0\.1:8080"),
            locking.only_run(checkout, "http://127.0.0.1:9090"),
        ):
            pass


def test_the_lock_is_given_back(checkout):
    for _ in range(2):
        with locking.only_run(checkout, "http://127.0.0.1:8080"):
            pass
    assert not locking.running(checkout)


def test_the_lock_of_a_run_that_was_killed_is_free(checkout):
    checkout.var.mkdir()
    (checkout.var / "run.lock").write_text("4242 http://127.0.0.1:8080 and what a longer one left")
    with locking.only_run(checkout, "http://127.0.0.1:9090"):
        content = (checkout.var / "run.lock").read_text()
    assert content.endswith(" http://127.0.0.1:9090")
    assert "4242" not in content


def test_the_sentence_says_how_to_stop_it():
    sentence = locking.already_running("4242 http://127.0.0.1:8080")
    assert "« kill 4242 »" in sentence
    assert "tourne déjà" in locking.already_running("")


def test_one_setup_alone_does_not_wait(checkout, console, printed):
    with locking.setup_turn(checkout, console):
        pass
    assert printed.getvalue() == ""
