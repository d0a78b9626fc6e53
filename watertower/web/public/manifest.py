"""GET /manifest: how the site looks when it is put on a phone's home screen (W3C App Manifest)."""

from watertower.base.web import Response, json_response
from watertower.web.assets import asset_path
from watertower.web.request import WebRequest


async def get_manifest(request: WebRequest) -> Response:
    """The web app manifest."""
    response = json_response(
        {
            "id": "/",
            "name": request.site.title,
            "short_name": request.site.title[:30],
            "description": request.site.short_description,
            "start_url": "/",
            "scope": "/",
            "display": "browser",
            "background_color": "#f6f4ef",
            "theme_color": "#0f5e66",
            "icons": [
                {
                    "src": asset_path(f"icon-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for size in (192, 512)
            ],
        },
        headers={"cache-control": "public, max-age=300"},
    )
    response.content_type = "application/manifest+json; charset=utf-8"
    return response
