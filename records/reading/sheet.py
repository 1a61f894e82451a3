"""读一张表, by a child process with its own limits. Nothing is written to disk; the bytes go through a pipe."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MEMORY_MB = 1024
SECONDS = 60
MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
ENDINGS = {".csv": "CSV", ".xlsx": "Excel"}
ROOT = Path(__file__).resolve().parents[2]
TOO_MUCH = "读取这个文件用去了过多的内存或者时间，已经停止，什么也没有存入；请删去空白行列、图片后另存再传"


class Unreadable(Exception):
    """读不了: carries a Chinese sentence that says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """一张表: its kind in words and the rows that are not blank, each with its number as the program shows it."""

    kind: str
    rows: list[tuple[int, list[str]]]


def read(data: bytes, name: str, *, memory_mb: int = MEMORY_MB, seconds: int = SECONDS) -> Sheet:
    """读表. Raises Unreadable for everything that is no sheet, also when reading kills the child."""
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise Unreadable("只收 .xlsx 和 .csv；请在表格软件里另存为 .xlsx 后再上传")
    command = [sys.executable, "-m", "records.reading.child", str(memory_mb), str(seconds), str(MOST_ROWS + 20)]
    try:
        child = subprocess.run(  # noqa: S603  our own module, no shell
            command, input=data, capture_output=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
            timeout=seconds * 2, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_MUCH) from None
    said = [json.loads(line) for line in child.stdout.decode().splitlines()] if child.returncode == 0 else []
    if not said or said[-1][0] not in {"end", "refused"}:
        raise Unreadable(TOO_MUCH)
    if said[-1][0] == "refused":
        raise Unreadable(said[-1][1])
    kind = said[0][1]
    if not kind.startswith(ENDINGS[ending]):
        raise Unreadable(f"文件名以 {ending} 结尾，内容却是{kind}；请核对选对了文件，或者改正文件名后再上传")
    return Sheet(kind, [(line, row) for line, row in said[1:-1]])
