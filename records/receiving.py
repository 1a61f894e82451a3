"""接收长表: what is too long for memory is sealed piece by piece as it comes in; nothing plain reaches the disk."""

import os
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.urls import reverse

from daoli_credit.accounts.models import User
from records.reading.sheet import LONGEST_CSV
from records.sealed_sheets import PIECE, arrived, on_the_way

LENGTH = 4


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """收到的长表: ciphertext in a file without a name, gone with the request."""

    def __init__(self, kept: IO[bytes], context: bytes, name: str | None, size: int) -> None:
        super().__init__(kept, name, size=size)
        self.kept, self.context = kept, context

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The plain bytes, a piece at a time."""
        self.kept.seek(0)
        number = 0
        while head := self.kept.read(LENGTH):
            envelope = self.kept.read(int.from_bytes(head, "big"))
            yield arrived(envelope, self.context, number)
            number += 1


class SealedUploadHandler(FileUploadHandler):
    """For sheets longer than what stays in memory, sent by somebody who may send sheets; for nobody else."""

    active = False

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any, **more: Any) -> None:  # noqa: N803
        """Whether this request may bring a long sheet."""
        request = self.request
        if request is None or not settings.FILE_UPLOAD_MAX_MEMORY_SIZE < content_length <= LONGEST_CSV + 100_000:
            return
        user = getattr(request, "user", None)
        sends = isinstance(user, User) and user.may_anywhere("submit_record")
        self.active = sends and request.path == reverse("import-new")

    def new_file(self, *given: Any, **more: Any) -> None:
        """The first piece of a file is to come."""
        super().new_file(*given, **more)
        if not self.active:
            return
        self.kept = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the request
        self.context = os.urandom(16)
        self.held, self.number = b"", 0
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """A portion of the file; kept here, or left to nobody."""
        if not self.active:
            return raw_data
        self.held += raw_data
        if len(self.held) >= PIECE:
            self._seal()
        return None

    def _seal(self) -> None:
        envelope = on_the_way(self.held, self.context, self.number)
        self.kept.write(len(envelope).to_bytes(LENGTH, "big") + envelope)
        self.held, self.number = b"", self.number + 1

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """The file as the form gets it."""
        if not self.active:
            return None
        if self.held:
            self._seal()
        return SealedUpload(self.kept, self.context, self.file_name, file_size)

    def upload_interrupted(self) -> None:
        """断线: what has come goes."""
        if self.active and hasattr(self, "kept"):
            self.kept.close()
