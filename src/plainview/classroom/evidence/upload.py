"""Stop reading an upload that has become too large; the words sent beside it still arrive.

In:   a file as it comes in, piece by piece.
Out:  the file; or nothing, and a mark on the request that says which field was too large.
Not here: whether it is a picture (images.py).
"""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from plainview.classroom.evidence.images import LARGEST

MARK = "plainview.too_large"


class StopAtTooLarge(FileUploadHandler):
    """Stands first in FILE_UPLOAD_HANDLERS, so that nobody fills the disk with one request."""

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.n_bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.n_bytes += len(raw_data)
        if self.n_bytes > LARGEST:
            self.request.META.setdefault(MARK, set()).add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def was_too_large(request: HttpRequest, field: str) -> bool:
    return field in request.META.get(MARK, ())
