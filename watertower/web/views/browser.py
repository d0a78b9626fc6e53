"""What a browser calls itself, in words; a hint for its owner, never a decision."""

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """`Firefox on Linux`; "Another browser" for what we do not know."""
    browser = next((word for mark, word in BROWSERS if mark in user_agent), "Another browser")
    system = next((word for mark, word in SYSTEMS if mark in user_agent), None)
    return f"{browser} on {system}" if system else browser
