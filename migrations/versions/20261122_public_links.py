"""links to the public version of the overdue report

Revision ID: 0016
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'public_links',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_digest', sa.Text(), nullable=False),
        sa.Column('purpose', sa.Text(), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('council_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_public_links_council_id_councils')),
        sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_public_links_made_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_public_links')),
        sa.UniqueConstraint('token_digest', name=op.f('uq_public_links_token_digest')),
    )
    op.create_index(op.f('ix_public_links_council_id_expires_at'), 'public_links', ['council_id', 'expires_at'])


def downgrade() -> None:
    """Refuse, like every version."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
