"""What is in a video or sound. FFmpeg's own words are read: its wheel has no ffprobe.

Lines that hold a file's tags are indented further than the lines read here, so a title cannot
pass itself off as a duration.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from watertower.base.settings import MediaSettings
from watertower.media.errors import CannotProcess
from watertower.media.ffmpeg.run import reading, run_ffmpeg

DURATION = re.compile(r"^  Duration: (?:(\d+):(\d\d):(\d\d\.\d+)|N/A)(?:.*bitrate: (\d+) kb/s)?")
STREAM = re.compile(r"^  Stream #0:(\d+)[^:]*: (Video|Audio): (\w+)(.*)$")
SIZE = re.compile(r", (\d{1,6})x(\d{1,6})\b")
RATE = re.compile(r", ([\d.]+k?) fps\b")
ROTATION = re.compile(r"^\s+(?:Display Matrix|displaymatrix): rotation of (-?[\d.]+) degrees")


@dataclass(frozen=True)
class Picture:
    """A video stream as it is seen, turned upright."""

    index: int
    codec: str
    pixel_format: str
    width: int
    height: int
    frames_per_second: float
    is_cover: bool  # a picture inside a sound file


@dataclass(frozen=True)
class Sound:
    """An audio stream."""

    index: int
    codec: str


@dataclass(frozen=True)
class Contents:
    """What a file holds; 0 for what it does not say."""

    duration_seconds: float
    bits_per_second: int
    picture: Picture | None
    sound: Sound | None


async def probe(source: Path, *, demuxer: str, folder: Path, settings: MediaSettings) -> Contents:
    """Look into a file; CannotProcess if there is neither picture nor sound in it."""
    # Without an output FFmpeg always ends with an error; what it said before is what we want.
    ended = await run_ffmpeg(
        reading(source, demuxer), folder=folder, settings=settings, file_bytes=0
    )
    contents = read_contents(ended.complained.decode("utf-8", "replace"))
    if contents.picture is None and contents.sound is None:
        raise CannotProcess
    return contents


def read_contents(words: str) -> Contents:
    """Understand what FFmpeg prints about its first input."""
    seconds, bits, pictures, sounds = 0.0, 0, [], []
    is_turned = False
    for line in words.splitlines():
        if found := DURATION.match(line):
            hours, minutes, rest, kilobits = found.groups()
            if hours is not None:
                seconds = int(hours) * 3600 + int(minutes) * 60 + float(rest)
            bits = int(kilobits or 0) * 1000
        elif found := STREAM.match(line):
            index, what, codec, rest = found.groups()
            if what == "Audio":
                sounds.append(Sound(int(index), codec))
            elif size := SIZE.search(rest):
                pictures.append(_picture(int(index), codec, rest, size))
        elif (found := ROTATION.match(line)) and len(pictures) == 1:
            is_turned = round(float(found[1])) % 180 != 0
    moving = [picture for picture in pictures if not picture.is_cover]
    picture = next(iter(moving or pictures), None)
    if picture is not None and is_turned:
        picture = _turned(picture)
    return Contents(seconds, bits, picture, next(iter(sounds), None))


def _picture(index: int, codec: str, rest: str, size: re.Match[str]) -> Picture:
    pixel_format = re.search(r", (\w+)", rest)
    rate = RATE.search(rest)
    shown = rate[1] if rate else "0"
    return Picture(
        index=index,
        codec=codec,
        pixel_format=pixel_format[1] if pixel_format else "",
        width=int(size[1]),
        height=int(size[2]),
        frames_per_second=float(shown.rstrip("k")) * (1000 if shown.endswith("k") else 1),
        is_cover="(attached pic)" in rest,
    )


def _turned(picture: Picture) -> Picture:
    return Picture(
        picture.index,
        picture.codec,
        picture.pixel_format,
        picture.height,
        picture.width,
        picture.frames_per_second,
        picture.is_cover,
    )
