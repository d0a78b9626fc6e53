"""What this server says about itself, its rules and its neighbours."""
