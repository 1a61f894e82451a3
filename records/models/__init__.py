"""信用记录的名词。"""

from records.models.catalogue import CatalogueItem, CatalogueProvider
from records.models.document import ServedDocument
from records.models.record import CreditRecord
from records.models.revision import Revision
from records.models.subject import Subject, SubjectKey

__all__ = [
    "CatalogueItem",
    "CatalogueProvider",
    "CreditRecord",
    "Revision",
    "ServedDocument",
    "Subject",
    "SubjectKey",
]
