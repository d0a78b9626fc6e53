"""Names of files in the store. They cannot be guessed, and never hold a word from outside."""

import re
import secrets

# What is served under /media/. Sources are as they came, with all their metadata: never served.
SOURCES = "sources/"
EVIDENCE = "evidence/"
SERVED = re.compile(
    r"(attachments|avatars|headers|emojis|cards|site)(/[0-9a-z_-]+)+\.[0-9a-z]{2,5}"
)

EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/quicktime": "mov",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "audio/aac": "aac",
}
CONTENT_TYPES = {extension: content_type for content_type, extension in EXTENSIONS.items()}


def new_key(place: str, name: str, content_type: str) -> str:
    """A key nobody can guess: `attachments/3f/9c…/original.jpg`."""
    return key_of(place, secrets.token_hex(16), name, content_type)


def key_of(place: str, token: str, name: str, content_type: str) -> str:
    """The key of this token, which nobody else knows."""
    return f"{place}/{token[:2]}/{token[2:]}/{name}.{EXTENSIONS[content_type]}"


def new_source_key() -> str:
    """A key for an upload as it came, until it is processed."""
    return f"{SOURCES}{secrets.token_hex(16)}"


def new_evidence_key() -> str:
    """A key for a copy that moderation keeps; nothing below this place is ever served."""
    token = secrets.token_hex(32)
    return f"{EVIDENCE}{token[:2]}/{token[2:]}"


def content_type_of(key: str) -> str:
    """The Content-Type of a stored file, by the extension that we gave it."""
    return CONTENT_TYPES.get(key.rpartition(".")[2], "application/octet-stream")


def may_be_served(key: str) -> bool:
    """Whether a path below /media/ can be a key of ours that the public may fetch."""
    return len(key) < 200 and SERVED.fullmatch(key) is not None
