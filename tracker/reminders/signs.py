"""Signs of life and of trouble of the whole installation: how many mails stand where, when a sweep last ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import Heartbeat, Message
from tracker.models.reminder import UNFINISHED
from tracker.reminders.stages.schedule import HEARTBEAT
from tracker.terms import MessageStatus


@dataclass(frozen=True)
class Figures:
    """Counts of mails, and seconds. None where no sweep has gone through yet."""

    waiting: int
    oldest_waiting: float
    sent: int
    failed: int
    bounced: int
    sweep_seconds: float | None
    since: float | None


def figures(session: Session, *, now: datetime) -> Figures:
    """Return the figures of the whole installation, for a session that sees every council."""
    rows = session.execute(select(Message.status, func.count()).group_by(Message.status).order_by(Message.status))
    counts: dict[MessageStatus, int] = dict.fromkeys(MessageStatus, 0) | {row[0]: row[1] for row in rows}
    oldest = session.scalar(select(func.min(Message.created_at)).where(UNFINISHED))
    beat = session.execute(select(Heartbeat.at, Heartbeat.seconds).where(Heartbeat.name == HEARTBEAT)).one_or_none()
    return Figures(
        waiting=sum(
            counts[status] for status in (MessageStatus.WAITING, MessageStatus.SENDING, MessageStatus.DEFERRED)
        ),
        oldest_waiting=_since(oldest, now) or 0.0,
        sent=counts[MessageStatus.SENT] + counts[MessageStatus.DELIVERED],
        failed=counts[MessageStatus.FAILED],
        bounced=counts[MessageStatus.BOUNCED],
        sweep_seconds=beat.seconds if beat else None,
        since=_since(beat.at if beat else None, now),
    )


def _since(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else max(0.0, (now - moment).total_seconds())
