"""Turns a template and its values into a page.

Templates escape everything; what is HTML already is marked so where it is made (views). They
use the site's name and whose session it is from the request.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from watertower.base.web import Response
from watertower.web.assets import FOLDER as ASSETS
from watertower.web.assets import asset_path
from watertower.web.csrf import FIELD
from watertower.web.desk_menu import menu_for
from watertower.web.request import WebRequest
from watertower.web.security import page_headers
from watertower.web.views.moments import machine_time, short_time, spoken_time
from watertower.web.views.numbers import counted, shortened


@cache
def environment() -> Environment:
    """The templates, and what all of them may use."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    found.globals["asset"] = asset_path
    found.globals["logo"] = Markup((ASSETS / "mark.svg").read_text())  # noqa: S704  # our own file
    found.filters.update(
        spoken_time=spoken_time,
        short_time=short_time,
        machine_time=machine_time,
        counted=counted,
        shortened=shortened,
    )
    return found


def page(
    request: WebRequest,
    template: str,
    *,
    status: int = 200,
    form_target: str | None = None,
    keeps: str | None = None,
    has_script: bool = False,
    **values: Any,
) -> Response:
    """A page.

    `form_target` is where a form on it may finally lead (see security.py); `keeps` is the
    Cache-Control for visitors, members' pages are never kept.
    """
    html = environment().get_template(template).render(request_values(request) | values)
    headers: dict[str, str] = {}
    if form_target or has_script:
        headers = page_headers(request.ctx.settings, form_target=form_target, has_script=has_script)
    if keeps and request.signed_in is None and not request.new_cookies:
        headers["cache-control"] = keeps
    return Response(
        html.encode("utf-8", "replace"),
        status,
        content_type="text/html; charset=utf-8",
        headers=headers,
    )


def request_values(request: WebRequest) -> dict[str, Any]:
    """What every template is given."""
    return {
        "site": request.site,
        "viewer": request.viewer,
        "signed_in": request.signed_in,
        "base_url": request.ctx.settings.base_url,
        "domain": request.ctx.settings.server.domain,
        "path": request.path,
        "form_field": FIELD,
        "form_token": request.form_token,
        "now": request.ctx.now(),
        "desk_menu": menu_for(request.viewer),
    }
