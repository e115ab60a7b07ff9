"""packs for the next inspection, and their files

Revision ID: 0014
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('inspection_packs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('with_exempt', sa.Boolean(), nullable=False),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.Column('contents_digest', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_inspection_packs_council_id_councils')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_inspection_packs_made_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_packs')),
    sa.UniqueConstraint('council_id', 'contents_digest', name=op.f('uq_inspection_packs_council_id_contents_digest'))
    )
    op.create_table('pack_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pack_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('part', sa.Text(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('steps', sa.Integer(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_token', sa.Text(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fault', sa.Text(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_pack_files_council_id_councils')),
    sa.ForeignKeyConstraint(['pack_id'], ['inspection_packs.id'], name=op.f('fk_pack_files_pack_id_inspection_packs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_files')),
    sa.UniqueConstraint('council_id', 'pack_id', 'form', 'part', name=op.f('uq_pack_files_council_id_pack_id_form_part'))
    )
    with op.batch_alter_table('pack_files', schema=None) as batch_op:
        batch_op.create_index('ix_pack_files_waiting', ['id'], unique=False, postgresql_where=sa.text("status IN ('waiting', 'making')"), sqlite_where=sa.text("status IN ('waiting', 'making')"))


def downgrade() -> None:
    """Refuse, like every version."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
