"""Blocked e-mail domains and addresses."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from watertower.accounts.who_may_knock import AddressBlock, AttemptDay, EmailDomainBlock
from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page

HISTORY = timedelta(days=6)  # and today

INSERT_EMAIL_DOMAIN_BLOCK = """
    INSERT INTO email_domain_blocks (domain, allows_with_approval, created_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (domain) DO NOTHING
    RETURNING id
"""


async def insert_email_domain_block(
    tx: Transaction, *, domain: str, allows_with_approval: bool, at: datetime
) -> int | None:
    """The id of the new block; None if the domain is blocked already."""
    found: int | None = await tx.fetch_value(
        INSERT_EMAIL_DOMAIN_BLOCK, domain, allows_with_approval, at
    )
    return found


LIST_EMAIL_DOMAIN_BLOCKS = """
    SELECT id, domain, allows_with_approval, created_at
    FROM email_domain_blocks
    WHERE id < $1 AND id > $2
    ORDER BY id DESC
    LIMIT $3
"""
LIST_EMAIL_DOMAIN_BLOCKS_UPWARDS = LIST_EMAIL_DOMAIN_BLOCKS.replace("DESC", "ASC")
LIST_ATTEMPTS = """
    SELECT domain, day, sum(uses)::int AS uses, count(*)::int AS networks
    FROM email_domain_attempts
    WHERE domain = ANY($1::text[]) AND day > $2::date - 7
    GROUP BY domain, day
"""


async def list_email_domain_blocks(
    tx: Reading, *, page: Page, today: date
) -> list[EmailDomainBlock]:
    """A page of blocked domains with a week of attempts, newest first."""
    sql = LIST_EMAIL_DOMAIN_BLOCKS_UPWARDS if page.upwards else LIST_EMAIL_DOMAIN_BLOCKS
    rows = await tx.fetch_all(sql, page.before_id, page.after_id, page.limit)
    return await _with_history(tx, sorted(rows, key=lambda r: r["id"], reverse=True), today)


FIND_EMAIL_DOMAIN_BLOCK = """
    SELECT id, domain, allows_with_approval, created_at FROM email_domain_blocks WHERE id = $1
"""


async def find_email_domain_block(
    tx: Reading, *, block_id: int, today: date
) -> EmailDomainBlock | None:
    """One blocked domain."""
    row = await tx.fetch_one(FIND_EMAIL_DOMAIN_BLOCK, block_id)
    return None if row is None else (await _with_history(tx, [row], today))[0]


DELETE_EMAIL_DOMAIN_BLOCK = "DELETE FROM email_domain_blocks WHERE id = $1 RETURNING domain"


async def delete_email_domain_block(tx: Transaction, *, block_id: int) -> str | None:
    """Lift a block; its domain, None if there was none."""
    found: str | None = await tx.fetch_value(DELETE_EMAIL_DOMAIN_BLOCK, block_id)
    return found


# The one nearest to the address counts: what is below a domain may be decided apart.
FIND_BLOCKS_OF_EMAIL = """
    SELECT found.domain, found.allows_with_approval,
           EXISTS (SELECT FROM canonical_email_blocks WHERE hash = $2) AS is_address_blocked
    FROM (SELECT) one
    LEFT JOIN LATERAL (
        SELECT domain, allows_with_approval
        FROM email_domain_blocks
        WHERE domain = ANY($1::text[])
        ORDER BY length(domain) DESC
        LIMIT 1
    ) found ON true
"""


async def find_blocks_of_email(
    tx: Reading, *, domains: Sequence[str], address_hash: str
) -> tuple[str | None, bool, bool]:
    """The blocked domain among these, whether it may with approval, whether the address may not."""
    row = await tx.fetch_one(FIND_BLOCKS_OF_EMAIL, list(domains), address_hash)
    assert row is not None  # noqa: S101  # one row whatever is found
    return row["domain"], bool(row["allows_with_approval"]), row["is_address_blocked"]


COUNT_ATTEMPT = """
    INSERT INTO email_domain_attempts AS a (domain, day, network) VALUES ($1, $2, $3)
    ON CONFLICT (domain, day, network) DO UPDATE SET uses = a.uses + 1
"""


async def count_attempt(tx: Transaction, *, domain: str, day: date, network: str) -> None:
    """Note that somebody tried to sign up with an address of a blocked domain."""
    await tx.execute(COUNT_ATTEMPT, domain, day, network)


DELETE_OLD_ATTEMPTS = "DELETE FROM email_domain_attempts WHERE day < $1"


async def delete_old_domain_attempts(tx: Transaction, *, before: date) -> None:
    """Forget networks that no page shows any more."""
    await tx.execute(DELETE_OLD_ATTEMPTS, before)


INSERT_ADDRESS_BLOCK = """
    INSERT INTO canonical_email_blocks (hash, created_at) VALUES ($1, $2)
    ON CONFLICT (hash) DO NOTHING
    RETURNING id
"""


async def insert_address_block(tx: Transaction, *, address_hash: str, at: datetime) -> int | None:
    """The id of the new block; None if the address is blocked already."""
    found: int | None = await tx.fetch_value(INSERT_ADDRESS_BLOCK, address_hash, at)
    return found


LIST_ADDRESS_BLOCKS = """
    SELECT id, hash, created_at FROM canonical_email_blocks
    WHERE id < $1 AND id > $2 AND ($4::text IS NULL OR hash = $4)
    ORDER BY id DESC
    LIMIT $3
"""
LIST_ADDRESS_BLOCKS_UPWARDS = LIST_ADDRESS_BLOCKS.replace("DESC", "ASC")


async def list_address_blocks(
    tx: Reading, *, page: Page, address_hash: str | None = None
) -> list[AddressBlock]:
    """A page of blocked addresses, newest first; those with this hash if given."""
    sql = LIST_ADDRESS_BLOCKS_UPWARDS if page.upwards else LIST_ADDRESS_BLOCKS
    rows = await tx.fetch_all(sql, page.before_id, page.after_id, page.limit, address_hash)
    return sorted((AddressBlock(*row) for row in rows), key=lambda b: b.id, reverse=True)


FIND_ADDRESS_BLOCK = "SELECT id, hash, created_at FROM canonical_email_blocks WHERE id = $1"


async def find_address_block(tx: Reading, *, block_id: int) -> AddressBlock | None:
    """One blocked address."""
    row = await tx.fetch_one(FIND_ADDRESS_BLOCK, block_id)
    return row and AddressBlock(*row)


DELETE_ADDRESS_BLOCK = "DELETE FROM canonical_email_blocks WHERE id = $1"


async def delete_address_block(tx: Transaction, *, block_id: int) -> bool:
    """Lift a block; whether there was one."""
    return bool(await tx.execute(DELETE_ADDRESS_BLOCK, block_id))


async def _with_history(tx: Reading, rows: Sequence[Row], today: date) -> list[EmailDomainBlock]:
    found: dict[str, dict[date, Row]] = defaultdict(dict)
    for row in await tx.fetch_all(LIST_ATTEMPTS, [row["domain"] for row in rows], today):
        found[row["domain"]][row["day"]] = row
    days = [today - timedelta(days=back) for back in range(HISTORY.days + 1)]
    return [
        EmailDomainBlock(
            row["id"],
            row["domain"],
            row["allows_with_approval"],
            row["created_at"],
            [
                AttemptDay(day, seen["uses"] if seen else 0, seen["networks"] if seen else 0)
                for day in days
                for seen in [found[row["domain"]].get(day)]
            ],
        )
        for row in rows
    ]
