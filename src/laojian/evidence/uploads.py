"""Uploads stream into the store, hashed on the way; what is cut off or not kept leaves nothing behind."""

import errno
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from .rules import LARGEST
from .store import CHUNK, store
from .waiting import Arrival

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class StoredUpload(UploadedFile):
    """An upload in the store's waiting room. Closing it, as every request does at its end, drops it unless kept.

    Without an arrival the disk was full: nothing of it is here, and whoever wants to keep it says so.
    """

    def __init__(self, arrival: Arrival | None, name: str, content_type: str, size: int):
        super().__init__(arrival.content if arrival else BytesIO(), name, content_type, size)
        self.arrival = arrival

    @property
    def whole(self) -> bool:
        """Whether all of it is here: what is larger than anything we take was let pass by and not kept."""
        return self.arrival is not None and self.arrival.size == self.size


class StoreUploadHandler(FileUploadHandler):
    """Takes each chunk to the store as it comes: two gigabytes cost the memory of one chunk."""

    chunk_size = CHUNK
    arrival: Arrival | None = None

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.arrival = self.tried(store().arrival)

    def receive_data_chunk(self, raw_data, start):
        if self.arrival and start + len(raw_data) <= LARGEST:
            self.tried(self.arrival.write, raw_data)
        return None

    def file_complete(self, file_size):
        return StoredUpload(self.arrival, self.file_name, self.content_type, file_size)

    def upload_interrupted(self):
        if self.arrival:
            self.arrival.drop()

    def tried(self, deed, *given):
        """Do it; when the disk is full, give back what was taken of it and let the rest pass by."""
        try:
            return deed(*given)
        except OSError as wrong:
            if wrong.errno not in NO_ROOM:
                raise
            self.upload_interrupted()
            self.arrival = None
            return None
