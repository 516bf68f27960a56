"""The safety package loaded once from the real data."""

from pathlib import Path

import pytest

from accueil.core.safety import SafetyDetector, SafetyReplies

DATA = Path(__file__).parents[2] / "data" / "safety"


@pytest.fixture(scope="session")
def detector() -> SafetyDetector:
    return SafetyDetector.load(DATA)


@pytest.fixture(scope="session")
def replies() -> SafetyReplies:
    return SafetyReplies.load(DATA)
