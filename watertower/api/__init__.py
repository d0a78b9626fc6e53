"""The Mastodon client API. routes.py shows all of it on one page."""
