"""/settings/migration: come from another account, or go to one."""

from watertower.accounts.access.accounts import account_for
from watertower.accounts.access.moves import aliases_of, moved_to
from watertower.accounts.actions.aliases import add_alias, remove_alias
from watertower.accounts.actions.move import may_move_from, move_account, redirect_account, stay
from watertower.accounts.errors import WrongPassword
from watertower.base.errors import Conflict, Invalid, NotFound, TooMany
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.request import WebRequest

NOTES = {
    "alias": "The alias is kept. Now start the move from your old account.",
    "removed": "The alias is gone.",
    "moved": "You moved. Your followers are taken along in the next minutes.",
    "redirected": "Your profile points to the other account now.",
    "stays": "Your profile points nowhere any more.",
}
LONGEST_HANDLE = 500


async def get_migration(request: WebRequest) -> Response:
    """Aliases, and the form to leave."""
    return await _page(request)


async def get_aliases(request: WebRequest) -> Response:
    """Where Mastodon has the aliases."""
    del request
    return redirect("/settings/migration")


async def post_alias(request: WebRequest) -> Response:
    """Name a former account."""
    handle = request.line("alias", LONGEST_HANDLE)
    try:
        await add_alias(request.ctx, account_id=request.my_account_id, handle=handle)
    except (Invalid, NotFound) as refused:
        return await _page(request, {"alias": f"{refused.says}."})
    return redirect("/settings/migration?note=alias", 303)


async def post_remove_alias(request: WebRequest) -> Response:
    """Name it no longer."""
    uri = request.text("uri", 2000)
    await remove_alias(request.ctx, account_id=request.my_account_id, uri=uri)
    return redirect("/settings/migration?note=removed", 303)


async def post_migration(request: WebRequest) -> Response:
    """Move with the followers, or only point to the other account."""
    only_points = request.text("how") == "redirect"
    act = redirect_account if only_points else move_account
    try:
        await act(
            request.ctx,
            login_id=request.login.id,
            password=request.secret("password"),
            handle=request.line("handle", LONGEST_HANDLE),
        )
    except (WrongPassword, TooMany) as refused:
        return await _page(request, {"password": f"{refused.says}."})
    except (Invalid, NotFound, Conflict) as refused:
        return await _page(request, {"handle": f"{refused.says}."})
    return redirect(f"/settings/migration?note={'redirected' if only_points else 'moved'}", 303)


async def post_stay(request: WebRequest) -> Response:
    """Point nowhere any more."""
    await stay(request.ctx, account_id=request.my_account_id)
    return redirect("/settings/migration?note=stays", 303)


async def _page(request: WebRequest, problems: dict[str, str] | None = None) -> Response:
    account = await account_for(request.ctx, account_id=request.my_account_id)
    return page(
        request,
        "settings_migration.html",
        status=422 if problems else 200,
        aliases=await aliases_of(request.ctx, account=account),
        moved_to=await moved_to(request.ctx, account=account),
        not_before=await may_move_from(request.ctx, account_id=account.id),
        my_handle=f"{account.username}@{request.ctx.settings.server.domain}",
        typed={"alias": request.line("alias"), "handle": request.line("handle")},
        only_points=request.text("how") == "redirect",
        problems=problems or {},
        note=NOTES.get(request.text("note")),
    )
