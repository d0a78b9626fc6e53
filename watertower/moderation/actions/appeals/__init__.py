"""What is done with an appeal, by the person and by the team, one verb in a file."""
