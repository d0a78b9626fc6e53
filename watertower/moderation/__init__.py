"""What the community does about harm: reports first, decisions and appeals to come."""
