"""/settings/severed: whom one lost when servers were cut off, to see and to take along."""

import csv
import io

from watertower.accounts.access.severances import lost_in, severances_of
from watertower.base.errors import NotFound
from watertower.base.web import Response
from watertower.web.pages import page
from watertower.web.request import WebRequest

KINDS = {"following": ("following", "asked"), "followers": ("follower", "asked_by")}
SHOWN = 200


async def get_severed(request: WebRequest) -> Response:
    """All of it, latest first."""
    found = await severances_of(request.ctx, account_id=request.my_account_id)
    return page(request, "settings_severed.html", severances=found)


async def get_one(request: WebRequest) -> Response:
    """One server, with everybody on it."""
    event, lost = await lost_in(
        request.ctx, account_id=request.my_account_id, severance_id=request.path_id()
    )
    return page(
        request,
        "settings_severed_one.html",
        event=event,
        lost=lost[:SHOWN],
        more=max(0, len(lost) - SHOWN),
    )


async def get_file(request: WebRequest) -> Response:
    """The same as a file that Mastodon and others can import."""
    name, _, ending = request.path_params["name"].partition(".")
    if name not in KINDS or ending != "csv":
        raise NotFound
    event, lost = await lost_in(
        request.ctx,
        account_id=request.my_account_id,
        severance_id=request.path_id(),
        kinds=KINDS[name],
    )
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Account address", "Show boosts", "Notify on new posts", "Languages"])
    for one in lost:
        rows.writerow(
            [
                one.acct,
                str(one.shows_reblogs).lower(),
                str(one.notifies).lower(),
                ", ".join(one.languages or ()),
            ]
        )
    return Response(
        out.getvalue().encode(),
        content_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}-{event.domain}.csv"'},
    )
