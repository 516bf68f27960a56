"""Every check of the content, in one list; speaks French to editors."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accueil.content.check_answers import check_answers
from accueil.content.check_examples import check_examples
from accueil.content.check_local import check_local
from accueil.content.check_names import check_names
from accueil.content.check_precisions import check_precisions
from accueil.content.check_sources import check_sources, expiring
from accueil.content.problem import Problem
from accueil.content.project import read_project


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. ``is_whole`` is false when a file was unreadable.

    ``expiring`` are the answers that expire soon, by name, with their day.
    """

    problems: list[Problem]
    is_whole: bool
    expiring: dict[str, date]


def check_content(folder: Path, today: date) -> Checked:
    """Check a project's content: no problem, by file and line, when it may be published.

    ``folder`` holds ``domain.yml``, ``data/nlu`` and ``data/stories``; ``today`` decides what has
    expired. When a file is unreadable, what depends on all of them together is not checked.
    """
    project = read_project(folder)
    problems = [
        *project.problems,
        *check_examples(project),
        *check_answers(project),
        *check_precisions(project),
        *check_local(project),
        *check_sources(project, today),
    ]
    if project.is_whole:
        problems += check_names(project)
    return Checked(sorted(set(problems)), project.is_whole, expiring(project, today))
