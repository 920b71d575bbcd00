"""Files of every sort, made on the spot."""

import io
import wave
import zipfile

import docx
import openpyxl

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 64 + b"\xff\xd9"


def zipped(members: dict[str, bytes], **options) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", **options) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("欠条（示例）")
    return saved(document)


def excel() -> bytes:
    return saved(openpyxl.Workbook())


def sound() -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as recording:
        recording.setnchannels(1), recording.setsampwidth(2), recording.setframerate(8000)
        recording.writeframes(b"\0\1" * 80)
    return target.getvalue()
