"""Is there room? Asked before the steps that write a lot."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.ops.failure import OperationFailed

# A cold setup wrote 2.4 GB (the environments are links into uv's cache); then come a model, the
# database, and Chromium or PostgreSQL for the tests.
COLD_BYTES = 3_500_000_000
WARM_BYTES = 300_000_000  # a new model, the database, logs


def gigabytes(count: int) -> str:
    """``count`` bytes as ``3,5 Go``."""
    return f"{count / 1e9:.1f}".replace(".", ",") + "\u00a0Go"


def free_bytes(folder: Path) -> int:
    """Bytes that the user may still write in ``folder``."""
    return shutil.disk_usage(folder).free


def require_space(folder: Path, needed: int) -> None:
    """Raise :class:`OperationFailed` unless ``folder`` has ``needed`` bytes free."""
    free = free_bytes(folder)
    if free < needed:
        raise OperationFailed(
            f"Il faut {gigabytes(needed)} libres dans {folder} et il n’en reste que "
            f"{gigabytes(free)} : libérez de la place, puis relancez la même commande."
        )
