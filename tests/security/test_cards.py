"""Pages that were written to keep us busy."""

import time

import pytest

from watertower.statuses.page_head import first_link, read_page

HALF_A_MEGABYTE = 500_000
HOSTILE_HTML = [
    "<a ",
    "<!--",
    "<![CDATA[",
    "</",
    "<a b='",
    '<meta a="',
    "<title>",
    "<script>",
    "<!doctype [",
    "&#",
]


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "zlib", "rot13", "x"])
def test_a_charset_that_is_none_costs_no_time(charset):
    body = b"<title>Hello</title>" + b"a" * HALF_A_MEGABYTE + b"-" + b"b9" * HALF_A_MEGABYTE
    started = time.process_time()

    head = read_page(
        body, content_type=f"text/html; charset={charset}", url="https://slow.example/"
    )

    assert head.content.title == "Hello"
    assert time.process_time() - started < 2


@pytest.mark.parametrize("piece", HOSTILE_HTML)
def test_hostile_html_is_read_in_bounded_time(piece):
    started = time.process_time()

    read_page(
        (piece * (HALF_A_MEGABYTE // len(piece))).encode(),
        content_type="text/html",
        url="https://slow.example/",
    )
    first_link(piece * (20_000 // len(piece)))

    assert time.process_time() - started < 5
