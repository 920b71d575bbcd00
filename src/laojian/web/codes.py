"""QR codes, drawn here: neither a key nor an address leaves the bureau to become a picture."""

from base64 import b64encode
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathFillImage


def drawn(text: str) -> bytes:
    """The QR code of a text as SVG."""
    picture = BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage, border=2).save(picture)
    return picture.getvalue()


def picture_of(text: str) -> str:
    """The QR code of a text as an address of its own, for a page."""
    return f"data:image/svg+xml;base64,{b64encode(drawn(text)).decode()}"
