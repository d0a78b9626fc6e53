"""JSON in the one form that can be hashed (RFC 8785, JSON Canonicalization Scheme)."""

import json
import math
from typing import Any

EXACT = 2**53


def canonical_json(value: Any) -> bytes:
    """The value's canonical bytes. Raises ValueError for what has none (NaN, lone surrogates)."""
    parts: list[str] = []
    _write(value, parts)
    return "".join(parts).encode()


def _write(value: Any, parts: list[str]) -> None:
    if isinstance(value, dict):
        parts.append("{")
        # By UTF-16 code units, which is how JavaScript compares strings.
        for place, name in enumerate(sorted(value, key=lambda one: one.encode("utf-16-be"))):
            parts.append(("," if place else "") + json.dumps(name, ensure_ascii=False) + ":")
            _write(value[name], parts)
        parts.append("}")
    elif isinstance(value, list):
        parts.append("[")
        for place, one in enumerate(value):
            parts.append("," if place else "")
            _write(one, parts)
        parts.append("]")
    elif isinstance(value, bool) or value is None or isinstance(value, str):
        parts.append(json.dumps(value, ensure_ascii=False))
    elif isinstance(value, int):
        parts.append(str(value) if abs(value) <= EXACT else number_text(float(value)))
    elif isinstance(value, float):
        parts.append(number_text(value))
    else:
        raise ValueError("not JSON")  # the caller sees one error for all


def number_text(value: float) -> str:
    """A number as JavaScript writes it (ECMA-262, Number::toString)."""
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    digits, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = digits.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or 0)
    figures = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(figures)
    figures = figures.rstrip("0")
    count = len(figures)
    if count <= point <= 21:
        return sign + figures + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{figures[:point]}.{figures[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{figures}"
    rest = f".{figures[1:]}" if count > 1 else ""
    return f"{sign}{figures[0]}{rest}e{'+' if point > 0 else '-'}{abs(point - 1)}"
