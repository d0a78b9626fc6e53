"""Encrypts a push message so that only the app can read it, not the service that carries it.

Two codings: `aes128gcm` of the standard (RFC 8291 on RFC 8188), and `aesgcm` of the draft that
older apps still decrypt (draft-ietf-webpush-encryption-04). Pure: what is random can be given.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT_BYTES = 65  # an uncompressed point of P-256
AUTH_BYTES = 16
RECORD_BYTES = 4096  # push services take no more
MOST_PLAIN_BYTES = 3993  # RFC 8291, section 4


@dataclass(frozen=True)
class DeviceKeys:
    """The app's public key and its authentication secret."""

    point: bytes
    auth: bytes


@dataclass(frozen=True)
class Sealed:
    """An encrypted message with the headers that say how."""

    body: bytes
    headers: Mapping[str, str]


def device_keys(p256dh: str, auth: str) -> DeviceKeys:
    """The keys as an app sends them, base64 of either alphabet. ValueError if they are none."""
    keys = DeviceKeys(_decoded(p256dh), _decoded(auth))
    if len(keys.point) != POINT_BYTES or len(keys.auth) != AUTH_BYTES:
        raise ValueError("not the keys of a push subscription")
    _public(keys.point)
    return keys


def base64url(data: bytes) -> str:
    """URL-safe base64 without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def seal_aes128gcm(
    plain: bytes,
    keys: DeviceKeys,
    *,
    pair: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> Sealed:
    """RFC 8291: one record, the sender's key and the salt stand in the body."""
    pair = pair or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(16)
    ours = _point(pair)
    shared = pair.exchange(ec.ECDH(), _public(keys.point))
    secret = _hkdf(shared, keys.auth, b"WebPush: info\0" + keys.point + ours, 32)
    key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(secret, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(ours)]) + ours
    # The byte 2 ends the content of the last record.
    body = header + AESGCM(key).encrypt(nonce, plain + b"\x02", None)
    return Sealed(body, {"Content-Encoding": "aes128gcm"})


def seal_aesgcm(
    plain: bytes,
    keys: DeviceKeys,
    *,
    pair: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> Sealed:
    """The draft: the sender's key and the salt stand in headers."""
    pair = pair or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(16)
    ours = _point(pair)
    shared = pair.exchange(ec.ECDH(), _public(keys.point))
    secret = _hkdf(shared, keys.auth, b"Content-Encoding: auth\0", 32)
    context = b"P-256\0" + _with_length(keys.point) + _with_length(ours)
    key = _hkdf(secret, salt, b"Content-Encoding: aesgcm\0" + context, 16)
    nonce = _hkdf(secret, salt, b"Content-Encoding: nonce\0" + context, 12)
    body = AESGCM(key).encrypt(nonce, b"\0\0" + plain, None)
    return Sealed(
        body,
        {
            "Content-Encoding": "aesgcm",
            "Encryption": f"salt={base64url(salt)}",
            "Crypto-Key": f"dh={base64url(ours)}",
        },
    )


def _hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _point(pair: ec.EllipticCurvePrivateKey) -> bytes:
    return pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _public(point: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def _with_length(data: bytes) -> bytes:
    return len(data).to_bytes(2, "big") + data


def _decoded(text: str) -> bytes:
    text = text.strip().rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
