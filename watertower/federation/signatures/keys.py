"""Making keys, and reading each one once.

Reading a private key with all its checks costs about 41 ms, a signature 0.7 ms. So keys that
were read are kept, the most recently used ones, by their text.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from watertower.base.keys import make_key_pair
from watertower.federation.signatures.errors import UnusableKey

__all__ = ["PublicKey", "is_signed_with", "make_key_pair", "private_key", "public_key", "sign_text"]

PublicKey = RSAPublicKey | Ed25519PublicKey

SHORTEST_BITS, LONGEST_BITS = 2048, 8192
PEM_LIMIT_CHARACTERS = 10_000
PRIVATE_KEYS_KEPT, PUBLIC_KEYS_KEPT = 1_000, 4_000


@lru_cache(PRIVATE_KEYS_KEPT)
def private_key(pem: str) -> RSAPrivateKey:
    """One of our own keys. ValueError when the text is none: then our database is damaged."""
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("not an RSA key")  # noqa: TRY004  # the text is wrong, not its type
    return key


@lru_cache(PUBLIC_KEYS_KEPT)
def public_key(pem: str) -> PublicKey:
    """Somebody's key, RSA (SPKI or PKCS#1) or Ed25519. Raises UnusableKey."""
    if len(pem) > PEM_LIMIT_CHARACTERS:
        raise UnusableKey
    try:
        key = serialization.load_pem_public_key(pem.strip().encode())
    except (ValueError, UnsupportedAlgorithm):
        raise UnusableKey from None
    if isinstance(key, RSAPublicKey) and SHORTEST_BITS <= key.key_size <= LONGEST_BITS:
        return key
    if isinstance(key, Ed25519PublicKey):
        return key
    raise UnusableKey


def sign_text(private_pem: str, text: bytes) -> bytes:
    """RSASSA-PKCS1-v1_5 with SHA-256: rsa-sha256 in one scheme, rsa-v1_5-sha256 in the other."""
    return private_key(private_pem).sign(text, padding.PKCS1v15(), hashes.SHA256())


def is_signed_with(key: PublicKey, *, signature: bytes, text: bytes) -> bool:
    """Whether the owner of this key signed this text."""
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
        else:
            key.verify(signature, text)
    except InvalidSignature:
        return False
    return True
