"""The one way out: every request this program makes to another machine goes through here.

`client.OutgoingClient` checks the address, connects only to public machines, follows redirects
by hand, and never reads more bytes or waits longer than its caller allows. Nothing else in the
program may open an HTTP connection.
"""
