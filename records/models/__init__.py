"""信用记录的名词。"""

from records.models.attachment import Attachment
from records.models.batch import BatchRow, ImportBatch, SealedSheet
from records.models.catalogue import CatalogueItem, CatalogueProvider
from records.models.disclosure import Disclosure
from records.models.document import ServedDocument
from records.models.export import ExportedRecord, ExportFile, ExportRequest
from records.models.holding import Holding
from records.models.identity_case import IdentityCase
from records.models.kept_form import KeptForm
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
    "Attachment",
    "BatchRow",
    "CatalogueItem",
    "CatalogueProvider",
    "CreditRecord",
    "Disclosure",
    "ExportFile",
    "ExportRequest",
    "ExportedRecord",
    "Holding",
    "IdentityCase",
    "ImportBatch",
    "KeptForm",
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
