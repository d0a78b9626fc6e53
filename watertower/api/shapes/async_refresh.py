"""Work that an answer said was still under way: answers of a thread that are being fetched."""

from typing import Any

NAME = "thread-"
RETRY_SECONDS = 3


def refresh_id(status_id: int) -> str:
    """The name of a look at a thread."""
    return f"{NAME}{status_id}"


def async_refresh_shape(status_id: int, *, is_running: bool, found: int) -> dict[str, Any]:
    """How far it is, and how many answers came."""
    return {
        "id": refresh_id(status_id),
        "status": "running" if is_running else "finished",
        "result_count": found,
    }
