"""The server's own secrets: made once, kept in the data directory, readable by its owner only."""

import base64
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True)
class Secrets:
    """`key` signs cookies and hashes; the VAPID pair (RFC 8292) names us to push services."""

    key: str = field(repr=False)
    vapid_private: str = field(repr=False)  # base64url of the 32-byte scalar
    vapid_public: str  # base64url of the 65-byte uncompressed point


def load_or_make_secrets(data_dir: Path) -> Secrets:
    """Read secrets.json in the data directory, making it (mode 0600) the first time."""
    file = data_dir / "secrets.json"
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        _write_once(file, msgspec.json.format(msgspec.json.encode(make_secrets())))
    return msgspec.json.decode(file.read_bytes(), type=Secrets)


def make_secrets() -> Secrets:
    """Fresh secrets."""
    pair = ec.generate_private_key(ec.SECP256R1())
    scalar = pair.private_numbers().private_value.to_bytes(32, "big")
    point = pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Secrets(secrets.token_urlsafe(48), _base64url(scalar), _base64url(point))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _write_once(file: Path, data: bytes) -> None:
    """Write beside and link into place, so that two starts at once agree on one file."""
    beside = file.with_suffix(f".{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(beside, file)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
