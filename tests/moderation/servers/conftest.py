"""A server far away, as the tests of federation have it."""

from tests.federation.conftest import far, outcome_of, post, settle

__all__ = ["far", "outcome_of", "post", "settle"]
