"""`watertower version`: which version this is."""

import platform
from importlib.metadata import version


def show_version() -> None:
    """Print the version of Watertower and of Python."""
    print(f"watertower {version('watertower')} (Python {platform.python_version()})")
