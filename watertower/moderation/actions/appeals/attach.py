"""Files that come with a message: kept where nothing is served from, given out as downloads."""

from collections.abc import Sequence
from pathlib import Path

from watertower.base.context import Context
from watertower.base.params import Upload
from watertower.base.text.clean import clean_text
from watertower.media.rules.keys import new_evidence_key
from watertower.media.rules.sniff import HEAD_BYTES, sniff
from watertower.moderation.errors.appeals import BadFile
from watertower.moderation.model.appeals import MOST_FILE_BYTES, MOST_FILES, StoredFile


async def stored_files(ctx: Context, uploads: Sequence[Upload]) -> list[StoredFile]:
    """The files, in the store. Raises BadFile, and then none is kept."""
    wanted = [one for one in uploads if one.size > 0]
    if len(wanted) > MOST_FILES:
        raise BadFile
    types = [_type_of(one) for one in wanted]
    kept: list[StoredFile] = []
    for upload, content_type in zip(wanted, types, strict=True):
        key = new_evidence_key()
        await ctx.storage.put(key, upload.path, content_type="application/octet-stream")
        name = clean_text(Path(upload.filename.replace("\\", "/")).name)[:100] or "file"
        kept.append(StoredFile(name, key, content_type, upload.size))
    return kept


async def forget_files(ctx: Context, files: Sequence[StoredFile]) -> None:
    """What was stored for a message that was refused after all."""
    if files:
        await ctx.storage.delete([one.key for one in files])


def _type_of(upload: Upload) -> str:
    if upload.size > MOST_FILE_BYTES:
        raise BadFile
    with upload.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    kind = sniff(head)
    if kind is not None and kind.family == "image":
        return kind.content_type
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        # A letter of several bytes may be cut off at the end of what was read.
        text = head.decode("utf-8", "strict" if upload.size <= HEAD_BYTES else "ignore")
    except UnicodeDecodeError as error:
        raise BadFile from error
    if kind is not None or "\x00" in text or len(text.encode()) < len(head) - 3:
        raise BadFile
    return "text/plain; charset=utf-8"
