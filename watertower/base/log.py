"""Logs: one line for each thing that happened, as text for people or JSON for machines."""

import logging
import sys
from typing import Any

import structlog

from watertower.base.settings import LogSettings


def set_up_logs(settings: LogSettings, *, process: str) -> None:
    """Called once when a process starts. Libraries' own logs join ours."""
    level = getattr(logging, settings.level.upper(), logging.INFO)
    is_text = settings.format == "text" or (not settings.format and sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    end: list[Any] = (
        # Where a fault is is shown, and not with which values: they hold words, tokens and keys.
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if is_text
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[*shared, *end],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=max(level, logging.WARNING), stream=sys.stderr, force=True)
    logging.getLogger("pgqueuer").setLevel(logging.ERROR)
