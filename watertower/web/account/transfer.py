"""/settings/export and /settings/imports: take along what one has, bring what one had."""

import asyncio

from watertower.base.errors import Invalid, NotFound, TooMany
from watertower.base.params import Upload
from watertower.base.web import Response, redirect
from watertower.feeds.access.transfer import exported, exported_counts, failed_rows, imports_of
from watertower.feeds.actions.imports import begin_import
from watertower.feeds.transfer import MOST_BYTES, Kind, TransferRow
from watertower.web.account.transfer_files import FILE_NAMES, failures, read, written
from watertower.web.pages import page
from watertower.web.request import WebRequest

WORDS = {
    Kind.FOLLOWS: "People you follow",
    Kind.LISTS: "Lists",
    Kind.BLOCKS: "People you blocked",
    Kind.MUTES: "People you muted",
    Kind.DOMAIN_BLOCKS: "Servers you hid",
    Kind.BOOKMARKS: "Bookmarks",
    Kind.FILTERS: "Filters",
}
# `/settings/exports/:name`, the names as Mastodon has them.
NAMES = {f"{kind.value}.{'json' if kind == Kind.FILTERS else 'csv'}": kind for kind in Kind}


async def get_export(request: WebRequest) -> Response:
    """What there is, and where to fetch it."""
    counts = await exported_counts(request.ctx, account_id=request.my_account_id)
    files = {kind: name for name, kind in NAMES.items()}
    rows = [(WORDS[kind], counts[kind.value], files[kind]) for kind in WORDS]
    return page(request, "settings_export.html", rows=rows)


async def get_export_file(request: WebRequest) -> Response:
    """One file, as a download."""
    kind = NAMES.get(request.path_params["name"])
    if kind is None:
        raise NotFound
    rows = await exported(request.ctx, account_id=request.my_account_id, kind=kind)
    return _download(written(kind, rows), kind, FILE_NAMES[kind])


async def get_imports(request: WebRequest) -> Response:
    """The form, and how far earlier files are."""
    return await _page(request)


async def post_imports(request: WebRequest) -> Response:
    """Take a file; what it holds is brought in the background."""
    file, wanted = request.params.get("file"), request.text("kind", 40)
    if wanted not in set(Kind):
        return await _page(request, "Please say what the file holds.")
    if not isinstance(file, Upload) or not file.size:
        return await _page(request, "Please choose a file.")
    if file.size > MOST_BYTES:
        return await _page(request, "The file is larger than 20 MB.")
    kind = Kind(wanted)
    try:
        await begin_import(
            request.ctx,
            account_id=request.my_account_id,
            kind=kind,
            overwrites=request.text("mode") == "overwrite",
            file_name=" ".join(file.filename.split()),
            rows=await asyncio.to_thread(_rows, kind, file),
        )
    except (Invalid, TooMany) as refused:
        return await _page(request, f"{refused.says}.")
    return redirect("/settings/imports?note=begun", 303)


async def get_failures(request: WebRequest) -> Response:
    """What of a file could not be brought, with the reasons."""
    import_id = request.path_id()
    imports = await imports_of(request.ctx, account_id=request.my_account_id)
    found = next((one for one in imports if one.id == import_id), None)
    if found is None:
        raise NotFound
    rows = await failed_rows(request.ctx, account_id=request.my_account_id, import_id=import_id)
    return _download(failures(found.kind, rows), found.kind, f"failed_{FILE_NAMES[found.kind]}")


def _rows(kind: Kind, file: Upload) -> list[TransferRow]:
    """Reading twenty megabytes takes a moment, in which others must not wait."""
    return read(kind, file.path.read_bytes())


def _download(body: bytes, kind: Kind, name: str) -> Response:
    return Response(
        body,
        content_type="application/json" if kind == Kind.FILTERS else "text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


async def _page(request: WebRequest, wrong: str = "") -> Response:
    return page(
        request,
        "settings_imports.html",
        status=422 if wrong else 200,
        imports=await imports_of(request.ctx, account_id=request.my_account_id),
        kinds=[(kind.value, words) for kind, words in WORDS.items()],
        words={kind.value: words for kind, words in WORDS.items()},
        chosen=request.text("kind", 40),
        mode=request.text("mode") or "merge",
        wrong=wrong,
        has_begun=request.text("note") == "begun",
    )
