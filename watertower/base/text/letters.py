r"""What counts as a letter in a tag, a domain or a grapheme: Python's `\w` leaves out marks.

Without the combining marks a Hindi or Thai tag would end in the middle of its first word.
"""

import sys
import unicodedata


def _ranges_of_marks() -> str:
    """Every combining mark as ranges for a character class of a regular expression.

    The Basic Multilingual Plane is looked through (some 10 ms at start). Above it only two
    living scripts use marks, Chakma and Adlam: ranges up there slow every match down.
    """
    marks = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    basic = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return basic + "\U00011100-\U00011102\U00011127-\U00011134\U0001e944-\U0001e94a"


MARKS = sys.intern(_ranges_of_marks())
"""Combining marks, to stand inside [ ] in a pattern."""

WORD = r"\w" + MARKS
"""Letters, digits, underscore and combining marks, to stand inside [ ] in a pattern."""
