"""Makes of any video, animation or sound what every browser plays, without its metadata.

What is already fine is only repacked, which loses nothing and takes no time.
"""

from dataclasses import dataclass
from pathlib import Path

from watertower.base.settings import MediaSettings
from watertower.media.errors import CannotProcess, FileTooLarge
from watertower.media.ffmpeg.probe import Contents, Picture
from watertower.media.ffmpeg.run import THREADS, reading, write_with_ffmpeg
from watertower.media.rules.sizes import fit_area

NO_METADATA = ("-map_metadata", "-1", "-map_chapters", "-1", "-dn", "-sn")
BITEXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")
SHOWN_PIXELS = 1920 * 1080
MOST_FRAMES_PER_SECOND = 60
MOST_BITS_PER_SECOND = 5_000_000
# Containers of sound that are kept, and the codecs that are copied into them.
KEPT_SOUND = {"mp3": "mp3", "vorbis": "ogg", "opus": "ogg"}


@dataclass(frozen=True)
class Converted:
    """The file that was written, its type, and the demuxer that reads it."""

    path: Path
    content_type: str
    demuxer: str


async def convert_video(
    source: Path,
    *,
    demuxer: str,
    contents: Contents,
    folder: Path,
    settings: MediaSettings,
    is_silent: bool = False,
) -> Converted:
    """An MP4 of H.264 and AAC that can start before it is loaded."""
    picture = contents.picture
    if picture is None:
        raise CannotProcess
    if picture.width * picture.height > settings.video_limit_pixels:
        raise FileTooLarge
    output = folder / "video.mp4"
    sound = None if is_silent else contents.sound
    arguments = [
        *("-threads", str(THREADS)),
        *reading(source, demuxer),
        *("-map", f"0:{picture.index}"),
        *(("-map", f"0:{sound.index}") if sound else ()),
        *NO_METADATA,
        *BITEXACT,
        *_picture_arguments(picture, demuxer, contents, settings),
        *_sound_arguments(sound.codec if sound else None),
        *("-threads", str(THREADS), "-movflags", "+faststart", "-f", "mp4"),
    ]
    await write_with_ffmpeg(
        arguments, output, settings=settings, file_bytes=settings.video_limit_bytes * 2
    )
    return Converted(output, "video/mp4", "mov")


def _picture_arguments(
    picture: Picture, demuxer: str, contents: Contents, settings: MediaSettings
) -> list[str]:
    is_fine = (
        demuxer == "mov"
        and picture.codec == "h264"
        and picture.pixel_format == "yuv420p"
        and 0 < picture.frames_per_second <= 2 * MOST_FRAMES_PER_SECOND
    )
    if is_fine:
        return ["-c:v", "copy"]
    width, height = fit_area(picture.width, picture.height, SHOWN_PIXELS)
    # H.264 as browsers have it needs even sides; what is one pixel high becomes two.
    filters = [f"scale={max(2, width // 2 * 2)}:{max(2, height // 2 * 2)}", "setsar=1"]
    if picture.frames_per_second > MOST_FRAMES_PER_SECOND:
        filters.append(f"fps={MOST_FRAMES_PER_SECOND}")
    # However long it is, the result fits into what one file may have.
    bits = MOST_BITS_PER_SECOND
    if contents.duration_seconds > 0:
        affordable = settings.video_limit_bytes * 8 * 1.5 / contents.duration_seconds
        bits = max(50_000, min(bits, int(affordable)))
    return [
        *("-vf", ",".join(filters), "-c:v", "libx264", "-preset", "veryfast", "-crf", "23"),
        *("-maxrate", str(bits), "-bufsize", str(bits * 2), "-pix_fmt", "yuv420p"),
        *("-fps_mode", "vfr"),
    ]


def _sound_arguments(codec: str | None) -> list[str]:
    if codec is None:
        return ["-an"]
    if codec == "aac":
        return ["-c:a", "copy"]
    return ["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "44100"]


async def convert_audio(
    source: Path, *, demuxer: str, contents: Contents, folder: Path, settings: MediaSettings
) -> Converted:
    """MP3 and Ogg stay what they are, everything else becomes an MP3."""
    sound = contents.sound
    if sound is None:
        raise CannotProcess
    container = KEPT_SOUND.get(sound.codec)
    codec = ["-c:a", "copy"] if container else ["-c:a", "libmp3lame", "-q:a", "2", "-ac", "2"]
    kept = container or "mp3"
    output = folder / f"sound.{kept}"
    arguments = [
        *reading(source, demuxer),
        *("-map", f"0:{sound.index}"),
        *NO_METADATA,
        *BITEXACT,
        *codec,
        *(("-write_id3v1", "0", "-id3v2_version", "0") if kept == "mp3" else ()),
        *("-f", kept),
    ]
    await write_with_ffmpeg(
        arguments, output, settings=settings, file_bytes=settings.video_limit_bytes * 2
    )
    return Converted(output, "audio/mpeg" if kept == "mp3" else "audio/ogg", kept)


async def take_frame(
    source: Path, *, demuxer: str, picture: Picture, folder: Path, settings: MediaSettings
) -> Path:
    """The first frame of a video, or the cover in a sound file, as a JPEG."""
    if picture.width * picture.height > settings.image_limit_pixels:
        raise FileTooLarge
    output = folder / "frame.jpg"
    arguments = [
        *reading(source, demuxer),
        *("-map", f"0:{picture.index}", "-frames:v", "1", "-pix_fmt", "yuvj420p"),
        *("-c:v", "mjpeg", "-q:v", "2", "-f", "image2", "-update", "1"),
    ]
    await write_with_ffmpeg(
        arguments, output, settings=settings, file_bytes=settings.image_limit_bytes * 2
    )
    return output
