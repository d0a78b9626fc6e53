"""Freezes for those they concern: the frozen person, and moderators without a conflict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.model import Account, Rule, Viewer
from watertower.accounts.queries.accounts import find_account, list_accounts
from watertower.base.context import Context
from watertower.base.db.transaction import Reading
from watertower.base.paging import Page
from watertower.moderation.access.cases import case_for
from watertower.moderation.access.staff_accounts import what_to_act_on
from watertower.moderation.errors.freeze import FreezeNotFound
from watertower.moderation.model.cases import Case
from watertower.moderation.model.conversation import CaseMessage
from watertower.moderation.model.freeze import Freeze, Task
from watertower.moderation.model.standing import Action
from watertower.moderation.queries.freeze_tasks import list_own_statuses, list_tasks
from watertower.moderation.queries.freeze_thread import list_said
from watertower.moderation.queries.freezes import (
    find_freeze_for,
    find_open_freeze,
    list_ended_freezes,
    list_open_freezes,
)
from watertower.moderation.queries.handled import list_rules_by_id
from watertower.moderation.queries.reports import list_reports_of_case
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.log import log
from watertower.statuses.model import StatusLine

NOTICE_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True)
class WholeFreeze:
    """A freeze with all that is shown of it."""

    freeze: Freeze
    action: Action
    account: Account
    rules: Sequence[Rule]
    tasks: Sequence[Task]
    messages: Sequence[CaseMessage]

    @property
    def status_ids(self) -> list[int]:
        """The posts it is about, and those that tasks are about."""
        named = chain(self.action.status_ids, (task.status_id for task in self.tasks))
        return sorted({one for one in named if one is not None})

    @property
    def notice_id(self) -> int | None:
        """The message by which the person was told; all of it is on the pages as well."""
        begun = self.freeze.begun_at
        return next(
            (
                message.id
                for message in self.messages
                if message.from_team and begun <= message.created_at < begun + NOTICE_WITHIN
            ),
            None,
        )

    @property
    def are_all_done(self) -> bool:
        """Whether nothing is left to do."""
        return all(task.is_done for task in self.tasks)


@dataclass(frozen=True)
class ListedFreeze:
    """A freeze in a list, with how far its tasks are."""

    freeze: Freeze
    account: Account
    tasks_done: int
    tasks_count: int


@dataclass(frozen=True)
class ToFreeze:
    """What the form to freeze somebody shows: newest posts, and what reports of the case named."""

    account: Account
    rules: Sequence[Rule]
    lines: Sequence[StatusLine]
    reported_ids: Sequence[int]
    case: Case | None
    running: Freeze | None  # it is frozen already


async def own_freeze(ctx: Context, *, account_id: int) -> WholeFreeze:
    """The freeze that holds for a member, as they see it. Raises FreezeNotFound."""
    async with ctx.reading() as tx:
        return await _whole(tx, await find_open_freeze(tx, account_id=account_id))


async def freeze_for(ctx: Context, *, viewer_id: int, freeze_id: int) -> WholeFreeze:
    """A freeze for a moderator; the look is logged, because its thread is private.

    Raises FreezeNotFound also for their own, and where they have a conflict.
    """
    async with ctx.transaction() as tx:
        freeze = await find_freeze_for(tx, viewer_id=viewer_id, freeze_id=freeze_id)
        whole = await _whole(tx, freeze)
        await log(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="read freeze",
            subject=("account", whole.freeze.account_id),
            case_id=whole.freeze.case_id,
            details={"freeze_id": str(freeze_id)},
        )
    return whole


async def open_freezes(
    ctx: Context, *, viewer_id: int, most: int = 50, skips: int = 0
) -> list[ListedFreeze]:
    """Freezes that hold: what was missed first, then by the next deadline."""
    async with ctx.reading() as tx:
        return await _listed(
            tx, await list_open_freezes(tx, viewer_id=viewer_id, most=most, skips=skips)
        )


async def ended_freezes(ctx: Context, *, viewer_id: int, page: Page) -> list[ListedFreeze]:
    """Freezes that are over, newest first."""
    async with ctx.reading() as tx:
        return await _listed(tx, await list_ended_freezes(tx, viewer_id=viewer_id, page=page))


async def what_to_freeze(
    ctx: Context, *, viewer: Viewer, account_id: int, case_id: int | None
) -> ToFreeze:
    """For the form. Raises AccountNotFound, and CaseNotFound where the viewer has a conflict."""
    account, lines, rules = await what_to_act_on(ctx, viewer=viewer, account_id=account_id)
    if not account.is_local:
        raise AccountNotFound
    case, named = None, []
    if case_id is not None:
        case = await case_for(ctx, viewer_id=viewer.account_id or 0, case_id=case_id)
    async with ctx.reading() as tx:
        if case is not None:
            reports = await list_reports_of_case(tx, case_id=case.id)
            reported = sorted({one for report in reports for one in report.status_ids})
            own = await list_own_statuses(tx, status_ids=reported, account_id=account_id)
            named = sorted(own)
        running = await find_open_freeze(tx, account_id=account_id)
    return ToFreeze(account, rules, lines, named, case, running)


async def _whole(tx: Reading, freeze: Freeze | None) -> WholeFreeze:
    if freeze is None:
        raise FreezeNotFound
    action = await find_action(tx, action_id=freeze.action_id)
    account = await find_account(tx, account_id=freeze.account_id)
    if action is None or account is None:
        raise FreezeNotFound
    rules = await list_rules_by_id(tx, rule_ids=action.rule_ids)
    tasks = await list_tasks(tx, freeze_ids=[freeze.id])
    messages: list[CaseMessage] = []
    if freeze.case_id is not None:
        messages = await list_said(tx, case_id=freeze.case_id, account_id=freeze.account_id)
    return WholeFreeze(
        freeze=freeze,
        action=action,
        account=account,
        rules=[rules[one] for one in action.rule_ids if one in rules],
        tasks=tasks[freeze.id],
        messages=messages,
    )


async def _listed(tx: Reading, freezes: Sequence[Freeze]) -> list[ListedFreeze]:
    tasks = await list_tasks(tx, freeze_ids=[freeze.id for freeze in freezes])
    accounts = await list_accounts(
        tx, account_ids=sorted({freeze.account_id for freeze in freezes})
    )
    return [
        ListedFreeze(
            freeze,
            accounts[freeze.account_id],
            sum(task.is_done for task in tasks[freeze.id]),
            len(tasks[freeze.id]),
        )
        for freeze in freezes
        if freeze.account_id in accounts
    ]
