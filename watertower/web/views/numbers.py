"""Numbers as people read them."""


def shortened(number: int) -> str:
    """`950`, `1.2K`, `34K`, `5.6M`."""
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if number >= size:
            tenths = number * 10 // size
            return f"{tenths // 10}{letter}" if tenths >= 100 else f"{tenths / 10:g}{letter}"
    return str(number)


def counted(number: int, one: str, many: str) -> str:
    """`1 post`, `2 posts`."""
    return f"{shortened(number)} {one if number == 1 else many}"
