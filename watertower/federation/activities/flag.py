"""A Flag: moderators elsewhere report something of ours.

Mastodon sends it in the server's own name; `object` lists the account and its statuses, in any
order, and `content` is the comment.
"""

from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.policies import policy_for
from watertower.federation.reading import host_of, id_of, ids_of, text_of
from watertower.federation.remote.own import known_status, own_actor
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import MOST_STATUSES, Complaint

LONGEST_COMMENT = 5000  # characters; of other servers we take more than of members
MOST_OBJECTS = MOST_STATUSES + 10


async def receive_flag(ctx: Context, sender: Actor, activity: Document) -> None:
    """File the report about the first member it names, with the member's statuses it names."""
    if (await policy_for(ctx, host=host_of(sender.uri) or "")).rejects_reports:
        raise Ignored("reports from this server are not wanted")
    uris = ids_of(activity.get("object"))[:MOST_OBJECTS]
    target_id = None
    statuses = []
    for uri in uris:
        status = await known_status(ctx, uri)
        if status is not None and status.is_local:
            statuses.append(status)
        elif target_id is None and (member := await own_actor(ctx, uri)) is not None:
            target_id = member.id
    if target_id is None and statuses:
        target_id = statuses[0].account_id
    if target_id is None or target_id < 0:
        raise Ignored("a report about nobody who is here")
    await file_report(
        ctx,
        reporter_id=sender.id,
        complaint=Complaint(
            target_account_id=target_id,
            # Lemmy gives the reason as a summary.
            comment=text_of(activity.get("content") or activity.get("summary"), LONGEST_COMMENT),
            status_ids=[s.id for s in statuses if s.account_id == target_id][:MOST_STATUSES],
        ),
        uri=id_of(activity),
    )
