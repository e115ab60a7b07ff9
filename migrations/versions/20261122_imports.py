"""imports of spreadsheets under way

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.Text(), nullable=True),
    sa.Column('report_day', sa.Date(), nullable=True),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(report_id IS NULL) <> (title IS NULL)', name=op.f('ck_import_drafts_report_or_title')),
    sa.CheckConstraint('(title IS NULL) = (report_day IS NULL)', name=op.f('ck_import_drafts_title_with_day')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_import_drafts_council_id_councils')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_import_drafts_person_id_people')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_import_drafts_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_drafts')),
    sa.UniqueConstraint('council_id', 'person_id', name=op.f('uq_import_drafts_council_id_person_id'))
    )


def downgrade() -> None:
    """Refuse, like every version."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
