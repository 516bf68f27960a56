"""Why a tool failed, told from what it printed: known causes, in French."""

from __future__ import annotations

import re

FULL_DISK = "Le disque est plein : libérez de la place, puis relancez la même commande."
NO_NETWORK = (
    "Le registre de paquets ne répond pas : vérifiez le réseau, le proxy ou le miroir configuré, "
    "puis relancez la même commande."
)
ENOUGH_TO_WRITE = 16 * 1024 * 1024  # bytes: under this, whatever failed failed for lack of space

_CAUSES = [
    (
        re.compile(
            r"No space left on device|\bENOSPC\b|os error 28\b|Errno 28\b"
            r"|Disk quota exceeded|database or disk is full"
        ),
        FULL_DISK,
    ),
    (
        re.compile(
            r"dns error|Temporary failure in name resolution|Could not resolve"
            r"|error sending request|Failed to establish a new connection"
            r"|Network is unreachable|Connection timed out|tcp connect error"
        ),
        NO_NETWORK,
    ),
    (
        re.compile(r"hash mismatch|do not match the hashes|Hash mismatch", re.IGNORECASE),
        "Un paquet reçu n’a pas l’empreinte attendue : rien n’a été installé de ce paquet ; "
        "vérifiez le miroir utilisé.",
    ),
]


def cause(output: str, free_bytes: int) -> str | None:
    """Return the sentence for the known cause of a failure, or None.

    ``free_bytes`` is what the disk has left: a full disk often leaves an empty log.
    """
    if free_bytes < ENOUGH_TO_WRITE:
        return FULL_DISK
    for pattern, sentence in _CAUSES:
        if pattern.search(output):
            return sentence
    return None


def last_line(output: str) -> str:
    """Return the last line of ``output`` that says something."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""
