"""Mentions, tags, links and emoji codes are found where members mean them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.base.text.find import (
    Mention,
    find_all,
    find_mentions,
    find_shortcodes,
    find_tags,
    find_urls,
)


def handles(text):
    return [mention.handle for mention in find_mentions(text)]


def test_a_mention_says_who_where_and_its_place_in_the_text():
    assert find_mentions("hi @bob@remote.example, @al.") == [
        Mention("bob@remote.example", "bob", "remote.example", 3, 22),
        Mention("al", "al", None, 24, 27),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alice@example.com", []),
        ("https://a.example/@alice", []),
        ("path/@alice =@alice", []),
        (".@alice (@bob)", ["alice", "bob"]),
        ("@a.b-c. @d_ @.e", ["a.b-c", "d_"]),
        ("@bob@bücher.example!", ["bob@bücher.example"]),
        ("@bob@localhost:4200: hello", ["bob@localhost:4200"]),
        ("@bob@remote.example:80 people", ["bob@remote.example"]),
        ("@ @@ @", []),
        ("@alice @alice", ["alice", "alice"]),
    ],
)
def test_mentions(text, expected):
    assert handles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#Cats and #cats", ["Cats"]),
        ("#123 #1a #2026年", ["1a", "2026年"]),
        ("#_ #a_b #_a", ["a_b", "_a"]),
        ("a#b /#c )#d =#e", []),
        ("(#a) \"#b\" '#c' .#d", ["a", "b", "c", "d"]),
        ("##a #b#c", ["a", "b"]),
        ("#हिन्दी #ไทย #日本語。", ["हिन्दी", "ไทย", "日本語"]),
        ("#cafe\u0301", ["cafe\u0301"]),
        ("#l·l #a· #·a", ["l·l", "a"]),
        ("＃全角", ["全角"]),
        ("https://a.example/#top", []),
        ("#", []),
    ],
)
def test_tags(text, expected):
    assert find_tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.example/b.", ["https://a.example/b"]),
        ("(see https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/B_(c)_d, e", ["https://a.example/B_(c)_d"]),
        ("https://a.example/(b", ["https://a.example/"]),
        ("HTTPS://A.example?q=1&r=#s!", ["HTTPS://A.example?q=1&r=#s"]),
        ("https://bücher.example/ü", ["https://bücher.example/ü"]),
        ("https://xn--p1ai.xn--p1ai", ["https://xn--p1ai.xn--p1ai"]),
        ("https://пример.рф", ["https://пример.рф"]),
        ("「https://a.example/b」と", ["https://a.example/b"]),
        ("https://a.exampleをみて", ["https://a.example"]),
        ("http://localhost:3000/x http://127.0.0.1 http://[::1]:80/", None),
        ("http://nowhere http:// https://a.b http://1.2", []),
        ("xhttp://a.example ftp://a.example", []),
        ("http://user@a.example", []),
        ("http://a.example- http://-", ["http://a.example"]),
        ('"https://a.example/b"', ["https://a.example/b"]),
    ],
)
def test_links(text, expected):
    assert find_urls(text) == (text.split() if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":blobcat: :Blob_2: :blobcat:", ["blobcat", "Blob_2"]),
        (":a: ::ab:: x:ab: :ab:x", []),
        ("(:ab:)\n:cd:", ["ab", "cd"]),
        ("12:30:45", []),
    ],
)
def test_emoji_codes(text, expected):
    assert find_shortcodes(text) == expected


@given(st.text(alphabet="ab@#:/.()htps \n日١・", max_size=60) | st.text(max_size=60))
def test_what_is_found_is_in_the_text_in_order_and_does_not_overlap(text):
    position = 0
    for found in find_all(text):
        assert position <= found.start < found.end <= len(text)
        assert text[found.start : found.end].lstrip("@#\uff03") == found.value.lstrip("@#\uff03")
        position = found.end


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "@",
            "#",
            "(",
            "h",
            "http://",
            "http://((((",
            "http://x/",
            "http://a.bc/(",
            "http://a.bc/!",
        ),
        *("http://a.bc/(http://", "http://a.bc/((x)", "http://a.bc/(x", "@a", "#a", "#1·", "@a@a."),
        *("#\u0301", ":aa", ": :aa:", "http://aaa.bcさ", "@a.-", "http://a.-"),
    ],
)
def test_a_megabyte_of_hostile_text_takes_linear_time(unit):
    started = time.process_time()
    for hostile in (unit * (1_000_000 // len(unit)), unit + unit[-1] * 1_000_000):
        find_mentions(hostile)
        find_shortcodes(hostile)
    assert time.process_time() - started < 15  # quadratic work takes minutes
