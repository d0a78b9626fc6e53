"""Attachments of statuses that other servers sent: remembered by address, fetched when looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.base.text.clean import clean_text
from watertower.media.model import MAX_DESCRIPTION, MediaKind
from watertower.media.queries.remote import insert_remote, list_remote, update_remote

MAX_REMOTE = 16  # attachments of one status
MAX_ADDRESS = 2048
MAX_BLURHASH = 200
FAMILIES = {"image": MediaKind.IMAGE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}


@dataclass(frozen=True)
class RemoteFile:
    """An attachment as another server describes it. Nothing in it is believed to be true."""

    url: str
    content_type: str = ""
    preview_url: str | None = None
    description: str | None = None
    blurhash: str | None = None
    width: int | None = None
    height: int | None = None
    focus: tuple[float, float] | None = None

    @property
    def kind(self) -> MediaKind:
        """What it says it is; what it really is shows when it is fetched."""
        family = self.content_type.partition("/")[0].lower()
        return FAMILIES.get(family, MediaKind.UNKNOWN)

    @property
    def meta(self) -> dict[str, dict[str, float | int | str]]:
        """Size and focal point, as attachments keep them, as far as they are possible."""
        meta: dict[str, dict[str, float | int | str]] = {}
        width, height = self.width or 0, self.height or 0
        if 0 < width < 100_000 and 0 < height < 100_000:
            meta["original"] = {
                "width": width,
                "height": height,
                "size": f"{width}x{height}",
                "aspect": width / height,
            }
        if self.focus is not None and all(-1 <= part <= 1 for part in self.focus):
            meta["focus"] = {"x": self.focus[0], "y": self.focus[1]}
        return meta


async def attach_remote(
    tx: Transaction,
    *,
    account_id: int,
    status_id: int,
    files: Sequence[RemoteFile],
    at: datetime,
) -> list[int]:
    """Remember what a remote status shows; ids in order, for statuses.media_ids.

    Called again with an edit, it keeps the rows (and our copies) of addresses it knows, changes
    their descriptions, adds new ones; those no longer listed are for `detach`.
    """
    known = {m.remote_url: m.id for m in await list_remote(tx, status_id=status_id)}
    ids = []
    for file in files[:MAX_REMOTE]:
        if not file.url.startswith(("https://", "http://")) or len(file.url) > MAX_ADDRESS:
            continue
        description = clean_text(file.description[:MAX_DESCRIPTION]) if file.description else None
        preview = file.preview_url
        if preview is not None and (
            len(preview) > MAX_ADDRESS or not preview.startswith(("https://", "http://"))
        ):
            preview = None
        blurhash = file.blurhash if len(file.blurhash or "") <= MAX_BLURHASH else None
        if file.url in known:
            media_id = known[file.url]
            await update_remote(
                tx, media_id=media_id, description=description, meta=file.meta, at=at
            )
        else:
            media_id = known[file.url] = await insert_remote(
                tx,
                account_id=account_id,
                status_id=status_id,
                kind=file.kind,
                content_type=file.content_type[:100],
                url=file.url,
                preview_url=preview,
                description=description,
                blurhash=blurhash,
                meta=file.meta,
                at=at,
            )
        if media_id not in ids:
            ids.append(media_id)
    return ids
