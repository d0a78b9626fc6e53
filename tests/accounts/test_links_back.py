"""Whether a stranger's page links back: by the rules, and never slowly."""

import time

import pytest

from watertower.accounts.links_back import links_back

ME = {"https://tower.example/@alice", "https://tower.example/ap/users/1"}


@pytest.mark.parametrize(
    "page",
    [
        '<a rel="me" href="https://tower.example/@alice">me</a>',
        "<A HREF='HTTPS://TOWER.example/@Alice/' REL='nofollow ME noopener'>me</A>",
        "<link href=https://tower.example/@alice rel=me>",
        '<link\nrel="me"\nhref="https://tower.example/ap/users/1" />',
        '<a title="a > b" rel=me href="https://tower.example/@alice">',
        '<a rel="me" href="https://tower.example/@alice&#x2f;">',
        '<!-- x --><script>"<a"</script><p><a rel=me href=https://tower.example/@alice>',
        '<a href="x"><a "broken><a rel="me" href="https://tower.example/@alice">',
    ],
)
def test_pages_that_link_back(page):
    assert links_back(page.encode(), ME)


@pytest.mark.parametrize(
    "page",
    [
        "",
        '<a href="https://tower.example/@alice">',
        '<a rel="menu" href="https://tower.example/@alice">',
        '<a rel="me" href="https://tower.example/@alice2">',
        '<a rel="me" rel="x" href="https://evil.example/" href="https://tower.example/@alice">',
        '<!-- <a rel="me" href="https://tower.example/@alice"> -->',
        '<script>"<a rel=me href=https://tower.example/@alice>"</script>',
        "<textarea><a rel=me href=https://tower.example/@alice></textarea>",
        '<abbr rel="me" href="https://tower.example/@alice">',
        "&lt;a rel=me href=https://tower.example/@alice&gt;",
        '<p title="<a rel=me href=https://other.example/>">',
    ],
)
def test_pages_that_do_not(page):
    assert not links_back(page.encode(), ME)


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a ",
        '<a href="',
        "<a href='\">",
        "<script>",
        "<",
        "<![CDATA[",
        "<a" + " b=c" * 50,
        "</script",
        "&#",
        "<a rel=me>",
        "\x00\xff",
    ],
)
def test_a_megabyte_of_anything_is_read_in_a_moment(piece):
    page = (piece * (1_000_000 // len(piece))).encode("latin-1")
    started = time.perf_counter()
    assert not links_back(page, ME)
    assert time.perf_counter() - started < 3
