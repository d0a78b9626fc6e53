"""host-meta (RFC 6415): where WebFinger is, for servers that ask the old way."""

from xml.sax.saxutils import quoteattr

from watertower.base.json import to_json_bytes
from watertower.base.web import Response
from watertower.federation.request import FederationRequest

HEADERS = {"access-control-allow-origin": "*", "cache-control": "public, max-age=86400"}


async def show_host_meta(request: FederationRequest) -> Response:
    """As XML, or as JSON when that is what is asked for."""
    if "json" in request.headers.get("accept", ""):
        return await show_host_meta_json(request)
    template = quoteattr(_template(request))
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n'
        f'  <Link rel="lrdd" template={template}/>\n'
        "</XRD>\n"
    )
    return Response(
        body.encode(), content_type="application/xrd+xml; charset=utf-8", headers=dict(HEADERS)
    )


async def show_host_meta_json(request: FederationRequest) -> Response:
    """As JSON."""
    document = {"links": [{"rel": "lrdd", "template": _template(request)}]}
    return Response(to_json_bytes(document), content_type="application/json", headers=dict(HEADERS))


def _template(request: FederationRequest) -> str:
    return f"{request.ctx.settings.base_url}/.well-known/webfinger?resource={{uri}}"
