"""/api/v1/annual_reports: a year in posts. Not made here; apps learn so and ask no more."""

from watertower.api.request import ApiRequest
from watertower.base.errors import NotFound
from watertower.base.web import Response, json_response


async def get_annual_reports(request: ApiRequest) -> Response:
    """No reports."""
    del request
    return json_response({"annual_reports": [], "accounts": [], "statuses": []})


async def get_state(request: ApiRequest) -> Response:
    """No report can be made for this year."""
    request.path_id("year")
    return json_response({"state": "ineligible"})


async def get_annual_report(request: ApiRequest) -> Response:
    """There is none for any year."""
    del request
    raise NotFound


async def post_read(request: ApiRequest) -> Response:
    """There is none that could be marked as read."""
    del request
    raise NotFound


async def post_generate(request: ApiRequest) -> Response:
    """Nothing is made: the year is not one of which reports are made."""
    request.path_id("year")
    return json_response({})
