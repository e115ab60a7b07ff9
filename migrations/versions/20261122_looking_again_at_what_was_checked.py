"""looking again at what was checked before the service planned it: three and six months after the check

Revision ID: 0007
Revises: 0006
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from dateutil.relativedelta import relativedelta

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

AFTER_MONTHS = (3, 6)
LONDON = ZoneInfo('Europe/London')

ACTIONS = sa.table('actions', sa.column('id'), sa.column('council_id'), sa.column('delivery'))
CLAIMS = sa.table(
    'claims', sa.column('id'), sa.column('action_id'), sa.column('outcome'),
    sa.column('checked_at', sa.DateTime(timezone=True)),
)
CHECKS = sa.table(
    'holding_checks', sa.column('council_id'), sa.column('action_id'), sa.column('claim_id'), sa.column('months'),
    sa.column('due_date', sa.Date()), sa.column('outcome'),
)


def upgrade() -> None:
    today = datetime.now(LONDON).date()
    rows = [
        {'council_id': council_id, 'action_id': action_id, 'claim_id': claim_id, 'months': months, 'due_date': day,
         'outcome': 'waiting'}
        for council_id, action_id, claim_id, checked_at in op.get_bind().execute(_upheld()).all()
        for months, day in _days(_london_day(checked_at), today)
    ]
    if rows:
        op.bulk_insert(CHECKS, rows)


def _upheld() -> sa.Select:
    """The claim by which each action stands as checked: the newest that was agreed, where nobody is to look again."""
    newest = (
        sa.select(sa.func.max(CLAIMS.c.id))
        .where(CLAIMS.c.outcome == 'agreed', CLAIMS.c.checked_at.is_not(None))
        .group_by(CLAIMS.c.action_id)
    )
    planned = sa.select(CHECKS.c.action_id)
    return (
        sa.select(ACTIONS.c.council_id, ACTIONS.c.id, CLAIMS.c.id, CLAIMS.c.checked_at)
        .join(CLAIMS, CLAIMS.c.action_id == ACTIONS.c.id)
        .where(ACTIONS.c.delivery == 'checked', CLAIMS.c.id.in_(newest), ACTIONS.c.id.not_in(planned))
        .order_by(ACTIONS.c.id)
    )


def _days(checked_on: date, today: date) -> list[tuple[int, date]]:
    """The days to look again on. Of those that have passed only the last: nobody has to look twice at once."""
    days = [(months, checked_on + relativedelta(months=months)) for months in AFTER_MONTHS]
    passed = [one for one in days if one[1] < today]
    return passed[-1:] + [one for one in days if one[1] >= today]


def _london_day(moment: datetime) -> date:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LONDON).date()
