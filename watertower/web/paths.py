"""Where a form may lead afterwards: to a page of ours and nowhere else."""

import re

# One slash and then neither slash nor backslash: browsers read both as the start of a host.
_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


def local_path(path: str | None, otherwise: str = "/") -> str:
    """The path if it is one on this site, else the other."""
    if path and len(path) <= 4000 and _LOCAL.fullmatch(path):
        return path
    return otherwise
