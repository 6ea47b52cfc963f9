"""Small real pictures for tests."""

from io import BytesIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base


def picture(name: str = "JPEG", width: int = 60, height: int = 40, *, place: bool = False) -> bytes:
    """A plain picture; with `place`, it carries where it was taken and that it lies on its side."""
    made = Image.new("RGB", (width, height), (23, 100, 76))
    exif = Image.Exif()
    if place:
        exif[Base.Orientation] = 6
        exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (34.0, 43.0, 0.0)
    written = BytesIO()
    made.save(written, name, exif=exif)
    return written.getvalue()
