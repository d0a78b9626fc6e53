"""StatusSource, as JSON: what an author typed, to be edited."""

from watertower.base.text.sanitise import plain_text
from watertower.statuses.model import Status


def source_shape(status: Status) -> dict[str, str]:
    """The text as typed; for a status of another server, its HTML as text."""
    return {
        "id": str(status.id),
        "text": status.text or plain_text(status.content_html),
        "spoiler_text": status.content_warning,
        "content_type": status.content_type,
    }
