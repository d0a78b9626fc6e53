"""Who sent a request: its signature, proved with the key of an account elsewhere."""

from urllib.parse import urlsplit

from watertower.base.context import Context
from watertower.federation.model import SenderKey
from watertower.federation.policies import require_served
from watertower.federation.reading import host_of
from watertower.federation.remote.key import key_for, refreshed_key
from watertower.federation.request import FederationRequest
from watertower.federation.signatures.errors import SignatureRefused, UnusableKey, WrongSignature
from watertower.federation.signatures.request import ReceivedSignature
from watertower.federation.signatures.verify import check_form, signature_of, verify


async def sender_of(request: FederationRequest, body: bytes) -> SenderKey:
    """The key that signed this request, and whose it is.

    Everything that needs no key is checked before one is fetched, our policy before and after.
    When the signature does not hold the key is looked at anew, once. Raises SignatureRefused,
    KeyUnreachable, ServerRefused.
    """
    ctx = request.ctx
    received = signature_of(request.method, request.target, request.header_pairs)
    check_form(received, body=body, now=ctx.now())
    host = host_of(received.key_id)
    if host is not None:
        await require_served(ctx, host=host)
    key = await key_for(ctx, received.key_id)
    if key.account_domain != host:
        await require_served(ctx, host=key.account_domain)
    try:
        _prove(ctx, received, key, body)
    except (WrongSignature, UnusableKey):
        newer = await refreshed_key(ctx, key)
        if newer is None:
            raise
        _prove(ctx, received, newer, body)
        return newer
    return key


async def require_served_reader(request: FederationRequest) -> None:
    """Raise ServerRefused for a reader who says to be of a server that we do not serve.

    What anybody may read is not asked for a proof; but who names a suspended server as theirs is
    not read to, signed well or badly.
    """
    if not request.is_signed:
        return
    try:
        received = signature_of(request.method, request.target, request.header_pairs)
    except SignatureRefused:
        return  # says nothing about anybody
    host = host_of(received.key_id)
    if host is not None:
        await require_served(request.ctx, host=host)


async def reader_of(request: FederationRequest) -> int | None:
    """The account that signed a GET, or None for anybody.

    A bad signature makes it anybody, except in authorized-fetch mode, where everybody signs:
    there it raises SignatureRefused.
    """
    if not request.is_signed and not request.ctx.settings.federation.authorized_fetch:
        return None
    try:
        key = await sender_of(request, b"")
    except SignatureRefused:
        if request.ctx.settings.federation.authorized_fetch:
            raise
        return None
    return None if key.is_suspended else key.account_id


def _prove(ctx: Context, received: ReceivedSignature, key: SenderKey, body: bytes) -> None:
    own = urlsplit(ctx.settings.base_url)
    verify(
        received,
        public_pem=key.public_pem,
        body=body,
        host=own.netloc,
        scheme=own.scheme,
        now=ctx.now(),
    )
