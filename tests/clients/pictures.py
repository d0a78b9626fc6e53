"""Pictures as a camera makes them."""

from pathlib import Path

from PIL import Image


def a_picture(folder: Path, name: str, *, size: tuple[int, int], color: str) -> Path:
    """A picture file of one colour."""
    path = folder / name
    Image.new("RGB", size, color).save(path)
    return path
