"""When to admit not having understood."""

_MOSTLY_UNKNOWN = 0.4


def asked_confidence(unknown: float, threshold: float, unknown_threshold: float) -> float:
    """The probability a message must reach, from the share (0 to 1) of its unknown words.

    `threshold` when every word is known, `unknown_threshold` from 0.4 unknown, in proportion
    between the two. A zero `threshold` means that nothing ever falls back.
    """
    if threshold <= 0:
        return 0.0
    doubt = min(1.0, unknown / _MOSTLY_UNKNOWN)
    return threshold + max(0.0, unknown_threshold - threshold) * doubt
