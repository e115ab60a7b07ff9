"""What shows that something was done: files, kept under generated names with their digest, and links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from tracker import audit
from tracker.adapters.files import Files
from tracker.errors import InvalidValue
from tracker.models import Action, Claim, Evidence, HoldingCheck, Person, Update
from tracker.terms import Scan

NO_ADDRESS = "Enter a full address, like https://example.org/minutes"


@dataclass(frozen=True)
class Upload:
    """A file as it came from a browser."""

    filename: str
    data: bytes


@dataclass(frozen=True)
class Shown:
    """What the evidence belongs to beside its action: an update, a claim, or what a checker looked at."""

    update: Update | None = None
    claim: Claim | None = None
    holding_check: HoldingCheck | None = None
    by_checker: bool = False


NOTHING_ELSE = Shown()


def attach(
    session: Session,
    files: Files,
    action: Action,
    uploads: Sequence[Upload],
    *,
    by: Person,
    now: datetime,
    shown: Shown = NOTHING_ELSE,
    scan: Scan = Scan.NOT_SET_UP,
) -> list[Evidence]:
    """Keep the files that show what was done. Raises InvalidValue for an empty one, before any is kept.

    ``scan`` is Scan.WAITING where a virus scanner is set up: then none is given out before it has passed.
    """
    empty = next((upload.filename for upload in uploads if not upload.data), None)
    if empty is not None:
        raise InvalidValue(f"{empty} is empty. Choose the file again.", field="files")
    kept = []
    for upload in uploads:
        stored = files.keep(action.council_id, upload.data)
        evidence = _row(session, action, shown, by, now)
        evidence.filename = clean_filename(upload.filename)
        evidence.media_type, evidence.size = stored.media_type, stored.size
        evidence.sha256, evidence.file_key, evidence.scan = stored.sha256, stored.key, scan
        session.add(evidence)
        after: dict[str, object] = {"sha256": stored.sha256, "size": stored.size}
        sentence = f"added the file {evidence.filename}"
        audit.record(session, action, "evidence_added", sentence, by=by, at=now, after=after)
        kept.append(evidence)
    return kept


def add_link(
    session: Session, action: Action, url: str, *, by: Person, now: datetime, shown: Shown = Shown()
) -> Evidence:
    """Keep a link to where something stands. Raises InvalidValue for what is no full address of a page."""
    wanted = url.strip()
    try:
        parts = urlsplit(wanted)
    except ValueError:
        raise InvalidValue(NO_ADDRESS, field="link") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not wanted.isprintable() or " " in wanted:
        raise InvalidValue(NO_ADDRESS, field="link")
    evidence = _row(session, action, shown, by, now)
    evidence.filename, evidence.url = wanted.partition("://")[2][:150], wanted
    session.add(evidence)
    sentence = f"added the link {wanted}"
    audit.record(session, action, "evidence_added", sentence, by=by, at=now, after={"url": wanted})
    return evidence


def _row(session: Session, action: Action, shown: Shown, by: Person, now: datetime) -> Evidence:
    session.flush()  # what it belongs to has no id before
    return Evidence(
        council_id=action.council_id,
        action_id=action.id,
        update_id=shown.update.id if shown.update else None,
        claim_id=shown.claim.id if shown.claim else None,
        holding_check_id=shown.holding_check.id if shown.holding_check else None,
        by_checker=shown.by_checker,
        marking=action.marking,
        added_by_id=by.id,
        added_at=now,
    )


def clean_filename(name: str) -> str:
    """Keep of a file's name what can be shown and sent back: no folders, no control or direction characters.

    > audit sample.xlsx
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char for char in last if char.isprintable() and char not in '"<>|:*?').strip(" .")
    return shown[-150:] or "file"
