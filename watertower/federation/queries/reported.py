"""What a report is about, as its server needs to hear it."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.db.transaction import Reading


@dataclass(frozen=True)
class Reported:
    """A report that its author wants told to the server of the account."""

    comment: str
    target_account_id: int
    target_uri: str
    status_uris: Sequence[str]
    further_account_ids: Sequence[int] = ()  # of other servers that are told as well


FIND_REPORTED = """
    SELECT r.comment, a.id, a.uri,
           ARRAY(
               SELECT s.uri FROM statuses s
               WHERE s.id = ANY(r.status_ids) AND s.account_id = a.id
               ORDER BY s.id
           ) AS status_uris,
           ARRAY(
               SELECT DISTINCT ON (lower(o.domain)) o.id FROM accounts o
               WHERE lower(o.domain) = ANY(r.forward_domains)
                 AND lower(o.domain) <> lower(a.domain) AND o.deleted_at IS NULL
               ORDER BY lower(o.domain), o.id
           ) AS further_account_ids
    FROM reports r
    JOIN accounts a ON a.id = r.target_account_id
    WHERE r.id = $1 AND r.is_forwarded AND r.uri IS NULL AND a.domain IS NOT NULL
"""


async def find_reported(tx: Reading, *, report_id: int) -> Reported | None:
    """The report of a member here about somebody elsewhere, if it is to be told there."""
    row = await tx.fetch_one(FIND_REPORTED, report_id)
    return row and Reported(*row.values())


FIND_FORWARDED = """
    SELECT f.comment, f.account_id, a.uri, f.status_uris
    FROM case_forwards f
    JOIN cases c ON c.id = f.case_id
    JOIN accounts a ON a.id = coalesce(c.target_account_id, f.account_id)
    WHERE f.id = $1
"""


async def find_forwarded(tx: Reading, *, forward_id: int) -> Reported | None:
    """What moderators chose to tell a server; the account is one of that server, for its inbox."""
    row = await tx.fetch_one(FIND_FORWARDED, forward_id)
    return row and Reported(*row.values())
