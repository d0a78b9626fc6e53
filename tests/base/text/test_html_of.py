"""What a member typed becomes the HTML that apps expect."""

import time
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from watertower.base.text.clean import clean_text
from watertower.base.text.html_of import MentionLink, html_of
from watertower.base.text.sanitise import plain_text, safe_html

MENTIONS = {
    "alice": MentionLink("https://here.example/@alice", "alice"),
    "bob@remote.example": MentionLink("https://remote.example/@Bob", "Bob"),
}
TYPED = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                *("@alice", "@bob@remote.example", "#Tag", "https://a.example/x(y)", "\n", "\n\n"),
                *("<script>", "&amp;", '"', "'", "(", ")", " ", "\0", "\ud800", "www.", "http://"),
            ]
        ),
    ),
    max_size=25,
).map("".join)


def as_html(text):
    return html_of(text, mentions=MENTIONS, tag_url=lambda tag: f"https://here.example/tags/{tag}")


def test_blank_lines_make_paragraphs_and_single_line_ends_make_breaks():
    assert as_html("one\ntwo\r\n\r\n\nthree\n") == "<p>one<br />two</p><p>three</p>"


def test_an_empty_text_gives_no_paragraph():
    assert as_html(" \n\n ") == ""
    assert as_html("") == ""


def test_markup_is_shown_not_obeyed():
    assert as_html('<b>"it\'s" & co') == "<p>&lt;b&gt;&quot;it&#39;s&quot; &amp; co</p>"


def test_a_local_mention_links_to_the_profile():
    assert as_html("hi @Alice!") == (
        '<p>hi <span class="h-card" translate="no"><a href="https://here.example/@alice" '
        'class="u-url mention">@<span>alice</span></a></span>!</p>'
    )


def test_a_remote_mention_shows_the_name_without_the_domain():
    assert as_html("@Bob@Remote.example") == (
        '<p><span class="h-card" translate="no"><a href="https://remote.example/@Bob" '
        'class="u-url mention">@<span>Bob</span></a></span></p>'
    )


def test_a_mention_of_nobody_we_know_stays_text():
    assert as_html("@carol and @alice@remote.example") == (
        "<p>@carol and @alice@remote.example</p>"
    )


def test_a_tag_keeps_its_spelling():
    assert as_html("#CamelCase.") == (
        '<p><a href="https://here.example/tags/CamelCase" class="mention hashtag" rel="tag">'
        "#<span>CamelCase</span></a>.</p>"
    )


def test_a_short_link_is_shown_whole():
    assert as_html("https://a.example/x") == (
        '<p><a href="https://a.example/x" target="_blank" rel="nofollow noopener" '
        'translate="no"><span class="invisible">https://</span><span class="">a.example/x</span>'
        '<span class="invisible"></span></a></p>'
    )


def test_a_long_link_is_cut_after_thirty_characters_without_its_www():
    assert as_html("https://www.a.example/abcdefghijklmnopqrstuvwxyz?a=1&b=2") == (
        '<p><a href="https://www.a.example/abcdefghijklmnopqrstuvwxyz?a=1&amp;b=2" '
        'target="_blank" rel="nofollow noopener" translate="no">'
        '<span class="invisible">https://www.</span>'
        '<span class="ellipsis">a.example/abcdefghijklmnopqrst</span>'
        '<span class="invisible">uvwxyz?a=1&amp;b=2</span></a></p>'
    )


def test_addresses_given_by_others_are_escaped():
    mentions = {"eve": MentionLink('https://e.example/"><script>', "<b>")}
    assert html_of("@eve", mentions=mentions, tag_url=str) == (
        '<p><span class="h-card" translate="no">'
        '<a href="https://e.example/&quot;&gt;&lt;script&gt;" class="u-url mention">'
        "@<span>&lt;b&gt;</span></a></span></p>"
    )


class Outline(HTMLParser):
    """Says which elements there are, and fails when one is not closed in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add((tag, *(name for name, _ in attrs)))
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert (tag, attrs) == ("br", [])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(TYPED)
def test_any_text_gives_well_formed_html_of_known_elements_only(text):
    html = as_html(text)
    outline = Outline()
    outline.feed(html)
    outline.close()
    assert outline.open == []
    assert outline.seen <= {
        ("p",),
        ("span",),
        ("span", "class"),
        ("span", "class", "translate"),
        ("a", "href", "class"),
        ("a", "href", "class", "rel"),
        ("a", "href", "target", "rel", "translate"),
    }
    assert "\0" not in html
    html.encode()


@given(TYPED)
def test_the_words_of_the_html_are_the_words_typed(text):
    # Only the name's spelling and the domain of a mention differ, so there are none here.
    html = html_of(text, mentions={}, tag_url=lambda tag: f"https://here.example/{tag}")
    lines = clean_text(text).strip()
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    assert plain_text(html) == lines


@given(TYPED)
def test_our_own_html_survives_other_servers_sanitising(text):
    assert plain_text(safe_html(as_html(text))) == plain_text(as_html(text))


def test_a_megabyte_of_anything_is_done_in_under_a_second():
    for unit in ("@", "#", "http://a.example/(", "a\n\n", "<", "@a@a."):
        started = time.process_time()
        as_html(unit * (1_000_000 // len(unit)))
        assert time.process_time() - started < 1.0, unit
