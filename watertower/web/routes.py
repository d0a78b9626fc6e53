"""Every page, on one page. Addresses that browsers and apps know are as Mastodon has them."""

from watertower.web.assets import get_asset, get_favicon, get_touch_icon
from watertower.web.media import get_media_file, get_proxied_media
from watertower.web.route import Route, route

ROUTES: list[Route] = [
    # Files
    route("GET", "/media/*key", get_media_file, knows_session=False),
    route("GET", "/media_proxy/:id/:part", get_proxied_media, knows_session=False),
    route("GET", "/assets/:name", get_asset, knows_session=False),
    route("GET", "/favicon.ico", get_favicon, knows_session=False),
    route("GET", "/apple-touch-icon.png", get_touch_icon, knows_session=False),
]
