"""What cases, actions, dossiers and decisions are, one file for each subject. No I/O."""
