"""Lists of moderators and of our own API, and how one more item comes into each at a given id."""

from collections.abc import Callable
from typing import Any

from tests.api.community import Add, Community, Walked
from tests.world import unique


async def _account_at(c: Community, at: int) -> str:
    name = unique("walked")
    await c.insert(
        "accounts", id=at, username=name, uri=f"urn:{name}", url="", domain="far.example"
    )
    await c.insert("account_stats", account_id=at)
    return str(at)


async def _report(c: Community, at: int) -> str:
    await c.insert(
        "reports", id=at, account_id=c.me.id, target_account_id=await c.somebody(), comment="Rude"
    )
    return str(at)


async def _report_by_bob(c: Community, at: int) -> str:
    await c.insert("reports", id=at, account_id=c.bob.id, target_account_id=await c.somebody())
    return str(at)


def _row(table: str, **values: Callable[[Community], Any]) -> Add:
    """A row of a table that is a list by itself."""

    async def add(c: Community, at: int) -> str:
        await c.insert(table, id=at, **{name: make(c) for name, make in values.items()})
        return str(at)

    return add


def _domain(_: Community) -> str:
    return f"{unique('host').replace('_', '-')}.example"


def _now(c: Community) -> Any:
    return c.ctx.now()


_networks = iter(range(1 << 20))


def _network(_: Community) -> Any:
    n = next(_networks)
    return f"10.{n >> 8 & 255}.{n & 255}.0/24"


async def _allowed(c: Community, at: int) -> str:
    await c.insert(
        "server_policies",
        domain=_domain(c),
        is_decision=False,
        is_allowed=True,
        allow_id=at,
        allowed_at=c.ctx.now(),
    )
    return str(at)


async def _action(c: Community, at: int, *, account_id: int = 0, kind: str = "warning") -> str:
    await c.insert(
        "moderation_actions",
        id=at,
        kind=kind,
        target_account_id=account_id or c.bob.id,
        created_at=c.ctx.now(),
    )
    return str(at)


async def _own_action(c: Community, at: int) -> str:
    return await _action(c, at, account_id=c.me.id)


async def _freeze(c: Community, at: int) -> str:
    action, now = at + 1, c.ctx.now()
    await _action(c, action, kind="freeze")
    await c.insert(
        "freezes",
        id=at,
        action_id=action,
        account_id=c.bob.id,
        state="restored",
        begun_at=now,
        respond_by=now,
        complete_by=now,
        clock_begun_at=now,
        ended_at=now,
    )
    return str(at)


def _appeal(*, of: str) -> Add:
    async def add(c: Community, at: int) -> str:
        account_id, now = getattr(c, of).id, c.ctx.now()
        await _action(c, at + 1, account_id=account_id)
        await c.insert(
            "appeals",
            id=at,
            action_id=at + 1,
            kind="warning",
            account_id=account_id,
            round=1,
            claim="error",
            filed_by="member",
            state="identity_proved",
            verified_at=now,
            created_at=now,
            updated_at=now,
        )
        return str(at)

    return add


async def _held(c: Community, at: int) -> str:
    async with c.ctx.transaction() as tx:
        rule = await tx.fetch_value("SELECT max(id) FROM inbound_rules")
        rule = rule or await tx.fetch_value(
            "INSERT INTO inbound_rules (name, conditions, effects, created_at, updated_at) "
            "VALUES ('Links', '{}', '{}', now(), now()) RETURNING id"
        )
    await c.insert(
        "inbound_held",
        id=at,
        rule_id=rule,
        rule_version=1,
        kind="post",
        account_id=c.bob.id,
        uri=unique("urn"),
        received="{}",
        pile=c.post.id,
        created_at=c.ctx.now(),
    )
    return str(at)


async def _ticket(c: Community, at: int) -> str:
    async with c.ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO team_memberships (account_id, team, state, role_id, joined_at) "
            "VALUES ($1, 'moderation', 'active', 1, now()) ON CONFLICT DO NOTHING",
            c.me.id,
        )
    words = dict.fromkeys(("title", "outcome", "outcome_words"), "A case")
    await c.insert("practice_tickets", id=at, situation="[]", created_at=c.ctx.now(), **words)
    return str(at)


_VOTE = _row(
    "votes",
    state=lambda _: "heralded",
    subject=lambda _: "The garden",
    why=lambda _: "It is everybody's",
    question=lambda _: "Shall we?",
    options=lambda _: ["Yes", "No"],
    raised_at=_now,
    opens_at=_now,
    heralded_at=_now,
    posted_at=_now,
)


STAFF: dict[str, Walked] = {
    "/api/v1/admin/accounts": Walked(_account_at, emptied="accounts"),
    "/api/v2/admin/accounts": Walked(_account_at, emptied="accounts"),
    "/api/v1/admin/email_domain_blocks": Walked(
        _row("email_domain_blocks", domain=_domain, created_at=_now), emptied="email_domain_blocks"
    ),
    "/api/v1/admin/ip_blocks": Walked(
        _row(
            "ip_blocks",
            network=_network,
            severity=lambda _: "no_access",
            created_at=_now,
            updated_at=_now,
        ),
        emptied="ip_blocks",
    ),
    "/api/v1/admin/canonical_email_blocks": Walked(
        _row("canonical_email_blocks", hash=lambda _: unique("hash"), created_at=_now),
        emptied="canonical_email_blocks",
    ),
    "/api/v1/admin/reports": Walked(_report_by_bob, emptied="reports"),
    "/api/v1/admin/domain_allows": Walked(_allowed, emptied="server_policies"),
    "/api/v1/admin/domain_blocks": Walked(
        _row("server_policies", domain=_domain, severity=lambda _: "suspend"),
        emptied="server_policies",
    ),
    "/api/v1/admin/tags": Walked(
        _row("tags", name=lambda _: unique("tag"), shown_name=lambda _: "Tag"), emptied="tags"
    ),
    "/api/v1/admin/trends/links/publishers": Walked(
        _row("preview_card_providers", domain=_domain), emptied="preview_card_providers"
    ),
    "/api/watertower/v1/freezes": Walked(
        _freeze, "/api/watertower/v1/freezes?ended=true", emptied="freezes"
    ),
    "/api/watertower/v1/appeals/mine": Walked(_appeal(of="me")),
    "/api/watertower/v1/appeals": Walked(_appeal(of="bob"), emptied="appeals"),
    "/api/watertower/v1/audit_log": Walked(
        _row(
            "audit_log",
            at=_now,
            verb=lambda _: "looked",
            subject_kind=lambda _: "account",
            subject_id=lambda c: str(c.bob.id),
        ),
        "/api/watertower/v1/audit_log?subject_kind=account&subject_id={c.bob.id}&verb=looked",
    ),
    "/api/watertower/v1/actions": Walked(
        _action, "/api/watertower/v1/actions?account_id={c.bob.id}"
    ),
    "/api/watertower/v1/refusals": Walked(
        _row(
            "refusals_in_advance",
            username=lambda _: unique("rude"),
            domain=_domain,
            standing=lambda _: "suspend",
            created_at=_now,
        ),
        emptied="refusals_in_advance",
    ),
    "/api/watertower/v1/inbound/held/:id": Walked(
        _held, "/api/watertower/v1/inbound/held/{c.post.id}"
    ),
    "/api/watertower/v1/practice": Walked(_ticket, emptied="practice_tickets"),
    "/api/watertower/v1/reports": Walked(_report),
    "/api/watertower/v1/votes": Walked(_VOTE, emptied="votes"),
    "/api/watertower/v1/desk/votes": Walked(_VOTE, emptied="votes"),
    "/api/watertower/v1/standing": Walked(
        _own_action, read=lambda body: [one["id"] for one in body["decisions"]]
    ),
}
