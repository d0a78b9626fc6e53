"""Structured fields: what is written can be read, and nothing breaks the reader."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.federation.signatures.errors import MalformedSignature
from watertower.federation.signatures.structured import (
    InnerList,
    Item,
    Token,
    parse_dictionary,
    write_inner_list,
)

keys = st.from_regex(r"[a-z*][a-z0-9_.*-]{0,9}", fullmatch=True)
tokens = st.from_regex(r"[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]{0,9}", fullmatch=True).map(Token)
texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
numbers = st.integers(-(10**15) + 1, 10**15 - 1)
bare = st.booleans() | numbers | texts | tokens | st.binary(max_size=20)
parameters = st.dictionaries(keys, bare, max_size=4)
lists = st.builds(
    InnerList, st.lists(st.builds(Item, bare, parameters), max_size=4).map(tuple), parameters
)


@given(keys, lists)
def test_what_is_written_is_read_back(key, members):
    assert parse_dictionary(f"{key}={write_inner_list(members)}") == {key: members}


@given(st.text(max_size=80) | st.from_regex(r'[a-z]=[("a-z;:=?0-9 ,)]*'))
def test_any_text_is_read_or_malformed(text):
    with contextlib.suppress(MalformedSignature):
        parse_dictionary(text)


def test_dictionaries_hold_items_lists_and_flags():
    assert parse_dictionary('a=1, b;c="d\\"\\\\" ,\te=(x :eA==:;f=?0)') == {
        "a": Item(1),
        "b": Item(True, {"c": 'd"\\'}),
        "e": InnerList((Item(Token("x")), Item(b"x", {"f": False}))),
    }
    assert parse_dictionary("") == {}


@pytest.mark.parametrize(
    "text",
    [
        "a=1,",
        "a=1 b=2",
        "a=1,a=2",
        "A=1",
        "a=",
        'a="b',
        'a="\\n"',
        "a=(b",
        "a=(b c))",
        "a=:e:",
        "a=1.5",
        "a=1234567890123456",
        "a=?2",
        "a=(x;y=1;y=2)",
        'a=("b""c")',
        "a=ü",
        ",a=1",
        ", ".join(f"k{n}=1" for n in range(70)),
    ],
)
def test_what_breaks_the_grammar_is_malformed(text):
    with pytest.raises(MalformedSignature):
        parse_dictionary(text)
