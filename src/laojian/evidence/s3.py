"""The store in an object storage that speaks S3: one object per digest, whole or not there. Knows nothing of dossiers."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from .waiting import CHUNK, WaitingArrival, folded, intact

PART_BYTES = 16 << 20
ABSENT = ("404", "NoSuchKey", "NotFound")
# Servers other than Amazon's do not know the checksums that newer clients add by themselves; the digest is ours anyway.
PLAIN = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}


def connected(url: str) -> tuple:
    """A client and its bucket from https://key:secret@host:port/bucket?region=…"""
    at = urlsplit(url)
    region = parse_qs(at.query).get("region", ["us-east-1"])[0]
    client = boto3.client(
        "s3", endpoint_url=f"{at.scheme}://{at.hostname}" + (f":{at.port}" if at.port else ""), region_name=region,
        aws_access_key_id=unquote(at.username or ""), aws_secret_access_key=unquote(at.password or ""),
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 4, "mode": "standard"}, **PLAIN),
    )  # fmt: skip
    return client, at.path.strip("/")


class S3Store:
    """A store in a bucket. What arrives waits on this machine's disk until it is whole, hashed and judged."""

    def __init__(self, url: str, root: Path):
        self.client, self.bucket = connected(url)
        self.arriving = Path(root) / "arriving"

    def arrival(self) -> WaitingArrival:
        return WaitingArrival(self)

    def put(self, path: Path, sha256: str) -> None:
        # An object appears when all its parts are there; the same digest is the same bytes, so a second one is not sent.
        if not self.has(sha256):
            parts = TransferConfig(multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, max_concurrency=2)
            with told():
                self.client.upload_file(str(path), self.bucket, folded(sha256), Config=parts)

    def open(self, sha256: str) -> BinaryIO:
        size = self.size(folded(sha256))
        return io.BufferedReader(Stretches(self.client, self.bucket, folded(sha256), size), CHUNK)

    def size(self, key: str) -> int:
        """The object's length in bytes. FileNotFoundError: there is none."""
        with told():
            return self.client.head_object(Bucket=self.bucket, Key=key)["ContentLength"]

    def has(self, sha256: str) -> bool:
        try:
            return self.size(folded(sha256)) >= 0
        except FileNotFoundError:
            return False

    def whole(self, sha256: str) -> bool:
        return intact(self, sha256)

    def remove(self, sha256: str) -> None:
        with told():
            self.client.delete_object(Bucket=self.bucket, Key=folded(sha256))

    def sweep(self) -> None:
        """Give back the space of objects whose sending was killed a day ago."""
        with told():
            rows = self.client.list_multipart_uploads(Bucket=self.bucket).get("Uploads", [])
            for row in rows:
                if row["Initiated"] < datetime.now(UTC) - timedelta(days=1):
                    self.client.abort_multipart_upload(Bucket=self.bucket, Key=row["Key"], UploadId=row["UploadId"])


class Stretches(io.RawIOBase):
    """An object read from where it is asked: one request for each run of reading, none for the bytes passed over."""

    def __init__(self, client, bucket: str, key: str, size: int):
        self.client, self.bucket, self.key, self.size = client, bucket, key, size
        self.at, self.body = 0, None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        at = max(0, offset + (0, self.at, self.size)[whence])
        if at != self.at:
            self.at = at
            self.drop()
        return at

    def tell(self) -> int:
        return self.at

    def readinto(self, into) -> int:
        if self.at >= self.size:
            return 0
        with told():
            if self.body is None:
                span = f"bytes={self.at}-"
                self.body = self.client.get_object(Bucket=self.bucket, Key=self.key, Range=span)["Body"]
            got = self.body.read(len(into))
        into[: len(got)] = got
        self.at += len(got)
        return len(got)

    def drop(self) -> None:
        """Read no further where it was."""
        if self.body is not None:
            self.body.close()
            self.body = None

    def close(self) -> None:
        self.drop()
        super().close()


@contextmanager
def told() -> Iterator[None]:
    """The storage's answers as Python's own errors: what is not there, and everything else."""
    try:
        yield
    except ClientError as wrong:
        if wrong.response.get("Error", {}).get("Code") in ABSENT:
            raise FileNotFoundError(str(wrong)) from wrong
        raise OSError(f"对象存储没有办到：{wrong}") from wrong
    except (BotoCoreError, boto3.exceptions.Boto3Error) as wrong:
        raise OSError(f"对象存储没有办到：{wrong}") from wrong
