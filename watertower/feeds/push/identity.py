"""Tells push services who sends (VAPID, RFC 8292): a token signed for each service."""

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from watertower.base.json import to_json_bytes
from watertower.base.secrets import Secrets
from watertower.base.settings import Settings
from watertower.feeds.push.encryption import base64url

VALID_FOR = timedelta(hours=12)  # services refuse more than a day


def identity_headers(
    secrets: Secrets, settings: Settings, *, endpoint: str, now: datetime, is_standard: bool
) -> Mapping[str, str]:
    """The headers that name us; `Crypto-Key` is to be joined with that of the encryption."""
    parts = urlsplit(endpoint)
    token = signed_token(
        secrets,
        {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((now + VALID_FOR).timestamp()),
            "sub": _contact(settings),
        },
    )
    if is_standard:
        return {"Authorization": f"vapid t={token}, k={secrets.vapid_public}"}
    return {
        "Authorization": f"WebPush {token}",
        "Crypto-Key": f"p256ecdsa={secrets.vapid_public}",
    }


def signed_token(secrets: Secrets, claims: Mapping[str, object]) -> str:
    """A JSON Web Token (RFC 7519), signed with ES256 by our VAPID key."""
    head = base64url(to_json_bytes({"typ": "JWT", "alg": "ES256"}))
    signed = f"{head}.{base64url(to_json_bytes(claims))}"
    number = int.from_bytes(base64.urlsafe_b64decode(secrets.vapid_private + "="), "big")
    key = ec.derive_private_key(number, ec.SECP256R1())
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    return f"{signed}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _contact(settings: Settings) -> str:
    """Whom a service can turn to: our address, or a mailbox where that is no https."""
    if settings.base_url.startswith("https://"):
        return settings.base_url
    return f"mailto:webmaster@{settings.server.domain.rsplit(':', 1)[0]}"
