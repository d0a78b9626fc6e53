"""Facts about files that others react to. Ids only."""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class MediaProcessed(Event):
    """An attachment can be shown since now, or looks different. The status may be None."""

    media_id: int
    status_id: int | None
