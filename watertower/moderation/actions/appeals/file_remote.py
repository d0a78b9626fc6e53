"""File for somebody elsewhere, who has proved themselves or whose moderators have."""

from watertower.base.context import Context
from watertower.moderation.actions.appeals.file import file_appeal
from watertower.moderation.actions.appeals.prove import proved
from watertower.moderation.model.appeals import Filing


async def file_remote(
    ctx: Context, *, ticket: str, action_id: int, claim: str, text: str, contact_email: str
) -> int:
    """The appeal's id. Raises NotFound without a proof, and what file_in raises."""
    account_id, how = proved(ctx, ticket=ticket)
    return await file_appeal(
        ctx,
        account_id=account_id,
        filing=Filing(
            action_id=action_id,
            claim=claim,
            text=text,
            contact_email=contact_email,
            filed_by="remote_staff" if how == "staff" else "remote",
            identity_proof=how,
        ),
    )
