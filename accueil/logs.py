"""Logs: one JSON object a line, on standard error; never what people write."""

import logging
import sys

import structlog


def configure_logs() -> None:
    """Send everything through structlog; libraries speak from warnings on."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    # httpx logs the address of each request, which holds a conversation's identifier.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
