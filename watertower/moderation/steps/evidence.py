"""Evidence is taken here: copied, hashed and sealed in the transaction of whatever needs it.

Texts are copied at once. Files are held in the store at once (media/steps/hold.py) and copied by
a job: no file travels while a transaction is open, and nothing that happens to the post in
between removes them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.json import from_json, to_json
from watertower.media.steps.hold import hold_files
from watertower.moderation.events import EvidenceFileWanted
from watertower.moderation.model.evidence import EvidenceFile, holder_of, seal
from watertower.moderation.queries.evidence import insert_evidence
from watertower.moderation.queries.evidence_copies import insert_copy
from watertower.moderation.queries.evidence_sources import (
    find_profile_for_evidence,
    list_statuses_for_evidence,
    list_thread_for_evidence,
)

PRIVATE_FROM = 2  # visibility: followers only, direct


async def add_evidence(
    tx: Transaction,
    *,
    at: datetime,
    kind: str,
    subject_id: int | str,
    content: Mapping[str, Any],
    case_id: int | None = None,
    server_review_id: int | None = None,
    files: Sequence[EvidenceFile] = (),
    is_private: bool = False,
    is_graphic: bool = False,
    taken_by: int | None = None,
) -> int:
    """Seal what is given; the id. `kind` is one of EVIDENCE_KINDS.

    `content` is JSON without floats. Files are in the store already, under keys of the place
    "evidence". The same content sealed twice for a case is kept once.
    """
    if (case_id is None) == (server_review_id is None):
        raise ValueError("evidence belongs to a case or to a review of a server")
    kept: Mapping[str, Any] = from_json(to_json(content))  # as it will come back
    return await insert_evidence(
        tx,
        case_id=case_id,
        server_review_id=server_review_id,
        kind=kind,
        subject_id=str(subject_id),
        is_private=is_private,
        is_graphic=is_graphic,
        content=kept,
        files=files,
        sha256=seal(kind, str(subject_id), kept, files),
        taken_by=taken_by,
        at=at,
    )


async def keep_evidence_of_statuses(
    tx: Transaction,
    *,
    at: datetime,
    case_id: int,
    status_ids: Sequence[int],
    taken_by: int | None,
    with_thread: bool = True,
) -> list[int]:
    """Seal these posts with their edits, files and the thread around them; ids of the evidence.

    The thread is what `taken_by` may see of it (None: the public), without direct messages.
    Deleted posts that are still there are taken too; unknown ids are left out.
    """
    if not status_ids:
        return []
    found = await list_statuses_for_evidence(tx, status_ids=status_ids)
    made = []
    for row in found:
        is_private = row["visibility"] >= PRIVATE_FROM
        media = from_json(row["media"])
        said = [{k: v for k, v in one.items() if k != "key"} for one in media]
        made.append(
            await add_evidence(
                tx,
                at=at,
                case_id=case_id,
                kind="status",
                subject_id=row["id"],
                content=from_json(row["content"]) | {"media": said},
                is_private=is_private,
                is_graphic=row["is_sensitive"],
                taken_by=taken_by,
            )
        )
        for one in media:
            await _want_file(
                tx,
                at=at,
                case_id=case_id,
                subject_id=one["id"],
                key=one["key"],
                remote_url=one["remote_url"],
                is_private=is_private,
                content={
                    "media_id": one["id"],
                    "status_id": str(row["id"]),
                    "kind": one["kind"],
                    "description": one["description"],
                    "remote_url": one["remote_url"],
                },
            )
    if with_thread and found:
        made += await _keep_thread(
            tx,
            at=at,
            case_id=case_id,
            conversation_ids=sorted({row["conversation_id"] for row in found}),
            except_ids=[row["id"] for row in found],
            taken_by=taken_by,
        )
    return made


async def keep_evidence_of_thread(
    tx: Transaction, *, at: datetime, case_id: int, conversation_id: int, taken_by: int | None
) -> list[int]:
    """Seal a whole thread, as far as `taken_by` may see it."""
    return await _keep_thread(
        tx,
        at=at,
        case_id=case_id,
        conversation_ids=[conversation_id],
        except_ids=[],
        taken_by=taken_by,
    )


async def keep_evidence_of_profile(
    tx: Transaction, *, at: datetime, case_id: int, account_id: int, taken_by: int | None
) -> int | None:
    """Seal how the account presents itself, pictures included; None if there is none."""
    row = await find_profile_for_evidence(tx, account_id=account_id)
    if row is None:
        return None
    for part, key in (("avatar", row["avatar_key"]), ("header", row["header_key"])):
        if key:
            await _want_file(
                tx,
                at=at,
                case_id=case_id,
                subject_id=f"{part}:{account_id}",
                key=key,
                remote_url=None,
                is_private=False,
                content={"account_id": str(account_id), "kind": part},
            )
    return await add_evidence(
        tx,
        at=at,
        case_id=case_id,
        kind="profile",
        subject_id=account_id,
        content=from_json(row["content"]),
        taken_by=taken_by,
    )


async def _keep_thread(
    tx: Transaction,
    *,
    at: datetime,
    case_id: int,
    conversation_ids: Sequence[int],
    except_ids: Sequence[int],
    taken_by: int | None,
) -> list[int]:
    around = await list_thread_for_evidence(
        tx, viewer_id=taken_by, conversation_ids=conversation_ids, except_ids=except_ids
    )
    if not around:
        return []
    made = await add_evidence(
        tx,
        at=at,
        case_id=case_id,
        kind="thread",
        subject_id=conversation_ids[0],
        content={"statuses": around},
        is_private=any(one["visibility"] >= PRIVATE_FROM for one in around),
        taken_by=taken_by,
    )
    return [made]


async def _want_file(
    tx: Transaction,
    *,
    at: datetime,
    case_id: int,
    subject_id: str,
    key: str | None,
    remote_url: str | None,
    is_private: bool,
    content: Mapping[str, Any],
) -> None:
    """Hold the file and have it copied."""
    copy_id = await insert_copy(
        tx,
        case_id=case_id,
        subject_id=subject_id,
        source_key=key,
        remote_url=remote_url,
        is_private=is_private,
        content=content,
        at=at,
    )
    if copy_id is None:
        return
    if key:
        await hold_files(tx, keys=[key], holder=holder_of(copy_id), at=at)
    await record(tx, EvidenceFileWanted(copy_id=copy_id))
