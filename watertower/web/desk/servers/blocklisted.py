"""/desk/servers/blocklists: lists of others, line by line, and ours as a file for others."""

import asyncio

from watertower.base.errors import NotFound, Refused
from watertower.base.params import Upload
from watertower.base.web import Response, redirect
from watertower.moderation.access.blocklists import PAGE, blocklist_page, blocklists, exported
from watertower.moderation.actions.servers.blocklist import (
    choose,
    import_blocklist,
    subscribe,
    unsubscribe,
)
from watertower.moderation.model.blocklists import FORMATS, MOST_BYTES
from watertower.web.pages import page
from watertower.web.request import WebRequest

SHOWN = {
    "draft": "New",
    "applied": "Applied",
    "ignored": "Ignored",
    "retracted": "Taken back by the list",
}
FILES = {
    "blocklist.csv": ("mastodon_csv", "text/csv; charset=utf-8"),
    "blocklist.json": ("gotosocial_json", "application/json"),
    "blocklist.fires.json": ("fires", "application/json"),
}


async def get_blocklists(request: WebRequest) -> Response:
    """All lists, and the forms to take in another."""
    return await _list(request)


async def _list(request: WebRequest, wrong: str = "") -> Response:
    return page(
        request,
        "desk/servers_blocklists.html",
        status=422 if wrong else 200,
        lists=await blocklists(request.ctx),
        formats=FORMATS,
        files=FILES,
        wrong=wrong,
    )


async def post_blocklists(request: WebRequest) -> Response:
    """Take in a file, or follow an address."""
    me, name = request.my_account_id, request.line("name", 300)
    try:
        if request.text("do", 10) == "subscribe":
            found, unread = await subscribe(
                request.ctx, actor_id=me, name=name, url=request.line("url", 2000)
            )
        else:
            file = request.params.get("file")
            if not isinstance(file, Upload) or not 0 < file.size <= MOST_BYTES:
                return await _list(request, "Please choose a file of at most 10 MB.")
            body = await asyncio.to_thread(file.path.read_bytes)
            found, unread = await import_blocklist(
                request.ctx, actor_id=me, name=name or file.filename, body=body
            )
    except Refused as refused:
        return await _list(request, refused.says)
    return redirect(f"/desk/servers/blocklists/{found}?unread={len(unread)}", 303)


async def get_blocklist(request: WebRequest) -> Response:
    """The lines of one list in a state, with what they would do."""
    shown = request.text("shown", 20) if request.text("shown", 20) in SHOWN else "draft"
    held, entries, impact = await blocklist_page(
        request.ctx, blocklist_id=request.path_id(), shown=shown, after=request.line("after", 253)
    )
    return page(
        request,
        "desk/servers_blocklist.html",
        held=held,
        entries=entries[:PAGE],
        further=entries[PAGE - 1].domain if len(entries) > PAGE else "",
        impact=impact,
        shown=shown,
        states=SHOWN.items(),
        unread=request.text("unread", 6),
        done=request.text("done", 6),
        left=request.text("left", 6),
    )


async def post_blocklist(request: WebRequest) -> Response:
    """Apply, ignore or lift the ticked lines; or stop following the list."""
    blocklist_id, what = request.path_id(), request.text("do", 20)
    address = f"/desk/servers/blocklists/{blocklist_id}"
    if what == "unsubscribe":
        await unsubscribe(request.ctx, actor_id=request.my_account_id, blocklist_id=blocklist_id)
        return redirect(address, 303)
    if what not in {"apply", "ignore", "lift"}:
        raise NotFound
    ticked = request.params.get("domains")
    domains = [one for one in ticked if isinstance(one, str)] if isinstance(ticked, list) else []
    done, left = await choose(
        request.ctx,
        actor_id=request.my_account_id,
        blocklist_id=blocklist_id,
        domains=domains[: PAGE * 2],
        what=what,
    )
    shown = request.text("shown", 20)
    shown = shown if shown in SHOWN else "draft"
    return redirect(f"{address}?shown={shown}&done={done}&left={len(left)}", 303)


async def get_file(request: WebRequest) -> Response:
    """What was decided here, in one of the formats."""
    if request.path_params["name"] not in FILES:
        raise NotFound
    kind, content_type = FILES[request.path_params["name"]]
    return Response(
        await exported(request.ctx, kind=kind),
        content_type=content_type,
        headers={"content-disposition": f'attachment; filename="{request.path_params["name"]}"'},
    )
