"""/desk/research: proactive work, without a report."""
