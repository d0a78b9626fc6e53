"""Keys as `assertionMethod` gives them (FEP-521a, Controlled Identifiers 1.0): Multikey.

`z` and base58 of a number that says what key it is, and the key. Ed25519 only: RSA keys stand
in `publicKey` with every program that has them.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LIMIT_CHARACTERS = 200
ED25519 = b"\xed\x01"
_VALUES = {letter: value for value, letter in enumerate(BASE58)}


def base58_bytes(text: str) -> bytes | None:
    """What base58 (Bitcoin's alphabet) means, or None."""
    if not text or len(text) > LIMIT_CHARACTERS:
        return None
    number = 0
    for letter in text:
        value = _VALUES.get(letter)
        if value is None:
            return None
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def multibase_bytes(text: object) -> bytes | None:
    """What `z…` (base58btc) means; None for other bases, which nobody writes here."""
    if not isinstance(text, str) or not text.startswith("z"):
        return None
    return base58_bytes(text[1:])


def ed25519_pem(multikey: object) -> str | None:
    """The PEM of an Ed25519 Multikey; None for other kinds."""
    found = multibase_bytes(multikey)
    if found is None or len(found) != 34 or not found.startswith(ED25519):
        return None
    key = Ed25519PublicKey.from_public_bytes(found[2:])
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
