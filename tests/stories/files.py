"""Files as people have them in their pockets: photographs, scans, and some that are not what their names say."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter


def photograph(shade: int = 128) -> bytes:
    """A small PNG, grey; another shade is another file."""
    rows = b"".join(b"\0" + bytes([shade]) * 8 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    told = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def scan(pages: int = 1) -> bytes:
    """A scanned paper: a PDF of empty pages."""
    book, target = PdfWriter(), BytesIO()
    for _ in range(pages):
        book.add_blank_page(595, 842)
    book.write(target)
    return target.getvalue()


def upload(name: str, content: bytes) -> dict:
    """A file as the browser takes it; what it says of itself is not believed."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def kept(folder: Path, name: str, content: bytes) -> Path:
    """A file on the disk of whoever sits before the browser."""
    path = folder / name
    path.write_bytes(content)
    return path
