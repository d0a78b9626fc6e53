"""Lists: a member's own selections of accounts."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page
from watertower.feeds.model import AccountList

COLUMNS = "li.id, li.title, li.replies_policy, li.is_exclusive"

LIST_LISTS = f"""
    SELECT {COLUMNS} FROM lists li WHERE li.account_id = $1 ORDER BY li.id LIMIT 200
"""


async def list_lists(tx: Reading, *, account_id: int) -> list[AccountList]:
    """A member's lists, oldest first."""
    return [_list_of(row) for row in await tx.fetch_all(LIST_LISTS, account_id)]


LIST_LISTS_WITH = f"""
    SELECT {COLUMNS}
    FROM lists li
    JOIN list_accounts la ON la.list_id = li.id
    WHERE li.account_id = $1 AND la.account_id = $2
    ORDER BY li.id
    LIMIT 200
"""


async def list_lists_with(tx: Reading, *, owner_id: int, account_id: int) -> list[AccountList]:
    """The lists of a member in which an account is."""
    return [_list_of(row) for row in await tx.fetch_all(LIST_LISTS_WITH, owner_id, account_id)]


FIND_LIST = f"SELECT {COLUMNS} FROM lists li WHERE li.account_id = $1 AND li.id = $2"


async def find_list(tx: Reading, *, owner_id: int, list_id: int) -> AccountList | None:
    """A member's list."""
    row = await tx.fetch_one(FIND_LIST, owner_id, list_id)
    return None if row is None else _list_of(row)


INSERT_LIST = """
    INSERT INTO lists (account_id, title, replies_policy, is_exclusive)
    SELECT $1, $2, $3, $4
    WHERE (SELECT count(*) FROM lists WHERE account_id = $1) < $5
    RETURNING id, title, replies_policy, is_exclusive
"""


async def insert_list(
    tx: Transaction,
    *,
    owner_id: int,
    title: str,
    replies_policy: str,
    is_exclusive: bool,
    most: int,
) -> AccountList | None:
    """Make a list; None if the member has as many as allowed."""
    row = await tx.fetch_one(INSERT_LIST, owner_id, title, replies_policy, is_exclusive, most)
    return None if row is None else _list_of(row)


UPDATE_LIST = f"""
    UPDATE lists li
    SET title = coalesce($3, li.title), replies_policy = coalesce($4, li.replies_policy),
        is_exclusive = coalesce($5, li.is_exclusive)
    WHERE li.account_id = $1 AND li.id = $2
    RETURNING {COLUMNS}
"""


async def update_list(
    tx: Transaction,
    *,
    owner_id: int,
    list_id: int,
    title: str | None,
    replies_policy: str | None,
    is_exclusive: bool | None,
) -> AccountList | None:
    """Change what is given; None if the member has no such list."""
    row = await tx.fetch_one(UPDATE_LIST, owner_id, list_id, title, replies_policy, is_exclusive)
    return None if row is None else _list_of(row)


DELETE_LIST = "DELETE FROM lists WHERE account_id = $1 AND id = $2"


async def delete_list(tx: Transaction, *, owner_id: int, list_id: int) -> int:
    """Remove a list."""
    return await tx.execute(DELETE_LIST, owner_id, list_id)


# Sorted by the member's place in the list, newest first.
LIST_MEMBERS = """
    SELECT la.account_id, la.id
    FROM list_accounts la
    JOIN accounts a ON a.id = la.account_id AND a.suspended_at IS NULL AND a.deleted_at IS NULL
    WHERE la.list_id = $1 AND la.id < $2 AND la.id > $3
    ORDER BY la.id DESC
    LIMIT $4
"""
LIST_MEMBERS_UPWARDS = LIST_MEMBERS.replace("DESC", "ASC")


async def list_members(tx: Reading, *, list_id: int, page: Page) -> list[tuple[int, int]]:
    """(account, place) of a page of a list's accounts."""
    sql = LIST_MEMBERS_UPWARDS if page.upwards else LIST_MEMBERS
    rows = await tx.fetch_all(sql, list_id, page.before_id, page.after_id, page.limit)
    found = [(row["account_id"], row["id"]) for row in rows]
    return found[::-1] if page.upwards else found


LIST_FOLLOWED_OF = """
    SELECT target_account_id FROM follows
    WHERE account_id = $1 AND target_account_id = ANY($2::bigint[])
"""


async def list_followed_of(tx: Reading, *, account_id: int, among: Sequence[int]) -> set[int]:
    """Which of these accounts the member follows."""
    rows = await tx.fetch_all(LIST_FOLLOWED_OF, account_id, list(among))
    return {row["target_account_id"] for row in rows}


INSERT_MEMBERS = """
    INSERT INTO list_accounts (list_id, account_id)
    SELECT $1, id FROM unnest($2::bigint[]) AS id
    ON CONFLICT DO NOTHING
"""


async def insert_members(tx: Transaction, *, list_id: int, account_ids: Sequence[int]) -> int:
    """Add accounts to a list; answers how many are new."""
    return await tx.execute(INSERT_MEMBERS, list_id, list(account_ids))


DELETE_MEMBERS = "DELETE FROM list_accounts WHERE list_id = $1 AND account_id = ANY($2::bigint[])"


async def delete_members(tx: Transaction, *, list_id: int, account_ids: Sequence[int]) -> int:
    """Take accounts out of a list."""
    return await tx.execute(DELETE_MEMBERS, list_id, list(account_ids))


DELETE_FROM_LISTS_OF = """
    DELETE FROM list_accounts la
    USING lists li
    WHERE li.id = la.list_id AND li.account_id = $1 AND la.account_id = $2
"""


async def delete_from_lists_of(tx: Transaction, *, owner_id: int, account_id: int) -> int:
    """Take an account out of all lists of a member."""
    return await tx.execute(DELETE_FROM_LISTS_OF, owner_id, account_id)


DELETE_MEMBERS_FROM_HOME = """
    DELETE FROM home_feed h
    USING list_accounts la
    WHERE la.list_id = $2 AND h.account_id = $1 AND h.author_id = la.account_id
"""


async def delete_members_from_home(tx: Transaction, *, owner_id: int, list_id: int) -> int:
    """Take what the accounts of an exclusive list posted out of its owner's home."""
    return await tx.execute(DELETE_MEMBERS_FROM_HOME, owner_id, list_id)


def _list_of(row: Row) -> AccountList:
    return AccountList(row["id"], row["title"], row["replies_policy"], row["is_exclusive"])


DELETE_FROM_ALL_LISTS = "DELETE FROM list_accounts WHERE account_id = $1"


async def delete_from_all_lists(tx: Transaction, *, account_id: int) -> int:
    """Take an account out of everybody's lists."""
    return await tx.execute(DELETE_FROM_ALL_LISTS, account_id)
