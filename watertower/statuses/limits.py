"""How much a status may hold. The instance document tells apps these same numbers."""

from datetime import timedelta

MAX_CHARACTERS = 500  # as people count them, content warning included; a link counts 23
MAX_CODE_POINTS = 10_000  # one character may hold many code points; the column has an end too
MAX_MEDIA = 4

MIN_POLL_OPTIONS = 2
MAX_POLL_OPTIONS = 4
MAX_OPTION_CHARACTERS = 50
MIN_POLL_SECONDS = 300
MAX_POLL_SECONDS = 2_629_746  # a twelfth of a year, as Mastodon has it

MAX_PINS = 5
MAX_DRAFTS = 100
MAX_FOLDERS = 100  # of bookmarks
MAX_FOLDER_NAME = 60  # characters
MAX_THREAD = 20  # posts published in one call
MAX_SCHEDULED = 300
MAX_SCHEDULED_A_DAY = 25
SCHEDULED_AHEAD = timedelta(minutes=5)  # nearer than this there is no time to change one's mind
SCHEDULED_WITHIN = timedelta(days=3653)  # ten years; a typing error beyond that

SAME_POST_WINDOW = timedelta(minutes=5)  # an identical post without a key within this is a repeat
KEY_WINDOW = timedelta(hours=24)  # how long an Idempotency-Key is remembered
