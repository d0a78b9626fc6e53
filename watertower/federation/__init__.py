"""ActivityPub: what other servers send us and what we tell them."""
