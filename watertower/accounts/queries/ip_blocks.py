"""Blocked networks."""

from datetime import datetime

from watertower.accounts.who_may_knock import IpBlock, Severity
from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page

COLUMNS = "id, network::text AS network, severity, comment, expires_at, created_at"

INSERT_IP_BLOCK = """
    INSERT INTO ip_blocks (network, severity, comment, expires_at, created_at, updated_at)
    VALUES ($1::text::cidr, $2, $3, $4, $5, $5)
    ON CONFLICT (network) DO NOTHING
    RETURNING id
"""


async def insert_ip_block(
    tx: Transaction,
    *,
    network: str,
    severity: Severity,
    comment: str,
    expires_at: datetime | None,
    at: datetime,
) -> int | None:
    """The id of the new block; None if the network is blocked already."""
    found: int | None = await tx.fetch_value(
        INSERT_IP_BLOCK, network, severity.value, comment, expires_at, at
    )
    return found


UPDATE_IP_BLOCK = """
    UPDATE ip_blocks
    SET network = $2::text::cidr, severity = $3, comment = $4, expires_at = $5, updated_at = $6
    WHERE id = $1
      AND NOT EXISTS (SELECT FROM ip_blocks o WHERE o.network = $2::text::cidr AND o.id <> $1)
"""


async def update_ip_block(
    tx: Transaction,
    *,
    block_id: int,
    network: str,
    severity: Severity,
    comment: str,
    expires_at: datetime | None,
    at: datetime,
) -> bool:
    """Change a block; False if there is none, or another one for this network."""
    return bool(
        await tx.execute(
            UPDATE_IP_BLOCK, block_id, network, severity.value, comment, expires_at, at
        )
    )


LIST_IP_BLOCKS = f"""
    SELECT {COLUMNS} FROM ip_blocks
    WHERE id < $1 AND id > $2
    ORDER BY id DESC
    LIMIT $3
"""
LIST_IP_BLOCKS_UPWARDS = LIST_IP_BLOCKS.replace("DESC", "ASC")


async def list_ip_blocks(tx: Reading, *, page: Page) -> list[IpBlock]:
    """A page of blocked networks, newest first."""
    sql = LIST_IP_BLOCKS_UPWARDS if page.upwards else LIST_IP_BLOCKS
    rows = await tx.fetch_all(sql, page.before_id, page.after_id, page.limit)
    return sorted((_block(row) for row in rows), key=lambda b: b.id, reverse=True)


FIND_IP_BLOCK = f"SELECT {COLUMNS} FROM ip_blocks WHERE id = $1"


async def find_ip_block(tx: Reading, *, block_id: int) -> IpBlock | None:
    """One blocked network."""
    row = await tx.fetch_one(FIND_IP_BLOCK, block_id)
    return row and _block(row)


DELETE_IP_BLOCK = "DELETE FROM ip_blocks WHERE id = $1"


async def delete_ip_block(tx: Transaction, *, block_id: int) -> bool:
    """Lift a block; whether there was one."""
    return bool(await tx.execute(DELETE_IP_BLOCK, block_id))


DELETE_EXPIRED_IP_BLOCKS = "DELETE FROM ip_blocks WHERE expires_at < $1"


async def delete_expired_ip_blocks(tx: Transaction, *, before: datetime) -> int:
    """Forget blocks that ended; how many."""
    return await tx.execute(DELETE_EXPIRED_IP_BLOCKS, before)


# The smallest network around an address decides, so that one house in a blocked street can be
# let in.
FIND_SEVERITY = """
    SELECT severity FROM ip_blocks
    WHERE network >>= $1::text::inet AND (expires_at IS NULL OR expires_at > $2)
    ORDER BY masklen(network) DESC
    LIMIT 1
"""


async def find_severity(tx: Reading, *, ip: str, at: datetime) -> Severity | None:
    """What is decided about an address; None: nothing."""
    found: str | None = await tx.fetch_value(FIND_SEVERITY, ip, at)
    return None if found is None else Severity(found)


LIST_REFUSED_NETWORKS = """
    SELECT network::text AS network, expires_at FROM ip_blocks
    WHERE severity = 'no_access' AND (expires_at IS NULL OR expires_at > $1)
    ORDER BY id
    LIMIT 100000
"""


async def list_refused_networks(tx: Reading, *, at: datetime) -> list[tuple[str, datetime | None]]:
    """Networks that get no answer at all, and until when."""
    rows = await tx.fetch_all(LIST_REFUSED_NETWORKS, at)
    return [(row["network"], row["expires_at"]) for row in rows]


def _block(row: Row) -> IpBlock:
    return IpBlock(
        row["id"],
        row["network"],
        Severity(row["severity"]),
        row["comment"],
        row["expires_at"],
        row["created_at"],
    )
