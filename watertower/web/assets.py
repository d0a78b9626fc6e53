"""Our own pictures and the style sheet, read once, named by what is in them.

The style's address carries a hash of its content, so browsers may keep it for ever. Pictures
have addresses that apps know (`/assets/avatar.png`), so they are kept for a day.
"""

import hashlib
from functools import cache
from pathlib import Path

from watertower.base.errors import NotFound
from watertower.base.web import Response
from watertower.web.request import WebRequest

FOLDER = Path(__file__).parent / "assets"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


@cache
def _files() -> dict[str, tuple[bytes, str]]:
    """Content and hash of each file, by its name."""
    found = {}
    for file in FOLDER.iterdir():
        if file.suffix in TYPES:
            body = file.read_bytes()
            found[file.name] = (body, hashlib.sha256(body).hexdigest()[:16])
    return found


@cache
def asset_path(name: str) -> str:
    """Where a file is, with its hash: `/assets/style-0123456789abcdef.css`."""
    stem, _, ending = name.rpartition(".")
    return f"/assets/{stem}-{_files()[name][1]}.{ending}"


async def get_asset(request: WebRequest) -> Response:
    """One of our files, by its plain name or by its name with the hash."""
    return answer_asset(request, request.path_params["name"])


async def get_missing_avatar(request: WebRequest) -> Response:
    """What stands for a picture that nobody chose, where apps expect it."""
    return answer_asset(request, "avatar.png")


async def get_missing_header(request: WebRequest) -> Response:
    """The same for the picture at the top of a profile."""
    return answer_asset(request, "header.png")


async def get_favicon(request: WebRequest) -> Response:
    """The icon that browsers ask for unasked."""
    return answer_asset(request, "favicon.ico")


async def get_touch_icon(request: WebRequest) -> Response:
    """The icon for a phone's home screen."""
    return answer_asset(request, "touch-icon.png")


def answer_asset(request: WebRequest, asked: str) -> Response:
    """A file, or 304 if the browser has it."""
    name, keeps = asked, A_DAY
    stem, _, ending = asked.rpartition(".")
    bare, dash, digest = stem.rpartition("-")
    if dash and _files().get(f"{bare}.{ending}", (b"", ""))[1] == digest:
        name, keeps = f"{bare}.{ending}", FOR_EVER
    if name not in _files():
        raise NotFound
    body, digest = _files()[name]
    headers = {"cache-control": keeps, "etag": f'"{digest}"', "x-content-type-options": "nosniff"}
    headers["access-control-allow-origin"] = "*"
    if request.headers.get("if-none-match") == f'"{digest}"':
        return Response(status=304, content_type="", headers=headers)
    return Response(body, content_type=TYPES[f".{name.rpartition('.')[2]}"], headers=headers)
