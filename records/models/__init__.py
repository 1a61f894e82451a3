"""信用记录的名词。"""

from records.models.archive import ArchiveCopy, ArchiveOpening
from records.models.batch import BatchRow, ImportBatch, SealedSheet
from records.models.catalogue import CatalogueItem, CatalogueProvider
from records.models.deletion import Deletion
from records.models.disclosure import Disclosure
from records.models.document import ServedDocument
from records.models.end_notice import EndNotice
from records.models.export import ExportedRecord, ExportFile, ExportRequest
from records.models.holding import Holding
from records.models.objection import Objection
from records.models.public_page import PublicPage
from records.models.record import CreditRecord
from records.models.removal import Removal
from records.models.repair import Repair
from records.models.retired_key import RetiredKey
from records.models.revision import Revision
from records.models.statement import Statement
from records.models.subject import Subject, SubjectKey

__all__ = [
    "ArchiveCopy",
    "ArchiveOpening",
    "BatchRow",
    "CatalogueItem",
    "CatalogueProvider",
    "CreditRecord",
    "Deletion",
    "Disclosure",
    "EndNotice",
    "ExportFile",
    "ExportRequest",
    "ExportedRecord",
    "Holding",
    "ImportBatch",
    "Objection",
    "PublicPage",
    "Removal",
    "Repair",
    "RetiredKey",
    "Revision",
    "SealedSheet",
    "ServedDocument",
    "Statement",
    "Subject",
    "SubjectKey",
]
