"""whether a mail may have left

Of a mail that was tried before this version nobody knows how each attempt ended, so it may have left.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('messages', sa.Column('may_have_left', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE messages SET may_have_left = true "
        "WHERE attempts > 0 AND status NOT IN ('sent', 'delivered', 'told_later')"
    )


def downgrade() -> None:
    """Refuse, like every version."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
