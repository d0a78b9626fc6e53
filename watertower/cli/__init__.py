"""The operator's commands, one file each. They call the same actions as the doors do."""
