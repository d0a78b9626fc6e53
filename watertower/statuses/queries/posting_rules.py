"""Rules of posting for accounts of a special type, and what counted towards them."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.statuses.posting import Counter, Parent, PostingRules

COLUMNS = "refusal, most_a_day, counts_all, required_tags, only_summoned"

PUT_POSTING_RULES = f"""
    INSERT INTO posting_rules (account_id, {COLUMNS}, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (account_id) DO UPDATE SET
        refusal = excluded.refusal, most_a_day = excluded.most_a_day,
        counts_all = excluded.counts_all, required_tags = excluded.required_tags,
        only_summoned = excluded.only_summoned, updated_at = excluded.updated_at
"""


async def put_posting_rules(
    tx: Transaction, *, account_id: int, rules: PostingRules, at: datetime
) -> None:
    """From now on these rules hold."""
    await tx.execute(
        PUT_POSTING_RULES,
        account_id,
        rules.refusal,
        rules.most_a_day,
        rules.counts_all,
        list(rules.required_tags),
        rules.only_summoned,
        at,
    )


DELETE_POSTING_RULES = "DELETE FROM posting_rules WHERE account_id = $1"


async def delete_posting_rules(tx: Transaction, *, account_id: int) -> None:
    """From now on the account posts as people do."""
    await tx.execute(DELETE_POSTING_RULES, account_id)


FIND_POSTING_RULES = f"SELECT {COLUMNS} FROM posting_rules WHERE account_id = $1"


async def find_posting_rules(tx: Reading, *, account_id: int) -> PostingRules | None:
    """The rules of this account, if it has any."""
    row = await tx.fetch_one(FIND_POSTING_RULES, account_id)
    return row and PostingRules(*row)


LOCK_POSTING_RULES = "SELECT 1 FROM posting_rules WHERE account_id = $1 FOR UPDATE"


async def lock_posting_rules(tx: Transaction, *, account_id: int) -> None:
    """Two posts at once do not both take the last place of the day."""
    await tx.fetch_value(LOCK_POSTING_RULES, account_id)


# What is planned for that time counts as if it were posted.
COUNT_POSTS = """
    SELECT count(*) AS used, min(at) AS first_at
    FROM (
        SELECT counted_at AS at FROM counted_posts
        WHERE account_id = $1 AND counted_at > $2 AND counted_at <= $3
        UNION ALL
        SELECT scheduled_at FROM scheduled_statuses
        WHERE $4 AND account_id = $1 AND published_status_id IS NULL
          AND scheduled_at > $2 AND scheduled_at <= $3
    ) posts
"""


async def count_posts(
    tx: Reading, *, account_id: int, since: datetime, until: datetime, with_planned: bool
) -> Counter:
    """What counted in this time; with `with_planned` also what waits for its time then."""
    row = await tx.fetch_one(COUNT_POSTS, account_id, since, until, with_planned)
    return Counter(0, None) if row is None else Counter(row["used"], row["first_at"])


INSERT_COUNTED_POST = "INSERT INTO counted_posts (account_id, counted_at) VALUES ($1, $2)"


async def insert_counted_post(tx: Transaction, *, account_id: int, at: datetime) -> None:
    """Count a post."""
    await tx.execute(INSERT_COUNTED_POST, account_id, at)


DELETE_OLD_COUNTED_POSTS = "DELETE FROM counted_posts WHERE counted_at < $1"


async def delete_old_counted_posts(tx: Transaction, *, before: datetime) -> int:
    """Forget what counts no more; how many."""
    return await tx.execute(DELETE_OLD_COUNTED_POSTS, before)


NOTE_OVERRUN = """
    UPDATE posting_rules SET refused_count = refused_count + 1, refused_at = $2
    WHERE account_id = $1
"""


async def note_overrun(tx: Transaction, *, account_id: int, at: datetime) -> None:
    """Note that a post was refused: staff see how often that happens."""
    await tx.execute(NOTE_OVERRUN, account_id, at)


FIND_OVERRUNS = "SELECT refused_count, refused_at FROM posting_rules WHERE account_id = $1"


async def find_overruns(tx: Reading, *, account_id: int) -> tuple[int, datetime | None]:
    """How often a post was refused, and when the last time."""
    row = await tx.fetch_one(FIND_OVERRUNS, account_id)
    return (0, None) if row is None else (row["refused_count"], row["refused_at"])


FIND_PARENT = """
    SELECT s.account_id = $2 AS is_own,
           EXISTS (SELECT FROM mentions m
                   WHERE m.status_id = s.id AND m.account_id = $2) AS names_author,
           s.in_reply_to_account_id IS NOT DISTINCT FROM $2 AS answers_author
    FROM statuses s
    WHERE s.id = $1 AND s.deleted_at IS NULL
"""


async def find_parent(tx: Reading, *, status_id: int, author_id: int) -> Parent | None:
    """What a post answers; None if it is gone."""
    row = await tx.fetch_one(FIND_PARENT, status_id, author_id)
    return row and Parent(*row)
