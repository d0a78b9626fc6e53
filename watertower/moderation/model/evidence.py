"""What evidence is: a copy that outlives what it is a copy of. No I/O."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import msgspec

EVIDENCE_KINDS = ("status", "profile", "thread", "media", "note", "document", "action")

_ordered = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True)
class EvidenceFile:
    """A file of a piece of evidence, under a key of its own that is never served to the public."""

    key: str
    name: str
    content_type: str
    bytes: int
    sha256: str  # hex


@dataclass(frozen=True)
class Evidence:
    """One sealed copy."""

    id: int
    case_id: int | None
    server_review_id: int | None
    kind: str
    subject_id: str
    is_private: bool
    is_graphic: bool
    content: Mapping[str, Any]
    files: Sequence[EvidenceFile]
    sha256: bytes
    taken_by_account_id: int | None
    taken_at: datetime
    destroyed_at: datetime | None

    @property
    def is_intact(self) -> bool:
        """Whether what is stored is what was sealed; destroyed evidence has only its seal left."""
        return self.destroyed_at is not None or self.sha256 == seal(
            self.kind, self.subject_id, self.content, self.files
        )


def holder_of(copy_id: int) -> str:
    """Who holds a file in the store until this copy of it is made."""
    return f"evidence-copy:{copy_id}"


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no white space: the same bytes for the same content."""
    return _ordered.encode(value)


def seal(
    kind: str, subject_id: str, content: Mapping[str, Any], files: Sequence[EvidenceFile]
) -> bytes:
    """SHA-256 over what the evidence says and the hash of each of its files."""
    return hashlib.sha256(
        canonical(
            {
                "kind": kind,
                "subject_id": subject_id,
                "content": content,
                "files": [
                    {name: value for name, value in asdict(one).items() if name != "key"}
                    for one in files
                ],
            }
        )
    ).digest()
