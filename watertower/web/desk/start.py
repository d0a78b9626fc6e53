"""/desk: leads to the first page of the desk that one may see."""

from watertower.base.errors import NotFound
from watertower.base.web import Response, redirect
from watertower.web.desk_menu import menu_for
from watertower.web.request import WebRequest


async def get_desk(request: WebRequest) -> Response:
    """Lead on; there is no desk for those who may nothing there."""
    menu = menu_for(request.viewer)
    if not menu:
        raise NotFound
    return redirect(menu[0].path, 303)
