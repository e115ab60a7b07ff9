"""What every table of files has that are made in the background under a lease."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import CouncilOwned, TermType
from tracker.terms import DocumentStatus

TO_BE_MADE = text("status IN ('waiting', 'making')")


class ToBeMade(CouncilOwned):
    """One file: asked for, claimed under a lease, made or given up."""

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[DocumentStatus] = mapped_column(TermType(DocumentStatus), default=DocumentStatus.WAITING)
    asked_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    file_key: Mapped[str | None]
    size: Mapped[int | None]  # bytes
    sha256: Mapped[str | None]
    made_at: Mapped[datetime | None]
    fault: Mapped[str | None]

    def ask_again(self, at: datetime) -> None:
        """Have it made anew; who is making it meanwhile loses the lease. The file that is there stays until then."""
        self.status, self.asked_at, self.attempts = DocumentStatus.WAITING, at, 0
        self.lease_until, self.lease_token, self.fault = None, None, None
