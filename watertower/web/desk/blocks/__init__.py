"""Who may not sign up: mail domains, single addresses, networks."""
