"""The desk: pages of moderators and of those who lead them, one folder for each subject."""
