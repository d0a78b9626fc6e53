"""Activities that somebody else passes on, with a proof of their author inside (FEP-8b32)."""

from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.policies import require_served
from watertower.federation.queries.keys import find_sender_key
from watertower.federation.reading import host_of, id_of, kind_of, same_host
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.signatures.integrity import is_proved_by, proof_of

# What may come again, late and in any order, without doing harm. A Follow or a Like that was
# taken back could be passed on once more by anybody.
PASSED_ON = ("Create", "Update", "Delete")


async def author_proved(ctx: Context, activity: Document) -> Actor | None:
    """Who wrote the activity, if the proof inside holds; else None.

    Raises Ignored when the author may not speak here.
    """
    proof, actor_uri = proof_of(activity), id_of(activity.get("actor"))
    uri = id_of(activity)
    if proof is None or actor_uri is None or kind_of(activity, PASSED_ON) is None:
        return None
    key_id: str = proof["verificationMethod"]
    target = id_of(activity.get("object"))
    if not (same_host(key_id, actor_uri) and same_host(uri, actor_uri)):
        return None
    if not same_host(target, actor_uri) or target == actor_uri:
        return None  # a profile is looked at where it is: an old one must not come back
    await require_served(ctx, host=host_of(actor_uri) or "")
    author = await actor_by_uri(ctx, actor_uri)
    async with ctx.reading() as tx:
        key = await find_sender_key(tx, key_id=key_id, now=ctx.now())
    if key is None or key.account_id != author.id:
        return None
    if author.is_local or author.is_suspended or author.is_deleted:
        raise Ignored("the author is not heard")
    return author if is_proved_by(activity, public_pem=key.public_pem) else None
