"""Emoji in what was made safe before."""

from watertower.web.views.html import safe_content, text_with_emoji

BREAD = [{"shortcode": "bread", "key": "emoji/bread.png", "static_key": "emoji/bread_still.png"}]


def test_codes_in_words_become_pictures_and_codes_in_addresses_do_not(ctx):
    html = '<p>:bread: <a href="https://x.example/?a>:bread:" rel="nofollow">:bread:</a></p>'

    shown = safe_content(ctx, html, BREAD)

    assert shown.count("<img") == 2
    assert 'href="https://x.example/?a>:bread:"' in shown


def test_names_are_escaped_before_their_emoji(ctx):
    shown = text_with_emoji(ctx, "<b> :bread: :cake:", BREAD)

    assert shown.startswith("&lt;b&gt; <img ")
    assert shown.endswith(" :cake:")


def test_an_emoji_that_we_hold_no_copy_of_stays_a_word(ctx):
    far = [{"shortcode": "bread", "url": "https://far.example/bread.png"}]

    assert text_with_emoji(ctx, ":bread:", far) == ":bread:"
