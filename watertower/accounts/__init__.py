"""Who is who: people here and elsewhere, their logins and apps, how they stand to one another.

Also what this community decided about itself and about other servers.
"""
