"""Rules about what arrives, and their versions."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.inbound import Conditions, Effects, Rule, Simulation

COLUMNS = """
    id, name, state, version, conditions, effects, reason, simulated_version, simulation,
    simulation_asked_at, live_since, expires_at, ended_at, wave_id, created_by_account_id,
    created_at, updated_at
"""


def pack(value: Conditions | Effects | Simulation) -> str:
    """As a JSON column takes it."""
    return msgspec.json.encode(value).decode()


def rule_of(row: Row) -> Rule:
    """A row of COLUMNS as a rule."""
    values = dict(row)
    values["conditions"] = msgspec.json.decode(values["conditions"], type=Conditions)
    values["effects"] = msgspec.json.decode(values["effects"], type=Effects)
    if values["simulation"] is not None:
        values["simulation"] = msgspec.json.decode(values["simulation"], type=Simulation)
    return Rule(**values)


LIST_LIVE_RULES = f"""
    SELECT {COLUMNS} FROM inbound_rules
    WHERE state = 'live' AND expires_at > $1
    ORDER BY id
    LIMIT 200
"""


async def list_live_rules(tx: Reading, *, at: datetime) -> list[Rule]:
    """Rules that hold now."""
    return [rule_of(row) for row in await tx.fetch_all(LIST_LIVE_RULES, at)]


LIST_RULES = f"""
    SELECT {COLUMNS} FROM inbound_rules
    ORDER BY state = 'ended', updated_at DESC, id DESC
    LIMIT $1
"""


async def list_rules(tx: Reading, *, limit: int = 200) -> list[Rule]:
    """Those that are not over first, what changed last at the top."""
    return [rule_of(row) for row in await tx.fetch_all(LIST_RULES, limit)]


FIND_RULE = f"SELECT {COLUMNS} FROM inbound_rules WHERE id = $1"
LOCK_RULE = f"SELECT {COLUMNS} FROM inbound_rules WHERE id = $1 FOR UPDATE"


async def find_rule(tx: Reading, *, rule_id: int) -> Rule | None:
    """A rule in its newest version."""
    row = await tx.fetch_one(FIND_RULE, rule_id)
    return row and rule_of(row)


async def lock_rule(tx: Transaction, *, rule_id: int) -> Rule | None:
    """The same, with nobody else changing it until the commit."""
    row = await tx.fetch_one(LOCK_RULE, rule_id)
    return row and rule_of(row)


INSERT_RULE = """
    INSERT INTO inbound_rules
        (name, conditions, effects, reason, wave_id, created_by_account_id, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
    RETURNING id
"""
INSERT_VERSION = """
    INSERT INTO inbound_rule_versions
        (rule_id, version, conditions, effects, reason, written_by_account_id, created_at)
    SELECT id, version, conditions, effects, reason, $2, $3 FROM inbound_rules WHERE id = $1
    ON CONFLICT DO NOTHING
"""


async def insert_rule(
    tx: Transaction,
    *,
    name: str,
    conditions: Conditions,
    effects: Effects,
    reason: str,
    wave_id: int | None,
    by: int,
    at: datetime,
) -> int:
    """Write a draft, its first version with it; its id."""
    rule_id: int = await tx.fetch_value(
        INSERT_RULE, name, pack(conditions), pack(effects), reason, wave_id, by, at
    )
    await tx.execute(INSERT_VERSION, rule_id, by, at)
    return rule_id


UPDATE_RULE = """
    UPDATE inbound_rules
    SET name = $2, conditions = $3, effects = $4, reason = $5, version = version + 1,
        updated_at = $6, simulation_asked_at = NULL
    WHERE id = $1
"""


async def update_rule(
    tx: Transaction,
    *,
    rule_id: int,
    name: str,
    conditions: Conditions,
    effects: Effects,
    reason: str,
    by: int,
    at: datetime,
) -> None:
    """Write a new version."""
    await tx.execute(UPDATE_RULE, rule_id, name, pack(conditions), pack(effects), reason, at)
    await tx.execute(INSERT_VERSION, rule_id, by, at)


UPDATE_RULE_LIVE = """
    UPDATE inbound_rules
    SET state = 'live', live_since = $2, expires_at = $3, ended_at = NULL, updated_at = $2
    WHERE id = $1
"""


async def update_rule_live(
    tx: Transaction, *, rule_id: int, at: datetime, expires_at: datetime
) -> None:
    """From now on it holds, until then."""
    await tx.execute(UPDATE_RULE_LIVE, rule_id, at, expires_at)


UPDATE_RULE_STATE = """
    UPDATE inbound_rules
    SET state = $2, updated_at = $3,
        ended_at = CASE WHEN $2 = 'ended' THEN $3::timestamptz END
    WHERE id = $1
"""


async def update_rule_state(tx: Transaction, *, rule_id: int, state: str, at: datetime) -> None:
    """It holds no longer: ended, or a draft again."""
    await tx.execute(UPDATE_RULE_STATE, rule_id, state, at)


UPDATE_RULES_EXPIRED = """
    UPDATE inbound_rules SET state = 'ended', ended_at = expires_at, updated_at = $1
    WHERE state = 'live' AND expires_at <= $1
    RETURNING id
"""


async def update_rules_expired(tx: Transaction, *, at: datetime) -> list[int]:
    """End what was meant to end; which."""
    return [row["id"] for row in await tx.fetch_all(UPDATE_RULES_EXPIRED, at)]


UPDATE_SIMULATION_ASKED = "UPDATE inbound_rules SET simulation_asked_at = $2 WHERE id = $1"


async def update_simulation_asked(tx: Transaction, *, rule_id: int, at: datetime) -> None:
    """Somebody waits for it."""
    await tx.execute(UPDATE_SIMULATION_ASKED, rule_id, at)


UPDATE_SIMULATION = """
    UPDATE inbound_rules
    SET simulation = $3, simulated_version = $2, simulation_asked_at = NULL
    WHERE id = $1 AND version = $2
"""


async def update_simulation(
    tx: Transaction, *, rule_id: int, version: int, simulation: Simulation
) -> None:
    """What it showed, unless the rule was changed meanwhile."""
    await tx.execute(UPDATE_SIMULATION, rule_id, version, pack(simulation))


LIST_VERSIONS = """
    SELECT version, reason, written_by_account_id, created_at
    FROM inbound_rule_versions WHERE rule_id = $1
    ORDER BY version DESC
    LIMIT 50
"""


async def list_versions(tx: Reading, *, rule_id: int) -> Sequence[Row]:
    """Who wrote which version when, the newest first."""
    return await tx.fetch_all(LIST_VERSIONS, rule_id)
