"""Draws one document in whichever form is wanted."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tracker.scrutiny.document import Document
from tracker.scrutiny.paper_pdf import document_pdf
from tracker.scrutiny.sheets import document_csv, document_excel
from tracker.scrutiny.word import document_word
from tracker.terms import DocumentForm

DRAWN: Mapping[DocumentForm, Callable[[Document], bytes]] = MappingProxyType(
    {
        DocumentForm.PDF: document_pdf,
        DocumentForm.WORD: document_word,
        DocumentForm.EXCEL: document_excel,
        DocumentForm.CSV: document_csv,
    }
)
MEDIA_TYPES: Mapping[DocumentForm, str] = MappingProxyType(
    {
        DocumentForm.PDF: "application/pdf",
        DocumentForm.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        DocumentForm.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        DocumentForm.CSV: "text/csv; charset=utf-8",
    }
)


def render(document: Document, form: DocumentForm) -> bytes:
    """Return the document as a file."""
    return DRAWN[form](document)
