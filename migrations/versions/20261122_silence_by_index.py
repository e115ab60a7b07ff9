"""what nothing has been said of, and what waits for a decision, by index

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_open = sa.text("delivery IN ('not_started', 'in_progress', 'paused', 'awaiting_check')")
    op.create_index(
        'ix_actions_open_silent',
        'actions',
        ['council_id', 'last_update_at', 'created_at', 'id'],
        postgresql_where=is_open,
        sqlite_where=is_open,
    )
    waiting = sa.text("outcome = 'waiting'")
    for table, at in (('claims', 'claimed_at'), ('extensions', 'asked_at'), ('pauses', 'asked_at')):
        op.create_index(
            f'ix_{table}_waits', table, ['council_id', at], postgresql_where=waiting, sqlite_where=waiting
        )


def downgrade() -> None:
    """Refuse, like every version."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
