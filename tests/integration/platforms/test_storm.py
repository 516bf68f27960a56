"""Webhooks in random order, each twice, while the application is killed; more: tests.load.storm."""

import pytest

from accueil.core.platforms import Platform
from tests.load.storm import storm


@pytest.mark.parametrize("platform", [Platform.TELEGRAM, Platform.WHATSAPP])
def test_killed_while_it_rains_every_message_is_answered(platform: Platform) -> None:
    report = storm(platform, messages=40, kills=1, seed=5, gap=1.0)

    assert report.never == 0
    # Telegram hands no reference back: what was being sent at the kill comes again (ADR 0020).
    assert report.twice <= (8 if platform is Platform.TELEGRAM else 0)
