"""HTTP signatures: who sent this request, and proving that we sent ours.

Two schemes live side by side: draft-cavage-12, which everybody speaks, and RFC 9421, which is
replacing it. `verify` is the way in, `sign` the way out; nothing here does I/O or knows a table.
"""
