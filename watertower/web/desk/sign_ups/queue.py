"""/desk/sign_ups: applications that wait, and one decision for many that are alike."""

from watertower.base.errors import Invalid
from watertower.base.web import Response, redirect
from watertower.moderation.access.sign_ups import counts_for, networks_for, sign_ups_for
from watertower.moderation.actions.sign_ups.review import decide_many
from watertower.moderation.model.sign_ups import State
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest, id_of

SHOWN = 50
TABS = (
    ("waiting", "Waiting", (State.PENDING, State.ANSWERED)),
    ("questioned", "Questioned", (State.QUESTIONED,)),
    ("started", "Not confirmed", (State.STARTED,)),
    ("refused", "Refused", (State.REFUSED,)),
)


async def get_queue(request: WebRequest) -> Response:
    """The queue, the one that waits longest first; of one network if asked for."""
    return await _page(request)


async def post_batch(request: WebRequest) -> Response:
    """Decide about all that are ticked. Never by load: a person ticks them."""
    ids = [
        number
        for name, value in request.params.items()
        if name.startswith("pick_") and value and (number := id_of(name[5:])) is not None
    ]
    if not ids:
        return await _page(request, wrong="Tick at least one application.")
    try:
        reached = await decide_many(
            request.ctx,
            actor_id=request.my_account_id,
            account_ids=ids,
            approves=request.text("decision") == "approve",
            reason=request.text("reason", 4000),
        )
    except Invalid as refused:
        return await _page(request, wrong=said(refused))
    return redirect(f"/desk/sign_ups?reached={reached}", 303)


async def get_networks(request: WebRequest) -> Response:
    """From where several applications came."""
    return page(
        request, "desk/sign_ups_networks.html", networks=await networks_for(request.ctx), tabs=TABS
    )


async def _page(request: WebRequest, *, wrong: str | None = None) -> Response:
    tab = next((one for one in TABS if one[0] == request.text("tab", 20)), TABS[0])
    network = request.line("network", 64) or None
    states = tab[2] if network is None else (*tab[2], State.STARTED)
    number = id_of(request.text("page", 6)) or 0
    found = await sign_ups_for(
        request.ctx,
        states=states,
        network=network,
        limit=SHOWN + 1,
        offset=number * SHOWN,
    )
    counts = await counts_for(request.ctx)
    return page(
        request,
        "desk/sign_ups.html",
        status=422 if wrong else 200,
        sign_ups=found[:SHOWN],
        tabs=[(key, words, sum(counts.get(s, 0) for s in held)) for key, words, held in TABS],
        tab=tab[0],
        network=network,
        number=number,
        has_more=len(found) > SHOWN,
        wrong=wrong,
        reached=id_of(request.text("reached", 6)),
    )
