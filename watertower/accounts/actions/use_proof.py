"""Use a proof of work up: the same one does not let a second account in."""

import hashlib

from watertower.accounts.proof_of_work import LASTS, is_solved
from watertower.accounts.queries.recent_sign_ups import insert_used_proof
from watertower.base.context import Context


async def use_proof(ctx: Context, *, challenge: str, answer: str) -> bool:
    """Whether the work was done, for the first time."""
    if not is_solved(ctx.secrets.key, challenge, answer, now=ctx.now()):
        return False
    async with ctx.transaction() as tx:
        return await insert_used_proof(
            tx,
            proof_hash=hashlib.sha256(challenge.encode()).digest(),
            expires_at=ctx.now() + 2 * LASTS,
        )
