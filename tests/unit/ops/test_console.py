"""Steps: their name, their progress, their duration, in French."""

import io

import pytest

from scripts.ops.console import Console, duration, french


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0,0\u00a0s"),
        (4.24, "4,2\u00a0s"),
        (59.94, "59,9\u00a0s"),
        (59.96, "1\u00a0min\u00a000\u00a0s"),
        (125.4, "2\u00a0min\u00a005\u00a0s"),
    ],
)
def test_durations_read_as_french(seconds, shown):
    assert duration(seconds) == shown


def test_french_spaces_do_not_break():
    assert french("« Prêt » : oui ; non ?") == ("«\u00a0Prêt\u00a0»\u00a0: oui\u202f; non\u202f?")
    assert french("http://127.0.0.1:8080") == "http://127.0.0.1:8080"


def test_a_step_prints_its_name_and_duration(console, printed, clock):
    with console.step("Modèle") as step:
        clock.sleep(4.2)
    assert printed.getvalue() == "Modèle… 4,2\u00a0s\n"
    assert step.seconds == pytest.approx(4.2)


def test_a_note_comes_before_the_duration(console, printed):
    with console.step("Modèle") as step:
        step.note = "à jour"
    assert printed.getvalue() == "Modèle… à jour (0,0\u00a0s)\n"


def test_a_log_gets_a_progress_line_every_ten_seconds(console, printed, clock):
    with console.step("Modèle") as step:
        for _ in range(25):
            clock.sleep(1)
            step.tick()
    lines = printed.getvalue().splitlines()
    assert [line for line in lines if "en cours" in line] == [
        "  Modèle\u00a0: en cours depuis 10\u00a0s",
        "  Modèle\u00a0: en cours depuis 20\u00a0s",
    ]


def test_a_terminal_shows_each_second_on_one_line(clock):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    screen = Terminal()
    with Console(screen, clock).step("Modèle") as step:
        clock.sleep(3)
        step.tick()
    assert "Modèle… 3\u00a0s" in screen.getvalue()
    assert screen.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    ("error", "word"), [(ValueError, "échec"), (KeyboardInterrupt, "interrompu")]
)
def test_a_step_that_ends_badly_says_so(console, printed, error, word):
    with pytest.raises(error), console.step("Modèle"):
        raise error
    assert printed.getvalue() == f"Modèle… {word} (0,0\u00a0s)\n"
