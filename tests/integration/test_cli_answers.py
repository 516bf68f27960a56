"""``accueil answers feedback``: what editors read of young people's opinions."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from accueil.bootstrap import build
from accueil.cli import app
from accueil.core.conversation import AnswerFeedback
from accueil.persistence.migrate import migrate

DAY = datetime(2026, 11, 23, tzinfo=UTC)
OPINIONS = [("logement/apl", True), ("logement/apl", True), ("logement/apl", False)]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)


def told() -> list[str]:
    result = CliRunner().invoke(app, ["answers", "feedback"])
    assert result.exit_code == 0
    return result.output.splitlines()


def test_each_answer_has_a_line_and_the_least_useful_come_first() -> None:
    application = build()
    migrate(application.engine)
    opinions = [*OPINIONS, ("sante/css", False), ("emploi/cv", True)]
    with application.store.write() as uow:
        for number, (answer, useful) in enumerate(opinions):
            identifier = str(number)
            uow.chats.note_feedback(
                AnswerFeedback(identifier, identifier, answer, useful, "web", DAY)
            )
        uow.commit()
    application.engine.dispose()
    assert told() == [
        "sante/css\u00a0: utile 0, pas utile 1 (0\u00a0% utile)",
        "logement/apl\u00a0: utile 2, pas utile 1 (67\u00a0% utile)",
        "emploi/cv\u00a0: utile 1, pas utile 0 (100\u00a0% utile)",
    ]


def test_without_opinions_it_says_so() -> None:
    assert told() == ["Aucun avis pour l’instant."]
