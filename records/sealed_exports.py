"""封存的导出文件: the bytes as made, sealed in the database and nowhere else; opened for the requester only."""

from daoli_credit import cipher, sealed
from records.models import ExportFile, ExportRequest


class NotKept(Exception):
    """文件已经不在."""


def _context(export: ExportRequest) -> bytes:
    return b"export|" + export.token.bytes


sealed.register(
    sealed.Envelope(
        "records.ExportFile", "envelope", lambda kept: _context(kept.export), related=("export",), portion=4
    )
)


def keep(export: ExportRequest, data: bytes) -> None:
    """封存."""
    ExportFile.objects.create(export=export, envelope=cipher.seal(data, context=_context(export)))


def opened(export: ExportRequest) -> bytes:
    """打开. Raises NotKept."""
    kept = ExportFile.objects.filter(export=export).first()
    if kept is None:
        raise NotKept("文件已经删除；还要用的，请重新申请")
    return cipher.unseal(bytes(kept.envelope), context=_context(export))


def forget(export: ExportRequest) -> None:
    """删去字节. Harmless twice."""
    ExportFile.objects.filter(export=export).delete()
