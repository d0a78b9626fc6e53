"""Uploads as both versions of the endpoint read and answer them."""

import math

from watertower.api.request import ApiRequest, invalid
from watertower.media.actions.upload import upload
from watertower.media.errors import CannotProcess
from watertower.media.model import MAX_DESCRIPTION, Media, MediaState


async def take_upload(request: ApiRequest) -> int:
    """Read the parameters of an upload and take it; answers its id."""
    file = request.upload("file")
    if file is None:
        raise invalid("file", "can't be blank", "ERR_BLANK")
    return await upload(
        request.ctx,
        account_id=request.my_account_id,
        file=file,
        thumbnail=request.upload("thumbnail"),
        description=description_of(request),
        focus=focus_of(request),
    )


def status_of(media: Media) -> int:
    """202 for what is not processed yet, else 200; CannotProcess if that failed."""
    if media.state is MediaState.FAILED:
        raise CannotProcess
    return 200 if media.state is MediaState.DONE else 202


def description_of(request: ApiRequest) -> str | None:
    """The alt text; blank is none."""
    description = request.text("description", limit=MAX_DESCRIPTION)
    return description.strip() or None if description else None


def focus_of(request: ApiRequest) -> tuple[float, float] | None:
    """The focal point, sent as "x,y"; beyond the edge counts as on the edge."""
    given = request.text("focus", limit=100)
    if not given:
        return None
    try:
        x, y = (float(part) for part in given.split(","))
    except ValueError:
        raise invalid("focus", "must be two numbers, x,y") from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise invalid("focus", "must be two numbers, x,y")
    return max(-1.0, min(1.0, x)), max(-1.0, min(1.0, y))
