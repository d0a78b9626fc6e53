"""Why a signature was refused. `status` is what the sender is answered.

The sentences are constant: a sender learns which rule it broke and nothing else. 401 makes a
sender try its other scheme (Mastodon and Fedify do so on 400 as well).
"""

from watertower.base.errors import Refused


class SignatureRefused(Refused):
    """The base of all of them."""

    status = 401
    says = "The request signature was refused"


class NotSigned(SignatureRefused):
    """There is no signature."""

    says = "Request not signed"


class MalformedSignature(SignatureRefused):
    """The signature header cannot be read."""

    status = 400
    says = "The signature header is malformed"


class UnknownAlgorithm(SignatureRefused):
    """Neither RSA with SHA-256 nor Ed25519, or not the kind of the key."""

    says = "The signature algorithm is not supported"


class NotCovered(SignatureRefused):
    """A part that must be signed is not, or a signed header is absent."""

    says = "The signature does not cover what it must"


class OutsideItsTime(SignatureRefused):
    """Too old, expired, or from the future."""

    says = "The signature is not valid at this time"


class DigestMismatch(SignatureRefused):
    """The body is not the one that was signed, or there is no SHA-256 of it."""

    says = "The digest does not match the body"


class UnusableKey(SignatureRefused):
    """The public key cannot be read, is of another kind, too short or absurdly long."""

    says = "The public key cannot be used"


class WrongSignature(SignatureRefused):
    """The mathematics disagree: another key, another host, another path, or a changed header."""

    says = "The signature does not match the request"
