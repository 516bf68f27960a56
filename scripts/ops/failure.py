"""The one way an operation ends badly: a sentence for a human, never a traceback."""

from __future__ import annotations


class OperationFailed(Exception):
    """Carries one clear French sentence and, below it, what may help (a log, its last line)."""

    def __init__(self, sentence: str, *details: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details
