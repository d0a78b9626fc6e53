"""An answer arrives by mail: it goes into the thread whose token its address carries.

Works for everybody who has an address: the frozen, the suspended, staff elsewhere. The token is
the proof; a mail from another address than the one we know is kept, and marked.
"""

from dataclasses import dataclass
from hashlib import sha256

from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Refused
from watertower.media.rules.keys import new_evidence_key
from watertower.moderation.actions.appeals.receive_mail import receive_appeal_mail
from watertower.moderation.model.appeal_mails import action_of_reply_token
from watertower.moderation.model.conversation import CaseThread, thread_of_token
from watertower.moderation.model.evidence import EvidenceFile
from watertower.moderation.model.incoming_mail import LARGEST, IncomingMail, read_mail
from watertower.moderation.queries.conversation import find_thread
from watertower.moderation.steps.appeal_replies import stored, take_reply
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.evidence import add_evidence

ONLY_FILES = "(Only files.)"


@dataclass(frozen=True)
class Received:
    """What became of a mail: kept, known, or why not."""

    outcome: str  # kept, known, no_thread, automatic, empty, too_large, refused
    message_id: int | None = None
    why: str = ""


async def receive_mail(ctx: Context, *, raw: bytes) -> Received:
    """Take a mail as the mail server hands it over. Receiving it twice keeps it once."""
    if len(raw) > LARGEST:
        return Received("too_large")
    mail = read_mail(raw)
    thread_id = mail.token and thread_of_token(ctx.secrets.key, mail.token)
    is_appeal = bool(mail.token and action_of_reply_token(ctx.secrets.key, mail.token))
    if not thread_id and not is_appeal:
        return Received("no_thread")
    if mail.is_automatic:
        return Received("automatic")
    if not mail.text and not mail.files:
        return Received("empty")
    files = [await _stored(ctx, one.name, one.content_type, one.data) for one in mail.files]
    try:
        if is_appeal:
            await receive_appeal_mail(
                ctx,
                token=mail.token or "",
                sender=mail.sender,
                text=mail.text or ONLY_FILES,
                mail_id=_id_of(mail, mail.token),
                files=stored(files),
            )
            return Received("kept")
        async with ctx.transaction() as tx:
            thread = await find_thread(tx, thread_id=int(thread_id or 0))
            if thread is None or thread.thread == "team":
                return Received("no_thread")
            if await _is_for_appeal(tx, ctx, thread, mail, files):
                return Received("kept")
            made = await _keep(tx, ctx, thread, mail, files)
    except Refused as refused:
        await ctx.storage.delete([file.key for file in files])
        return Received("refused", why=refused.says)
    if made is None:
        await ctx.storage.delete([file.key for file in files])
        return Received("known")
    return Received("kept", made)


async def _keep(
    tx: Transaction,
    ctx: Context,
    thread: CaseThread,
    mail: IncomingMail,
    files: list[EvidenceFile],
) -> int | None:
    known = thread.with_address
    if known is None and thread.with_account_id is not None:
        login = await find_login_by_account(tx, account_id=thread.with_account_id)
        known = login.email if login else None
    made = await say(
        tx,
        ctx,
        case_id=thread.case_id,
        thread=thread.thread,
        with_account_id=thread.with_account_id,
        with_address=thread.with_address,
        from_team=False,
        author_id=thread.with_account_id,
        text=mail.text or ONLY_FILES,
        media_keys=[file.key for file in files],
        came_by="mail",
        mail_id=f"{thread.id} {_id_of(mail, thread.id)}",
        is_from_elsewhere=known is None or known.lower() != mail.sender,
    )
    for number, file in enumerate(files if made is not None else [], start=1):
        await add_evidence(
            tx,
            at=ctx.now(),
            case_id=thread.case_id,
            kind="document",
            subject_id=f"message:{made}:{number}",
            content={"message_id": str(made), "name": file.name, "thread": thread.thread},
            files=[file],
            is_private=True,
        )
    return made


def _id_of(mail: IncomingMail, where: object) -> str:
    """A mail without an id is told by what it says."""
    return mail.message_id or f"<{sha256(mail.text.encode()).hexdigest()}@{where}>"


async def _is_for_appeal(
    tx: Transaction,
    ctx: Context,
    thread: CaseThread,
    mail: IncomingMail,
    files: list[EvidenceFile],
) -> bool:
    """An answer to a suspension is an appeal, and one during an appeal belongs to that."""
    if thread.thread != "reported" or thread.with_account_id is None:
        return False
    return await take_reply(
        tx,
        ctx,
        case_id=thread.case_id,
        account_id=thread.with_account_id,
        sender=mail.sender,
        text=mail.text or ONLY_FILES,
        mail_id=_id_of(mail, thread.id),
        files=stored(files),
    )


async def _stored(ctx: Context, name: str, content_type: str, data: bytes) -> EvidenceFile:
    key = new_evidence_key()
    await ctx.storage.put(key, data, content_type="application/octet-stream")
    return EvidenceFile(key, name, content_type, len(data), sha256(data).hexdigest())
