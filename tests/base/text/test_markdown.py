"""Markdown becomes HTML that other servers keep, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.base.text.html_of import MentionLink
from watertower.base.text.markdown import markdown_html, markdown_words
from watertower.base.text.sanitise import safe_html

MENTIONS = {"alice": MentionLink("https://here.example/@alice", "alice")}
ALICE = (
    '<span class="h-card" translate="no"><a href="https://here.example/@alice" '
    'class="u-url mention">@<span>alice</span></a></span>'
)


def html(text):
    return markdown_html(text, mentions=MENTIONS, tag_url=lambda tag: f"https://here.example/{tag}")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("a *b* **c** ~~d~~", "<p>a <em>b</em> <strong>c</strong> <del>d</del></p>"),
        ("a\nb\n\nc", "<p>a<br />b</p><p>c</p>"),
        ("# Title", "<p><strong>Title</strong></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("`#tag <b>`", "<p><code>#tag &lt;b&gt;</code></p>"),
        ("```\n@alice <\n```", "<pre><code>@alice &lt;\n</code></pre>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("hello @alice", f"<p>hello {ALICE}</p>"),
        (
            "[here](https://a.example/?x=1&y)",
            (
                '<p><a href="https://a.example/?x=1&amp;y" target="_blank" '
                'rel="nofollow noopener">here</a></p>'
            ),
        ),
        ("[x](mailto:a@b.example)", "<p>x</p>"),
        ("---", ""),
    ],
)
def test_markdown_becomes(typed, shown):
    assert html(typed) == shown


def test_scripts_in_links_stay_text():
    assert "<a" not in html("[x](javascript:alert(1))")


def test_a_tag_in_the_words_is_a_link():
    assert 'class="mention hashtag"' in html("*about #cats*")


def test_names_and_tags_do_not_count_in_code_and_in_links():
    words = markdown_words("#a `#b` [#c](https://x.example/#d)\n\n```\n@e\n```")
    assert "#a" in words
    assert "https://x.example/#d" in words
    assert not any(gone in words for gone in ("#b", "#c", "@e"))


TYPED = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(["*", "**", "`", "```\n", "> ", "- ", "1. ", "[a](", ")", "https://a.example",
                         "<script>", "@alice", "#tag", "\n", "\n\n", "# ", "~~", "\\", "![", "]"]),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(TYPED)
def test_whatever_is_typed_the_html_is_safe(typed):
    shown = html(typed)
    assert "<script" not in shown
    # Our own wall finds nothing to take away but what it rewrites in links.
    assert safe_html(shown).count("<p>") == shown.count("<p>")
