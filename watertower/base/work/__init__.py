"""Running what the queue holds: jobs, and the turns of the schedule."""
