"""Every page, on one page. Addresses that browsers and apps know are as Mastodon has them."""

from watertower.web.assets import get_asset, get_favicon, get_touch_icon
from watertower.web.route import Route, route

ROUTES: list[Route] = [
    # Files
    route("GET", "/assets/:name", get_asset, knows_session=False),
    route("GET", "/favicon.ico", get_favicon, knows_session=False),
    route("GET", "/apple-touch-icon.png", get_touch_icon, knows_session=False),
]
