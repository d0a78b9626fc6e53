"""Prove: an applicant shows that an account elsewhere is theirs.

Either with a code that our official account sends there, or with a link from that profile to the
one here.
"""

from watertower.accounts.domains import domain_name
from watertower.accounts.tokens import hash_of
from watertower.base.context import Context
from watertower.base.events import record
from watertower.base.text.clean import clean_text
from watertower.moderation.errors.sign_ups import SignUpNotFound, WrongStep, wrong
from watertower.moderation.events import ProofLinked, ProofNamed
from watertower.moderation.model.sign_ups import MOST_PROOFS, MOST_TRIES, OPEN
from watertower.moderation.queries.sign_up_proofs import insert_proof, list_proofs, try_code
from watertower.moderation.steps.sign_ups import held


async def name_account(ctx: Context, *, account_id: int, handle: str) -> None:
    """Name an account elsewhere: a code is sent there. Twice is no error.

    Raises WrongStep, Invalid for what is no handle, and after three.
    """
    name, _, host = clean_text(handle).strip().lstrip("@").partition("@")
    domain = domain_name(host)
    own = {ctx.settings.server.domain.lower(), ctx.settings.server.web_domain.lower()}
    if not name or len(name) > 200 or " " in name or domain is None or domain in own:
        raise wrong("handle", "is not an account of another server, like name@example.social")
    kept = f"{name.lower()}@{domain}"
    async with ctx.transaction() as tx:
        sign_up = await held(tx, account_id=account_id)
        if sign_up.state not in OPEN:
            raise WrongStep
        if any(one.handle == kept for one in await list_proofs(tx, account_id=account_id)):
            return
        proof_id = await insert_proof(
            tx, account_id=account_id, handle=kept, at=ctx.now(), most=MOST_PROOFS
        )
        if proof_id is None:
            raise wrong("handle", f"cannot be given for more than {MOST_PROOFS} accounts")
        await record(tx, ProofNamed(proof_id=proof_id))


async def give_code(ctx: Context, *, account_id: int, proof_id: int, code: str) -> None:
    """The code that arrived there. Raises Invalid if it is another one, or after five tries."""
    async with ctx.transaction() as tx:
        proofs = {one.id: one for one in await list_proofs(tx, account_id=account_id)}
        if proof_id not in proofs:
            raise SignUpNotFound
        if proofs[proof_id].proven_at is not None:
            return
        is_right = await try_code(
            tx,
            proof_id=proof_id,
            account_id=account_id,
            code_hash=hash_of(code.strip().replace(" ", "").upper()),
            at=ctx.now(),
            most=MOST_TRIES,
        )
    if not is_right:
        raise wrong("code", "is not right, or was tried too often")


async def look_for_link(ctx: Context, *, account_id: int, proof_id: int) -> None:
    """Have the profile elsewhere looked at again for a link to here. Raises SignUpNotFound."""
    async with ctx.transaction() as tx:
        if proof_id not in {one.id for one in await list_proofs(tx, account_id=account_id)}:
            raise SignUpNotFound
        await record(tx, ProofLinked(proof_id=proof_id))
