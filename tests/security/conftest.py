"""Other servers, for the tests of what is believed of them."""

from tests.federation.conftest import far, outcome_of, post, settle

__all__ = ["far", "outcome_of", "post", "settle"]
