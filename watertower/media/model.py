"""What an attachment is. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

MAX_ATTACHMENTS = 4
MAX_DESCRIPTION = 10_000  # characters of an alt text


class MediaKind(StrEnum):
    """What it is to the people who look at it."""

    IMAGE = "image"
    GIFV = "gifv"  # a silent video that plays by itself, made from an animation
    VIDEO = "video"
    AUDIO = "audio"
    UNKNOWN = "unknown"  # another server's file of a type we do not show


class MediaState(StrEnum):
    """How far we are with it. Only `done` may be shown or attached."""

    QUEUED = "queued"
    PROCESSING = "processing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Media:
    """One attachment, ours or a remote one. Keys are storage keys."""

    id: int
    account_id: int | None
    status_id: int | None
    scheduled_status_id: int | None
    kind: MediaKind
    state: MediaState
    original_key: str | None
    small_key: str | None
    source_key: str | None
    content_type: str
    file_bytes: int
    remote_url: str | None
    remote_preview_url: str | None
    meta: Mapping[str, Any]
    description: str | None
    blurhash: str | None
    created_at: datetime

    @property
    def keys(self) -> list[str]:
        """Every file of it."""
        return [key for key in (self.original_key, self.small_key, self.source_key) if key]

    @property
    def is_attached(self) -> bool:
        """Whether a status, published or scheduled, has it."""
        return self.status_id is not None or self.scheduled_status_id is not None


@dataclass(frozen=True)
class Finished:
    """What processing made of a source, ready to be written to the row."""

    kind: MediaKind
    original_key: str
    small_key: str | None
    content_type: str
    file_bytes: int
    meta: Mapping[str, Any]
    blurhash: str | None
