"""The cache of rendered faces; it is ground, because documents for other servers use it too."""

from watertower.base.versioned_cache import VersionedCache

__all__ = ["VersionedCache"]
