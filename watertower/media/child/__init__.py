"""The child process that decodes pictures: `python -m watertower.media.child`.

Nothing else imports this package, so that no server process ever holds a decoder or its memory.
"""
