"""What a file is, by its own first bytes. Names and Content-Type headers are not believed.

The decoder is then told to read exactly this type, so that a file that is two things at once
is only ever read as one, and is written anew, which leaves the other thing behind.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Family = Literal["image", "video", "audio"]
HEAD_BYTES = 4096


@dataclass(frozen=True)
class FileType:
    """A type we take: its family, Content-Type, and the one decoder that may read it."""

    family: Family
    content_type: str
    decoder: str  # Pillow's format name, or FFmpeg's demuxer


JPEG = FileType("image", "image/jpeg", "JPEG")
PNG = FileType("image", "image/png", "PNG")
GIF = FileType("image", "image/gif", "GIF")
WEBP = FileType("image", "image/webp", "WEBP")
AVIF = FileType("image", "image/avif", "AVIF")
MP4 = FileType("video", "video/mp4", "mov")
QUICKTIME = FileType("video", "video/quicktime", "mov")
WEBM = FileType("video", "video/webm", "matroska")
M4A = FileType("audio", "audio/mp4", "mov")
MP3 = FileType("audio", "audio/mpeg", "mp3")
OGG = FileType("audio", "audio/ogg", "ogg")
WAV = FileType("audio", "audio/wav", "wav")
FLAC = FileType("audio", "audio/flac", "flac")
AAC = FileType("audio", "audio/aac", "aac")

ALL_TYPES = (JPEG, PNG, GIF, WEBP, AVIF, MP4, QUICKTIME, WEBM, M4A, MP3, OGG, WAV, FLAC, AAC)


def sniff(head: bytes) -> FileType | None:
    """The type that the first 4,096 bytes show, or None for everything we do not take."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return WEBM  # Matroska too; what is inside decides what becomes of it
    if head.startswith(b"OggS"):
        return OGG
    if head.startswith(b"fLaC"):
        return FLAC
    if head.startswith(b"ID3"):
        return MP3
    return _by_frame(head)


def _by_brand(head: bytes) -> FileType | None:
    """ISO base media (ISO/IEC 14496-12): the brands in the first box say what it is."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    major = head[8:12]
    brands = {major, *(head[at : at + 4] for at in range(16, length - 3, 4))}
    if brands & {b"avif", b"avis"}:
        return AVIF
    if brands & {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}:
        return None  # no decoder for HEIC without a patent licence in what we ship
    if major in {b"M4A ", b"M4B ", b"F4A "}:
        return M4A
    return QUICKTIME if major == b"qt  " else MP4


def _by_frame(head: bytes) -> FileType | None:
    """Sound that begins with a bare frame: the sync word, then fields that must be possible."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return AAC
    is_layer_3 = head[1] & 0xE6 == 0xE2
    has_rate = head[2] >> 4 not in {0x0, 0xF} and (head[2] >> 2) & 3 != 3
    return MP3 if is_layer_3 and has_rate else None


def sniff_file(path: Path) -> FileType | None:
    """The type of a file; reads its beginning only."""
    with path.open("rb") as file:
        return sniff(file.read(HEAD_BYTES))


def is_animated(path: Path, kind: FileType) -> bool:
    """Whether an image moves, told without decoding it: the file is walked block by block."""
    with path.open("rb") as file:
        content = file.read()
    if kind is GIF:
        return _count_gif_frames(content) > 1
    if kind is PNG:
        at = content.find(b"acTL", 0, HEAD_BYTES)
        return at > 0 and int.from_bytes(content[at + 4 : at + 8], "big") > 1
    if kind is WEBP:
        return content[12:16] == b"VP8X" and len(content) > 20 and bool(content[20] & 0x02)
    return False


MOST_BLOCKS = 200_000  # of a GIF; a frame of 33 megapixels has fewer


def _count_gif_frames(data: bytes) -> int:
    """Image descriptors of a GIF (specification 89a); at most two are counted.

    One in absurdly many pieces counts as moving: it is then looked at by a worker.
    """
    frames, at, left = 0, 13, MOST_BLOCKS
    if len(data) > 10 and data[10] & 0x80:
        at += 3 << ((data[10] & 7) + 1)
    while at < len(data) and frames < 2:
        block = data[at]
        if block == 0x21:
            at += 2
        elif block == 0x2C and at + 9 < len(data):
            frames += 1
            flags = data[at + 9]
            at += 11 + ((3 << ((flags & 7) + 1)) if flags & 0x80 else 0)
        else:
            break
        while at < len(data) and data[at]:
            at += data[at] + 1
            left -= 1
            if left == 0:
                return 2
        at += 1
    return frames
