"""条文附件的核对: what a file is, is told by its first and last bytes, never by its name."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 120
# Media type: how the file begins and what stands near its end.
KINDS: dict[str, tuple[bytes, bytes]] = {
    "application/pdf": (b"%PDF-", b"%%EOF"),
    "image/png": (b"\x89PNG\r\n\x1a\n", b"IEND"),
    "image/jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
}
ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
NEAR_THE_END = 1024


class PaperRefused(ValueError):
    """附件不能收: carries the sentence for the form."""


@dataclass(frozen=True)
class Paper:
    """条文附件: the bytes as they came, and what they are."""

    name: str
    kind: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return sha256(self.data).hexdigest()


def paper(name: str, data: bytes) -> Paper:
    """核对一个附件. Raises PaperRefused when it is empty, too large, cut off or of another kind."""
    if not data:
        raise PaperRefused("文件是空的（0 字节）；请核对选对了文件")
    if len(data) > MOST_BYTES:
        raise PaperRefused(f"文件超过 {MOST_BYTES >> 20} MB，没有收下；请只附有关条文的页")
    for kind, (begins, ends) in KINDS.items():
        if data.startswith(begins):
            if ends not in data[-NEAR_THE_END:]:
                raise PaperRefused("文件不完整，可能没有传完；请重新选择")
            return Paper(_named(name, kind), kind, data)
    raise PaperRefused("只收 PDF、PNG、JPEG 文件；是不是这几种看内容，不看文件名")


def _named(name: str, kind: str) -> str:
    """The file's own name without its folder and its ending, with the ending of what it is."""
    stem = PurePath(name.replace("\\", "/")).stem.strip() or "条文"
    return stem[: LONGEST_NAME - len(ENDINGS[kind])] + ENDINGS[kind]
