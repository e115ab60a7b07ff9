"""Files that show what was done, kept under generated names with their digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.adapters.files import Files
from tracker.errors import InvalidValue
from tracker.models import Action, Claim, Evidence, Person, Update


@dataclass(frozen=True)
class Upload:
    """A file as it came from a browser."""

    filename: str
    data: bytes


def attach(
    session: Session,
    files: Files,
    action: Action,
    uploads: Sequence[Upload],
    *,
    by: Person,
    now: datetime,
    update: Update | None = None,
    claimed: Claim | None = None,
) -> list[Evidence]:
    """Keep the files that show what was done. Raises InvalidValue for an empty one, before any is kept."""
    empty = next((upload.filename for upload in uploads if not upload.data), None)
    if empty is not None:
        raise InvalidValue(f"{empty} is empty. Choose the file again.", field="files")
    session.flush()  # the update they belong to has no id before
    kept = []
    for upload in uploads:
        stored = files.keep(action.council_id, upload.data)
        evidence = Evidence(
            council_id=action.council_id,
            action_id=action.id,
            update_id=update.id if update else None,
            claim_id=claimed.id if claimed else None,
            filename=clean_filename(upload.filename),
            media_type=stored.media_type,
            size=stored.size,
            sha256=stored.sha256,
            file_key=stored.key,
            marking=action.marking,
            added_by_id=by.id,
            added_at=now,
        )
        session.add(evidence)
        audit.record(
            session,
            action,
            "evidence_added",
            f"added the file {evidence.filename}",
            by=by,
            at=now,
            after={"sha256": stored.sha256, "size": stored.size},
        )
        kept.append(evidence)
    return kept


def clean_filename(name: str) -> str:
    """Keep of a file's name what can be shown and sent back: no folders, no control or direction characters.

    > audit sample.xlsx
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char for char in last if char.isprintable() and char not in '"<>|:*?').strip(" .")
    return shown[-150:] or "file"
