"""A freeze begins, in the transaction of whatever leads to it: a decision, or an appeal."""

from collections.abc import Sequence
from datetime import timedelta

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.standing import hold_marks
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.moderation.errors.freeze import AlreadyFrozen, EgregiousHarm, WordsMissing
from watertower.moderation.events import FreezeBegun
from watertower.moderation.model.freeze import NewFreeze, NewTask, TaskKind
from watertower.moderation.model.freeze_words import told_at_freezing
from watertower.moderation.model.standing import Decision, Kind
from watertower.moderation.queries.freeze_tasks import insert_tasks, list_status_urls
from watertower.moderation.queries.freezes import find_open_freeze, insert_freeze
from watertower.moderation.queries.handled import list_rules_by_id
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.cases import open_case, record_outcome, require_open_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.evidence import keep_evidence_of_statuses
from watertower.moderation.steps.freeze_checks import clocks_of, require_good_tasks
from watertower.moderation.steps.reminders import next_moment
from watertower.moderation.steps.standing import act_in

# Two clicks on one button.
SAME_WITHIN = timedelta(minutes=5)


async def freeze_in(tx: Transaction, ctx: Context, *, actor_id: int, wanted: NewFreeze) -> int:
    """Freeze the account and tell its member; the freeze's id.

    The profile stays as it is for others. What is to be deleted is sealed as evidence first.
    Without a case one is opened, so that there is a place to answer. The same freeze sent twice is
    one. Raises EgregiousHarm, AlreadyFrozen, WordsMissing, WrongClock, WrongTask, CaseNotFound,
    CaseClosed, and what act_in raises.
    """
    now = ctx.now()
    if wanted.is_egregious:
        raise EgregiousHarm
    if not wanted.message.strip():
        raise WordsMissing("message")
    respond_by, complete_by = clocks_of(now, wanted.respond_by, wanted.complete_by)
    # The case first, as everybody does who decides in one.
    if wanted.case_id is not None:
        await require_open_case(tx, viewer_id=actor_id, case_id=wanted.case_id)
    if await hold_marks(tx, account_id=wanted.account_id) is None:
        raise AccountNotFound
    same = await _same(tx, ctx, actor_id=actor_id, wanted=wanted)
    if same is not None:
        return same
    await require_good_tasks(tx, account_id=wanted.account_id, tasks=wanted.tasks)
    case_id = wanted.case_id or await open_case(
        tx,
        at=now,
        kind="research",
        target_account_id=wanted.account_id,
        opened_by=actor_id,
        title="Freeze",
        may_fold=False,
    )
    status_ids = _posts(wanted)
    action_id = await act_in(
        tx,
        ctx,
        decision=Decision(
            Kind.FREEZE,
            wanted.account_id,
            case_id=case_id,
            reason=wanted.reason,
            message=wanted.message,
            rule_ids=wanted.rule_ids,
            status_ids=status_ids,
            is_mailed=False,  # told below, with tasks and clocks
        ),
        actor_id=actor_id,
    )
    if status_ids:
        await keep_evidence_of_statuses(
            tx, at=now, case_id=case_id, status_ids=status_ids, taken_by=actor_id
        )
    freeze_id = await insert_freeze(
        tx,
        action_id=action_id,
        account_id=wanted.account_id,
        case_id=case_id,
        at=now,
        respond_by=respond_by,
        complete_by=complete_by,
        due_at=respond_by,
        look_at=next_moment(now, respond_by, after=now),
    )
    if freeze_id is None:
        raise AlreadyFrozen
    await insert_tasks(
        tx,
        account_id=wanted.account_id,
        freeze_id=freeze_id,
        tasks=wanted.tasks,
        first=0,
        at=now,
    )
    await record_outcome(
        tx,
        at=now,
        case_id=case_id,
        outcome="freeze",
        reason=wanted.reason,
        actor_id=actor_id,
    )
    urls = await list_status_urls(tx, status_ids=status_ids)
    rules = await list_rules_by_id(tx, rule_ids=wanted.rule_ids)
    await say(
        tx,
        ctx,
        case_id=case_id,
        thread="reported",
        with_account_id=wanted.account_id,
        from_team=True,
        author_id=actor_id,
        text=told_at_freezing(
            message=wanted.message,
            rules=[rules[one].text for one in wanted.rule_ids if one in rules],
            post_urls=[urls[one] for one in status_ids if one in urls],
            tasks=_with_urls(wanted.tasks, urls),
            respond_by=respond_by,
            complete_by=complete_by,
            page_url=f"{ctx.settings.base_url}/account/frozen",
            # Not the link that works signed out: the thread is read by the team as well.
            appeal_url=f"{ctx.settings.base_url}/appeals/new?action_id={action_id}",
        ),
    )
    await record(tx, FreezeBegun(freeze_id=freeze_id))
    return freeze_id


async def _same(tx: Transaction, ctx: Context, *, actor_id: int, wanted: NewFreeze) -> int | None:
    """The freeze that this very form made a moment ago. Raises AlreadyFrozen for another one."""
    found = await find_open_freeze(tx, account_id=wanted.account_id)
    if found is None:
        return None
    action = await find_action(tx, action_id=found.action_id)
    is_same = (
        action is not None
        and action.actor_account_id == actor_id
        and action.message == wanted.message
        and found.begun_at > ctx.now() - SAME_WITHIN
    )
    if not is_same:
        raise AlreadyFrozen
    return found.id


def _posts(wanted: NewFreeze) -> list[int]:
    """What it is about: the posts that were named, and those that are to be deleted."""
    named = [*wanted.status_ids]
    named += [
        task.status_id
        for task in wanted.tasks
        if task.kind is TaskKind.DELETE_STATUS and task.status_id is not None
    ]
    return sorted(set(named))


def _with_urls(tasks: Sequence[NewTask], urls: dict[int, str]) -> list[NewTask]:
    """Tasks as they are told, with the address of the post that each is about."""
    return [
        NewTask(
            task.kind,
            task.text,
            task.status_id,
            task.url or urls.get(task.status_id or 0, ""),
            task.minutes,
        )
        for task in tasks
    ]
