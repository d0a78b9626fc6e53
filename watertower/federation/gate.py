"""The gate of the inbox: what passes here is stored, and answered 202 before it is processed.

In order, cheapest first: size, JSON, who it says it is from, the signature's form, our policy,
the key, the signature, whether the sender is the actor, whether ids and hosts agree, whether its
server has sent more than its share, whether we had it before. What follows from an activity is none of the gate's business (intake.py).
"""

from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.web import Response
from watertower.federation.errors import DocumentRefused
from watertower.federation.followers_digest import HEADER, Announced, read_header
from watertower.federation.jobs.look_again import look_again
from watertower.federation.jobs.reconcile_followers import AFTER, reconcile_followers
from watertower.federation.model import Document, SenderKey
from watertower.federation.queries.actors import find_actor_by_uri
from watertower.federation.queries.deliveries import wake_host
from watertower.federation.queries.received import insert_received
from watertower.federation.reading import host_of, id_of, same_host, types_of
from watertower.federation.remote.actor import STALE
from watertower.federation.remote.fetch_document import parse_document
from watertower.federation.request import FederationRequest
from watertower.federation.sender import sender_of
from watertower.federation.shares import require_share
from watertower.federation.signatures.errors import SignatureRefused
from watertower.federation.signatures.integrity import proof_of
from watertower.federation.signatures.verify import signature_of

# From an account that we suspended only what takes something back is still heard.
HEARD_OF_SUSPENDED = frozenset({"Delete", "Undo", "Reject", "Update"})
# Their object is the actor's own: it must live on the same host.
OWN_OBJECTS = frozenset({"Create", "Update", "Delete"})


class NotTheSender(SignatureRefused):
    """The one who signed is not the one whose activity it is said to be."""

    says = "The activity is not its sender's"


@dataclass(frozen=True)
class Head:
    """The part of an activity that the gate reads."""

    id: str | None
    kind: str
    actor: str


async def receive(request: FederationRequest, *, inbox_account_id: int | None = None) -> Response:
    """Judge an activity and keep it. Raises Refused with what the sender is to be answered."""
    ctx = request.ctx
    body = await request.body()
    document = parse_document(body)
    head = head_of(document)
    if await is_about_nobody_known(ctx, head, document):
        # Servers tell of a deleted account everywhere; most never heard of it, and its key is
        # gone, so nothing could be proved.
        return accepted()
    sender = await sender_of(request, body)
    reason = judge(head, document, sender)
    announced = announced_followers(request, head, sender)
    origin = host_of(sender.account_uri) or sender.account_domain
    await require_share(ctx, origin=origin)
    async with ctx.transaction() as tx:
        await insert_received(
            tx,
            activity_uri=head.id,
            kind=head.kind,
            sender_uri=sender.account_uri,
            origin=origin,
            document=body,
            inbox_account_id=inbox_account_id,
            at=ctx.now(),
            ignored_because=reason,
        )
        await wake_host(tx, host=origin, now=ctx.now())
        if announced is not None and not reason:
            tx.enqueue(
                reconcile_followers.queued(
                    after=AFTER,
                    unique_key=f"reconcile followers {sender.account_id}",
                    account_id=sender.account_id,
                    url=announced.url,
                    digest=announced.digest,
                )
            )
        if sender.fetched_at is None or sender.fetched_at < ctx.now() - STALE:
            tx.enqueue(
                look_again.queued(
                    unique_key=f"look again {sender.account_id}", account_id=sender.account_id
                )
            )
    return accepted()


def accepted() -> Response:
    """It is ours now; what comes of it is not told."""
    return Response(b"", 202, content_type="")


def announced_followers(
    request: FederationRequest, head: Head, sender: SenderKey
) -> Announced | None:
    """What the header of FEP-8fcf says of the sender's followers here, if it signed that too.

    Its address must be the sender's own host: we never ask anybody else about its followers.
    """
    value = request.headers.get(HEADER.lower())
    if value is None or sender.account_uri != head.actor:
        return None
    announced = read_header(value)
    signed = signature_of(request.method, request.target, request.header_pairs).components
    if announced is None or HEADER.lower() not in signed:
        return None
    uri = sender.account_uri
    is_own = same_host(announced.url, uri) and same_host(announced.collection_id, uri)
    return announced if is_own else None


def head_of(document: Document) -> Head:
    """Id, type and actor. Raises DocumentRefused when it is no activity at all."""
    kinds = types_of(document)
    actor = id_of(document.get("actor")) or id_of(document.get("attributedTo"))
    if not kinds or actor is None:
        raise DocumentRefused("An activity needs a type and an actor")
    activity_id = id_of(document)
    if activity_id is not None and not same_host(activity_id, actor):
        raise DocumentRefused("The id is not on the actor's host")
    return Head(activity_id, kinds[0][:100], actor)


async def is_about_nobody_known(ctx: Context, head: Head, document: Document) -> bool:
    """Whether an actor that we never met deletes or updates itself."""
    if head.kind not in {"Delete", "Update"} or id_of(document.get("object")) != head.actor:
        return False
    async with ctx.reading() as tx:
        known = await find_actor_by_uri(tx, uri=head.actor)
    return known is None or (known.is_deleted and head.kind == "Delete")


def judge(head: Head, document: Document, sender: SenderKey) -> str:
    """Whether it may speak: '' for yes, or why it is kept but not acted on.

    Raises NotTheSender, DocumentRefused.
    """
    if sender.account_uri != head.actor:
        if isinstance(document.get("signature"), dict) or proof_of(document) is not None:
            # Forwarded by the server of whom it answers (ActivityPub, 7.1.2), or by a relay. A
            # proof inside is verified when it is processed (proved.py); an older signature is
            # not looked at, and the author's server is asked instead (passed_on.py).
            return (
                "the one who forwards is not heard" if sender.is_gone or sender.is_suspended else ""
            )
        raise NotTheSender
    if head.kind in OWN_OBJECTS:
        target = id_of(document.get("object"))
        if target is not None and not same_host(target, head.actor):
            raise DocumentRefused("The object is not on the actor's host")
    if sender.is_gone:
        return "the sender's account was deleted"
    if sender.is_suspended and head.kind not in HEARD_OF_SUSPENDED:
        return "the sender is suspended"
    return ""
