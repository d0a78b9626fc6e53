"""Accounts elsewhere that applicants call their own."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.sign_ups import Proof

COLUMNS = "id, handle, other_account_id, problem, tries, sent_at, proven_at, proven_by"

INSERT_PROOF = """
    INSERT INTO sign_up_proofs (account_id, handle, created_at)
    SELECT $1, $2, $3
    WHERE (SELECT count(*) FROM sign_up_proofs WHERE account_id = $1) < $4
    ON CONFLICT (account_id, handle) DO NOTHING
    RETURNING id
"""


async def insert_proof(
    tx: Transaction, *, account_id: int, handle: str, at: datetime, most: int
) -> int | None:
    """The id of the new proof; None if there are enough, or this one is there."""
    found: int | None = await tx.fetch_value(INSERT_PROOF, account_id, handle, at, most)
    return found


LIST_PROOFS = f"SELECT {COLUMNS} FROM sign_up_proofs WHERE account_id = $1 ORDER BY id LIMIT 20"


async def list_proofs(tx: Reading, *, account_id: int) -> list[Proof]:
    """The accounts this applicant named, in order."""
    return [Proof(*row) for row in await tx.fetch_all(LIST_PROOFS, account_id)]


FIND_PROOF = f"SELECT account_id, {COLUMNS} FROM sign_up_proofs WHERE id = $1"


async def find_proof(tx: Reading, *, proof_id: int) -> tuple[int, Proof] | None:
    """Whose proof this is, and the proof."""
    row = await tx.fetch_one(FIND_PROOF, proof_id)
    return None if row is None else (row["account_id"], Proof(*list(row.values())[1:]))


UPDATE_SENT = """
    UPDATE sign_up_proofs
    SET other_account_id = $2, code_hash = $3, sent_at = $4, problem = $5
    WHERE id = $1 AND proven_at IS NULL
"""


async def update_proof_sent(
    tx: Transaction,
    *,
    proof_id: int,
    other_account_id: int | None,
    code_hash: bytes | None,
    at: datetime | None,
    problem: str = "",
) -> None:
    """Note what came of asking there."""
    await tx.execute(UPDATE_SENT, proof_id, other_account_id, code_hash, at, problem)


TRY_CODE = """
    UPDATE sign_up_proofs
    SET tries = tries + 1,
        proven_at = CASE WHEN code_hash = $3 THEN $4::timestamptz END,
        proven_by = CASE WHEN code_hash = $3 THEN 'message' END
    WHERE id = $1 AND account_id = $2 AND proven_at IS NULL AND tries < $5
    RETURNING proven_at IS NOT NULL
"""


async def try_code(
    tx: Transaction, *, proof_id: int, account_id: int, code_hash: bytes, at: datetime, most: int
) -> bool:
    """Count a try; whether it was the right code."""
    return bool(await tx.fetch_value(TRY_CODE, proof_id, account_id, code_hash, at, most))


UPDATE_PROVEN_BY_LINK = """
    UPDATE sign_up_proofs SET proven_at = $2, proven_by = 'rel_me'
    WHERE id = $1 AND proven_at IS NULL
"""


async def update_proven_by_link(tx: Transaction, *, proof_id: int, at: datetime) -> bool:
    """Note that the account elsewhere links to the applicant."""
    return bool(await tx.execute(UPDATE_PROVEN_BY_LINK, proof_id, at))
