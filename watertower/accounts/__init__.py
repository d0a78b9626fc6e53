"""Who is who: people here and elsewhere, their logins, what apps may do for them, and how they
stand to one another. Also what this community decided about itself and about other servers.
"""
