"""Compare versions as servers report them. Pure."""

import re

_NUMBERS = re.compile(r"\d+")


def version_key(text: str) -> tuple[int, ...]:
    """The numbers in front: "0.12.4+glitch" and "v0.12.4-rc1" are (0, 12, 4). () if there is none."""
    front = re.split(r"[-+ ~]", text.strip().lstrip("vV"), maxsplit=1)[0]
    return tuple(int(one) for one in _NUMBERS.findall(front)[:5] if len(one) < 10)


def is_below(version: str, limit: str) -> bool:
    """Whether a version is older; one that cannot be read is not."""
    have, wanted = version_key(version), version_key(limit)
    if not have or not wanted:
        return False
    length = max(len(have), len(wanted))
    pad = (0,) * length
    return (have + pad)[:length] < (wanted + pad)[:length]
