"""信用记录的名词。"""

from records.models.amendment import Amendment
from records.models.archive import ArchiveCopy, ArchiveOpening
from records.models.attachment import Attachment
from records.models.batch import BatchRow, ImportBatch, Receipt, SealedSheet
from records.models.catalogue import CatalogueItem, CatalogueProvider
from records.models.contest import Contest
from records.models.day_note import DayNote
from records.models.deletion import Deletion
from records.models.disclosure import Disclosure
from records.models.document import ServedDocument
from records.models.end_notice import EndNotice
from records.models.export import ExportedRecord, ExportFile, ExportRequest
from records.models.holding import Holding
from records.models.identity_case import IdentityCase
from records.models.kept_form import KeptForm
from records.models.lapse import Lapse
from records.models.lawful_request import LawfulRequest, RequestFile
from records.models.objection import Objection
from records.models.opening import Opening
from records.models.paper import Paper, PaperConfirmation, PaperService
from records.models.public_page import PublicPage
from records.models.record import CreditRecord
from records.models.removal import Removal
from records.models.repair import Repair
from records.models.repair_offer import FalsePromise, RepairOffer
from records.models.request_deletion import RequestDeletion
from records.models.retired_key import RetiredKey
from records.models.revision import Revision
from records.models.sample import Sample
from records.models.sent_back import SentBack
from records.models.statement import Statement
from records.models.subject import Subject, SubjectKey
from records.models.take import Take
from records.models.undoing import Undoing

__all__ = [
    "Amendment",
    "ArchiveCopy",
    "ArchiveOpening",
    "Attachment",
    "BatchRow",
    "CatalogueItem",
    "CatalogueProvider",
    "Contest",
    "CreditRecord",
    "DayNote",
    "Deletion",
    "Disclosure",
    "EndNotice",
    "ExportFile",
    "ExportRequest",
    "ExportedRecord",
    "FalsePromise",
    "Holding",
    "IdentityCase",
    "ImportBatch",
    "KeptForm",
    "Lapse",
    "LawfulRequest",
    "Objection",
    "Opening",
    "Paper",
    "PaperConfirmation",
    "PaperService",
    "PublicPage",
    "Receipt",
    "Removal",
    "Repair",
    "RepairOffer",
    "RequestDeletion",
    "RequestFile",
    "RetiredKey",
    "Revision",
    "Sample",
    "SealedSheet",
    "SentBack",
    "ServedDocument",
    "Statement",
    "Subject",
    "SubjectKey",
    "Take",
    "Undoing",
]
