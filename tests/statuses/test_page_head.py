"""What pages say about themselves, however badly."""

import time

from watertower.statuses.page_head import first_link, read_page

URL = "https://example.com/a/b"


def read(text, content_type="text/html"):
    return read_page(
        text if isinstance(text, bytes) else text.encode(), content_type=content_type, url=URL
    )


def test_a_title_is_enough():
    found = read("<title> A\n title </title>")
    assert (found.content.title, found.content.description, found.image_url) == (
        "A title",
        "",
        None,
    )


def test_a_page_without_a_title_is_nothing():
    assert read("<p>text</p>") is None
    assert read(b"") is None
    assert read(b"\x00\xff\xfe") is None


def test_the_charset_is_that_of_the_answer_then_of_the_page():
    latin = "<title>Größe</title>".encode("latin-1")
    assert read(latin, "text/html; charset=iso-8859-1").content.title == "Größe"
    assert read(b'<meta charset="iso-8859-1">' + latin).content.title == "Größe"
    assert read("<title>Größe</title>", "text/html; charset=nonsense").content.title == "Größe"


def test_only_web_addresses_are_believed():
    for address in ("javascript:alert(1)", "data:image/png;base64,AA", "http://[", "/x"):
        found = read(f'<title>t</title><meta property="og:image" content="{address}">')
        assert found.image_url is None or found.image_url.startswith("https://example.com/")


def test_endless_titles_and_open_tags_take_no_time():
    started = time.process_time()
    for text in ("<title>" + "x" * 2_000_000, "<" * 500_000, "<a " * 200_000, "<!--" * 200_000):
        read(text)
    assert time.process_time() - started < 3


def test_the_first_link_is_no_mention_and_no_tag():
    html = (
        '<p><a href="https://x.example/@b" class="u-url mention">@b</a>'
        '<a href="https://x.example/tags/c" rel="tag">#c</a>'
        '<a href="https://y.example/page?a=1&amp;b=2">y</a><a href="https://z.example">z</a></p>'
    )
    assert first_link(html) == "https://y.example/page?a=1&b=2"
    assert first_link("<p>none</p>") is None
