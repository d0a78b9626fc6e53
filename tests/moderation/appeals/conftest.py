"""Whoever handles appeals in one test must not be given those of another."""

import pytest


@pytest.fixture(autouse=True)
async def _nobody_else(empty):
    """A community with nobody in it."""
    return empty
