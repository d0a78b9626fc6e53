"""Link headers of lists (RFC 8288): where the next and the previous page are."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from watertower.api.request import ApiRequest
from watertower.base.paging import Page

PAGING = frozenset({"max_id", "since_id", "min_id", "access_token"})
MOST_REPEATED = 2000  # characters; what is longer is no filter of a list, and headers have an end


def link_header(
    request: ApiRequest, sorts: Sequence[int], page: Page, *, goes_on: bool = False
) -> dict[str, str]:
    """The Link header for a page whose rows sort by these ids, newest first.

    `next` is left out when the list came back shorter than asked for; `prev` always leads to
    what is newer, because it may still come. Apps filter rows out, so shortness is judged on
    what the database gave. Lists that leave rows out while they are read say `goes_on`: for
    them only an empty page is the end.
    """
    if not sorts:
        return {}
    kept = [(k, v) for k, v in _flat(request.params) if k not in PAGING]
    if len(urlencode(kept)) > MOST_REPEATED:
        kept = []
    path = quote(request.path, safe="/@:")
    base = f"{request.ctx.settings.base_url}{path}"
    links = [f'<{base}?{urlencode([*kept, ("min_id", str(sorts[0]))])}>; rel="prev"']
    if goes_on or len(sorts) >= page.limit or page.upwards:
        links.insert(0, f'<{base}?{urlencode([*kept, ("max_id", str(sorts[-1]))])}>; rel="next"')
    return {"link": ", ".join(links)}


def _flat(params: dict[str, object]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, value in params.items():
        if isinstance(value, list):
            flat += [(f"{name}[]", str(item)) for item in value]
        elif not isinstance(value, dict):
            flat.append((name, str(value)))
    return flat
