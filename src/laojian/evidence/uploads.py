"""Uploads stream into the store, hashed on the way; what is cut off or not kept leaves nothing behind."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from .rules import LARGEST
from .store import CHUNK, Arrival, store


class StoredUpload(UploadedFile):
    """An upload in the store's waiting room. Closing it, as every request does at its end, drops it unless kept."""

    def __init__(self, arrival: Arrival, name: str, content_type: str, size: int):
        super().__init__(arrival.content, name, content_type, size)
        self.arrival = arrival

    @property
    def whole(self) -> bool:
        """Whether all of it is here: what is larger than anything we take was let pass by and not kept."""
        return self.arrival.size == self.size


class StoreUploadHandler(FileUploadHandler):
    """Takes each chunk to the store as it comes: two gigabytes cost the memory of one chunk."""

    chunk_size = CHUNK

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.arrival = store().arrival()

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= LARGEST:
            self.arrival.write(raw_data)
        return None

    def file_complete(self, file_size):
        return StoredUpload(self.arrival, self.file_name, self.content_type, file_size)

    def upload_interrupted(self):
        self.arrival.drop()
