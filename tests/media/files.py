"""Makes the pictures and sounds that the tests of media send. Nothing comes from outside."""

import io
import subprocess
from pathlib import Path

from PIL import Image

from watertower.base.params import Upload
from watertower.media.ffmpeg.run import find_ffmpeg


def picture(
    width: int = 640, height: int = 480, kind: str = "JPEG", mode: str = "RGB", **options
) -> bytes:
    """A gradient, so that corners differ and compression has something to do."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (across, down, across.transpose(Image.Transpose.ROTATE_180)))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def animation(kind: str = "GIF", frames: int = 4, size: tuple[int, int] = (121, 81)) -> bytes:
    """Squares of changing colour, 100 ms each."""
    images = [Image.new("RGB", size, (60 * n, 255 - 60 * n, 40)) for n in range(frames)]
    out = io.BytesIO()
    images[0].save(out, kind, save_all=True, append_images=images[1:], duration=100, loop=0)
    return out.getvalue()


def filmed(folder: Path, name: str, *arguments: str) -> bytes:
    """What FFmpeg makes of these arguments."""
    output = folder / name
    subprocess.run(
        [find_ffmpeg(), "-hide_banner", "-loglevel", "error", "-y", *arguments, str(output)],
        check=True,
        timeout=60,
    )
    return output.read_bytes()


TEST_PICTURE = ("-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=2")
TEST_SOUND = ("-f", "lavfi", "-i", "sine=duration=2")
H264 = ("-c:v", "libx264", "-pix_fmt", "yuv420p")


def as_upload(folder: Path, data: bytes, name: str = "file") -> Upload:
    """Bytes as the door hands them on: a file on disk."""
    path = folder / name
    path.write_bytes(data)
    return Upload(name, "application/octet-stream", path, len(data))
