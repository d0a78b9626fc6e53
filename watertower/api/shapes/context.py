"""Context, as JSON: what stands above and below a status."""


def context_shape(ancestors: list[bytes], descendants: list[bytes]) -> bytes:
    """Statuses that are JSON already, as the entity `context`."""
    above, below = b",".join(ancestors), b",".join(descendants)
    return b'{"ancestors":[%b],"descendants":[%b]}' % (above, below)
