"""Sign-ups of the last hours: how many came from one place."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction

# One customer of IPv4 holds an address, of IPv6 a /64; a hoster's neighbours are next to it.
COUNT_ALIKE = """
    SELECT
        (SELECT count(*) FROM logins
         WHERE created_at > $3
           AND sign_up_ip <<= set_masklen(
               $1::text::inet, CASE family($1::text::inet) WHEN 4 THEN 24 ELSE 48 END)
        ) AS from_network,
        (SELECT count(*) FROM logins
         WHERE created_at > $3 AND lower(split_part(email, '@', 2)) = $2) AS with_domain
"""


async def count_alike(
    tx: Reading, *, ip: str | None, email_domain: str, since: datetime
) -> tuple[int, int]:
    """How many signed up since then from the same neighbourhood, and with the same mail domain."""
    row = await tx.fetch_one(COUNT_ALIKE, ip or None, email_domain, since)
    return (0, 0) if row is None else (row["from_network"], row["with_domain"])


INSERT_USED_PROOF = """
    INSERT INTO used_proofs (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING
"""


async def insert_used_proof(tx: Transaction, *, proof_hash: bytes, expires_at: datetime) -> bool:
    """Use a proof up; False if it was used before."""
    return bool(await tx.execute(INSERT_USED_PROOF, proof_hash, expires_at))


DELETE_OLD_PROOFS = "DELETE FROM used_proofs WHERE expires_at < $1"


async def delete_old_proofs(tx: Transaction, *, before: datetime) -> int:
    """Forget proofs that could not be used again anyway."""
    return await tx.execute(DELETE_OLD_PROOFS, before)
