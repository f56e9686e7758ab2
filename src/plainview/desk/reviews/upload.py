"""A file as it is handed over, piece by piece: hashed as it comes, kept, and stopped when it grows too large.

In:   the pieces of an upload.
Out:  bytes in the store, or nothing and a mark on the request; the words sent beside it still arrive.
Not here: what the file is called and whose it is (receive).
"""

from dataclasses import dataclass

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from plainview.desk.reviews import store

LARGEST = 2 << 30
MARK = "plainview.exhibit_too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What stands in ``request.FILES``: no bytes, only where they are."""

    name: str
    kept: store.Kept

    @property
    def size(self) -> int:
        return self.kept.n_bytes

    def close(self) -> None:
        """The framework closes whatever came with a request; this one is closed already."""


class StraightToTheStore(FileUploadHandler):
    """The only handler of a request that hands over exhibits: nothing of them lies in memory."""

    incoming: store.Incoming | None = None

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.incoming = store.Incoming()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.incoming.n_bytes + len(raw_data) > LARGEST or not store.has_room(len(raw_data)):
            self.incoming.drop()
            self.request.META[MARK] = True
            raise SkipFile
        self.incoming.add(raw_data)

    def file_complete(self, file_size: int) -> Handed | None:
        if MARK in self.request.META:
            self.incoming.drop()
            return None
        return Handed(name=self.file_name, kept=self.incoming.keep())

    def upload_interrupted(self) -> None:
        if self.incoming is not None:
            self.incoming.drop()


def was_too_large(request: HttpRequest) -> bool:
    return MARK in request.META


def take_straight_to_the_store(request: HttpRequest) -> None:
    """Before the first look at ``request.POST``."""
    request.upload_handlers = [StraightToTheStore(request)]
