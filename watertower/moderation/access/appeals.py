"""Appeals for those who may see them: the person by link or sign-in, the team behind its walls."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.db.transaction import Reading
from watertower.base.errors import Refused
from watertower.base.paging import Page
from watertower.moderation.errors.appeals import AppealNotFound
from watertower.moderation.model.appeals import (
    APPEALABLE,
    WINDOW,
    Appeal,
    AppealMessage,
    AppealNote,
    AppealSearch,
    HeldEvidence,
    StoredFile,
)
from watertower.moderation.model.standing import Action
from watertower.moderation.queries.appeal_desk import (
    find_appeal_for,
    find_evidence_held,
    list_accts,
    list_appealable,
    list_appeals,
)
from watertower.moderation.queries.appeal_words import find_message, list_messages, list_notes
from watertower.moderation.queries.appeals import list_of_account, list_of_action
from watertower.moderation.queries.standing import find_action, list_actions_by_id
from watertower.moderation.steps.appeal_links import appeal_token
from watertower.moderation.steps.appeals import judges_of, round_of
from watertower.moderation.steps.log import log


@dataclass(frozen=True)
class OwnAppeal:
    """What the person sees: the decision, the appeal if there is one, and what is said in it."""

    action: Action
    appeal: Appeal | None
    messages: Sequence[AppealMessage]
    evidence: HeldEvidence
    may_file: bool  # a first time, or once more
    refusal: str  # why not
    known_address: str  # of the login, mostly hidden; "" if there is none that is confirmed


async def own_appeal(ctx: Context, *, account_id: int, action_id: int) -> OwnAppeal:
    """The page of one decision for its person. AppealNotFound for anybody else's."""
    async with ctx.reading() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None or action.target_account_id != account_id:
            raise AppealNotFound
        earlier = await list_of_action(tx, action_id=action_id)
        appeal = earlier[0] if earlier else None
        messages = await list_messages(tx, appeal_id=appeal.id) if appeal else []
        held = await _held(tx, case_id=action.case_id)
        login = await find_login_by_account(tx, account_id=account_id)
    is_known = login is not None and login.confirmed_at is not None
    known = hidden_address(login.email) if login is not None and is_known else ""
    refusal = ""
    is_running = appeal is not None and appeal.is_open
    if not is_running:
        try:
            round_of(action, earlier, now=ctx.now())
        except Refused as refused:
            refusal = refused.says
    may_file = not is_running and not refusal
    return OwnAppeal(action, appeal, messages, held, may_file, refusal, known)


def hidden_address(email: str) -> str:
    """Enough of an address for whoever has it, and not for whoever looks on: `a…@example.org`."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"


async def own_appeals(ctx: Context, *, account_id: int, page: Page) -> list[Appeal]:
    """A person's appeals, newest first."""
    async with ctx.reading() as tx:
        return await list_of_account(tx, account_id=account_id, page=page)


async def own_token(ctx: Context, *, account_id: int, action_id: int) -> str:
    """The last part of the address where this person appeals this action."""
    async with ctx.reading() as tx:
        action = await find_action(tx, action_id=action_id)
    if action is None or action.target_account_id != account_id:
        raise AppealNotFound
    return appeal_token(ctx, action_id=action_id, account_id=account_id, made_at=action.created_at)


async def own_file(
    ctx: Context, *, account_id: int, action_id: int, message_id: int, place: int
) -> StoredFile:
    """A file of one's own conversation."""
    found = await own_appeal(ctx, account_id=account_id, action_id=action_id)
    return _file_in(found.messages, message_id, place)


async def appealable_actions(ctx: Context, *, account_id: int) -> list[Action]:
    """What an account could appeal now, newest first."""
    async with ctx.reading() as tx:
        ids = await list_appealable(
            tx,
            account_id=account_id,
            kinds=[str(kind) for kind in APPEALABLE],
            since=ctx.now() - WINDOW,
        )
        found = await list_actions_by_id(tx, action_ids=ids)
    return [found[one] for one in ids if one in found]


@dataclass(frozen=True)
class JudgedAppeal:
    """What the team sees."""

    appeal: Appeal
    action: Action
    messages: Sequence[AppealMessage]
    notes: Sequence[AppealNote]
    evidence: HeldEvidence
    names: dict[int, str]  # handles by account
    others: Sequence[int]  # who may judge it
    may_judge: bool  # the viewer may answer and decide
    may_second: bool  # the viewer may agree to the proposal


async def judged_appeal(ctx: Context, *, viewer_id: int, appeal_id: int) -> JudgedAppeal:
    """One appeal for the desk; the look is logged. AppealNotFound behind a wall."""
    async with ctx.transaction() as tx:
        appeal = await find_appeal_for(tx, viewer_id=viewer_id, appeal_id=appeal_id)
        if appeal is None:
            raise AppealNotFound
        action = await find_action(tx, action_id=appeal.action_id)
        if action is None:
            raise AppealNotFound
        messages = await list_messages(tx, appeal_id=appeal_id)
        notes = await list_notes(tx, appeal_id=appeal_id)
        held = await _held(tx, case_id=appeal.case_id)
        others, decider = await judges_of(tx, appeal=appeal)
        people = {
            *(one.author_account_id for one in messages),
            *(one.author_account_id for one in notes),
            *(appeal.account_id, appeal.decider_account_id, appeal.assigned_account_id),
            *(appeal.proposed_by_account_id, appeal.decided_by_account_id),
            *(appeal.seconded_by_account_id, *others),
        } - {None}
        names = await list_accts(tx, account_ids=sorted(one for one in people if one))
        await log(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="read appeal",
            subject=("appeal", appeal_id),
            case_id=appeal.case_id,
        )
    judges = others or ([decider] if decider else [])
    seconds = [one for one in others if one != appeal.proposed_by_account_id]
    seconds = seconds or ([decider] if decider else [])
    return JudgedAppeal(
        appeal,
        action,
        messages,
        notes,
        held,
        names,
        others,
        viewer_id in judges or (viewer_id == decider and appeal.is_same_moderator),
        appeal.proposal is not None
        and viewer_id in seconds
        and viewer_id != appeal.proposed_by_account_id,
    )


async def judged_appeals(
    ctx: Context, *, viewer_id: int, search: AppealSearch, page: Page
) -> tuple[list[Appeal], dict[int, str]]:
    """A page of the team's list, and the handles of whom it speaks of."""
    async with ctx.reading() as tx:
        found = await list_appeals(tx, viewer_id=viewer_id, search=search, page=page)
        ids = {one.account_id for one in found} | {one.assigned_account_id for one in found}
        names = await list_accts(tx, account_ids=sorted(one for one in ids if one))
    return found, names


async def judged_file(
    ctx: Context, *, viewer_id: int, appeal_id: int, message_id: int, place: int
) -> StoredFile:
    """A file of an appeal, for the team; the look is logged."""
    async with ctx.transaction() as tx:
        appeal = await find_appeal_for(tx, viewer_id=viewer_id, appeal_id=appeal_id)
        message = await find_message(tx, message_id=message_id)
        if appeal is None or message is None or message.appeal_id != appeal_id:
            raise AppealNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="read file of appeal",
            subject=("appeal", appeal_id),
            case_id=appeal.case_id,
        )
    return _file_in([message], message_id, place)


def _file_in(messages: Sequence[AppealMessage], message_id: int, place: int) -> StoredFile:
    for message in messages:
        if message.id == message_id and 0 <= place < len(message.files):
            return message.files[place]
    raise AppealNotFound


async def _held(tx: Reading, *, case_id: int | None) -> HeldEvidence:
    if case_id is None:
        return HeldEvidence({}, None)
    counts, until = await find_evidence_held(tx, case_id=case_id)
    return HeldEvidence(counts, until)
