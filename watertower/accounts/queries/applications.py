"""Registered apps."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from watertower.accounts.credentials import Application
from watertower.base.db.transaction import Reading, Row, Transaction

COLUMNS = ", ".join(f.name for f in fields(Application))


def application_of(row: Row) -> Application:
    """A row of COLUMNS as an application."""
    return Application(*(row[f.name] for f in fields(Application)))


INSERT_APPLICATION = f"""
    INSERT INTO oauth_applications
        (name, website, client_id, client_secret, redirect_uris, scopes, is_superapp, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (client_id) DO UPDATE SET name = excluded.name
    RETURNING {COLUMNS}
"""


async def insert_application(
    tx: Transaction,
    *,
    name: str,
    website: str | None,
    client_id: str,
    client_secret: str,
    redirect_uris: Sequence[str],
    scopes: Sequence[str],
    at: datetime,
    is_superapp: bool = False,
) -> Application:
    """The new application, or the one that has this client id."""
    row = await tx.fetch_one(
        INSERT_APPLICATION,
        name,
        website,
        client_id,
        client_secret,
        list(redirect_uris),
        list(scopes),
        is_superapp,
        at,
    )
    assert row is not None  # noqa: S101  # RETURNING of an INSERT of one row
    return application_of(row)


FIND_APPLICATION = f"SELECT {COLUMNS} FROM oauth_applications WHERE id = $1"


async def find_application(tx: Reading, *, application_id: int) -> Application | None:
    """The application of this id."""
    row = await tx.fetch_one(FIND_APPLICATION, application_id)
    return row and application_of(row)


FIND_APPLICATION_BY_CLIENT = f"SELECT {COLUMNS} FROM oauth_applications WHERE client_id = $1"


async def find_application_by_client(tx: Reading, *, client_id: str) -> Application | None:
    """The application with this client id."""
    row = await tx.fetch_one(FIND_APPLICATION_BY_CLIENT, client_id)
    return row and application_of(row)
