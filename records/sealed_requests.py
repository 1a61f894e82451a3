"""调取件的封存: who is asked about, the document as it came, and the answer until it has been handed over."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from daoli_credit import cipher, sealed
from daoli_credit.audit.models import LookUp
from records.identity import Identity, NotThisPerson, mask_name, mask_number
from records.models import LawfulRequest, RequestFile
from records.rules.attachable import sniff
from records.sealed_attachments import Altered


def _whose(request: LawfulRequest) -> bytes:
    return b"request|" + request.token.bytes


def _context(file: RequestFile) -> bytes:
    return b"request-file|" + file.token.bytes


sealed.register(
    sealed.Envelope("records.LawfulRequest", "person", _whose),
    sealed.Other("records.LawfulRequest", "person_key", "登记后不改写，用本人的每一个标识去找"),
    sealed.Envelope("records.RequestFile", "envelope", _context, portion=2),
    sealed.Other("records.RequestFile", "digest", "文件的摘要，不用密钥"),
)


def about(request: LawfulRequest, who: Identity) -> None:
    """写上调取的是谁, under seal; the row is not saved here."""
    request.person_key = cipher.person_keys(who.id_number)[0]
    request.person = cipher.seal(json.dumps(asdict(who), ensure_ascii=False).encode(), context=_whose(request))


def _person(request: LawfulRequest) -> Identity:
    return Identity(**json.loads(cipher.unseal(bytes(request.person), context=_whose(request))))


def masked(request: LawfulRequest) -> Identity:
    """脱敏的身份, for the pages of the department that was asked."""
    who = _person(request)
    return Identity(mask_name(who.name), who.id_type, mask_number(who.id_number))


def number_of(request: LawfulRequest) -> str:
    """证件号码, by which the extraction finds the person; nothing of it is shown."""
    return _person(request).id_number


def revealed(request: LawfulRequest, because: LookUp) -> Identity:
    """完整身份, because of a look. Raises NotThisPerson when the look is about somebody else."""
    if because.kind != LookUp.Kind.LOOK or bytes(because.person_key) not in request.person_keys():
        raise NotThisPerson("查询记录与调取的人不符")
    return _person(request)


def document(data: bytes) -> RequestFile:
    """封好的调取文书: sniffed and sealed before any transaction. Raises Wrong."""
    file = RequestFile(kind=RequestFile.Kind.DOCUMENT, format=sniff(data))
    return _filled(file, data)


def answer(said: dict[str, Any]) -> RequestFile:
    """封好的答复."""
    data = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()
    return _filled(RequestFile(kind=RequestFile.Kind.ANSWER, format="json"), data)


def _filled(file: RequestFile, data: bytes) -> RequestFile:
    file.size, file.digest = len(data), hashlib.sha256(data).digest()
    file.envelope = cipher.seal(data, context=_context(file))
    return file


def opened(file: RequestFile) -> bytes:
    """原内容. Raises Altered when it is not what went in."""
    data = cipher.unseal(bytes(file.envelope), context=_context(file))
    if hashlib.sha256(data).digest() != bytes(file.digest):
        raise Altered("文件与摘要不符")
    return data
