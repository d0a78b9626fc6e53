"""Tag names, cleaned names and texts, profile fields, and language codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.base.text.clean import clean_line, clean_text
from watertower.base.text.fields import field_html
from watertower.base.text.languages import LANGUAGES, language_of
from watertower.base.text.tags import tag_name

ANYTHING = st.text(alphabet=st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("shown", "name"),
    [("#Cats", "cats"), ("Cats", "cats"), ("＃ｶﾀｶﾅ", "カタカナ"), ("ÉTÉ", "été"), ("##a", "a")],
)
def test_tag_names(shown, name):
    assert tag_name(shown) == name


def test_a_tag_name_has_at_most_a_hundred_characters():
    assert tag_name("#" + "A" * 500) == "a" * 100


@given(ANYTHING)
def test_naming_a_tag_twice_changes_nothing(shown):
    assert tag_name(tag_name(shown)) == tag_name(shown)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a \r\nb\rc \n ", "  a \nb\nc"),
        ("a\0b", "ab"),
        ("\ud83d\ude00 \ud83d", "😀 \ufffd"),
        ("e\u0301", "e\u0301"),
        (None, ""),
    ],
)
def test_clean_text(typed, kept):
    assert clean_text(typed) == kept


@given(st.text(alphabet=st.characters(categories=None), max_size=100))
def test_cleaned_text_can_be_stored_and_is_stable(text):
    cleaned = clean_text(text)
    assert b"\0" not in cleaned.encode()
    assert clean_text(cleaned) == cleaned


def test_a_line_has_no_breaks_controls_or_reordering_marks():
    assert clean_line(" a\n\tb\u202ec\x1b ", 20) == "a b c"


def test_a_line_is_cut_to_its_limit():
    assert clean_line("ab cd", 3) == "ab"
    assert clean_line("abc", 0) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("they/them & co", "they/them &amp; co"),
        ("@alice #tag <b>", "@alice #tag &lt;b&gt;"),
        ("see https://a.example", "see https://a.example"),
        ("a\nb", "a b"),
        ("", ""),
        (
            " https://www.a.example/x ",
            (
                '<a href="https://www.a.example/x" target="_blank" rel="me nofollow noopener" '
                'translate="no"><span class="invisible">https://www.</span>'
                '<span class="">a.example/x</span><span class="invisible"></span></a>'
            ),
        ),
    ],
)
def test_field_values(value, expected):
    assert field_html(value) == expected


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("EN", "en"),
        ("de-AT", "de"),
        ("de_AT", "de"),
        ("zh-tw", "zh-TW"),
        ("zh-Hant-TW", "zh"),
        ("iw", "he"),
        ("tok", "tok"),
        ("xx", None),
        ("english", None),
        ("", None),
        (None, None),
        ("e" * 1_000_000, None),
    ],
)
def test_language_codes(code, language):
    assert language_of(code) == language


def test_every_language_we_offer_is_its_own_code():
    assert [language_of(code) for code in LANGUAGES] == list(LANGUAGES)
