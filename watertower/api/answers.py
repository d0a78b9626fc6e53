"""Answers that many endpoints give: a status, a list of statuses, a list of accounts."""

from collections.abc import Sequence

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.api.shapes.status import render_status, render_statuses
from watertower.base.paging import Page
from watertower.base.web import Response
from watertower.statuses.access.statuses import line_for
from watertower.statuses.model import StatusLine


async def answer_with_status(request: ApiRequest, status_id: int) -> Response:
    """The status as the viewer sees it now."""
    line = await line_for(request.ctx, viewer=request.viewer, status_id=status_id)
    return raw_response(await render_status(request.ctx, line, viewer=request.viewer))


async def answer_with_statuses(
    request: ApiRequest,
    lines: Sequence[StatusLine],
    page: Page,
    *,
    filter_context: str | None,
    goes_on: bool = False,
) -> Response:
    """A page of statuses with its Link header."""
    bodies = await render_statuses(
        request.ctx, lines, viewer=request.viewer, filter_context=filter_context
    )
    links = link_header(request, [line.sort for line in lines], page, goes_on=goes_on)
    return raw_response(raw_list(bodies), links)


async def answer_with_accounts(
    request: ApiRequest, rows: Sequence[tuple[int, int]], page: Page
) -> Response:
    """A page of accounts, given as (account id, id to page by), with its Link header."""
    accounts = await render_accounts(request.ctx, [account_id for account_id, _ in rows])
    bodies = [accounts[account_id] for account_id, _ in rows if account_id in accounts]
    return raw_response(raw_list(bodies), link_header(request, [sort for _, sort in rows], page))
