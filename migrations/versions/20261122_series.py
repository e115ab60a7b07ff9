"""the series of reports: what a later one tells again, and a council's own names of areas

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

TRACKED_ELSEWHERE = sa.text("kind = 'repeated' AND decision = 'confirmed'")


def upgrade() -> None:
    op.create_table('series_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('statement_id', sa.Integer(), nullable=True),
    sa.Column('earlier_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(point_id IS NULL) <> (statement_id IS NULL)', name=op.f('ck_series_links_point_or_statement')),
    sa.CheckConstraint("(kind = 'judged') = (statement_id IS NOT NULL)", name=op.f('ck_series_links_statements_judge')),
    sa.CheckConstraint('point_id IS NULL OR point_id <> earlier_id', name=op.f('ck_series_links_of_another_point')),
    sa.CheckConstraint("(decision = 'proposed') = (decided_by_id IS NULL)", name=op.f('ck_series_links_decided_by_somebody')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_series_links_council_id_councils')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_series_links_decided_by_id_people')),
    sa.ForeignKeyConstraint(['earlier_id'], ['action_points.id'], name=op.f('fk_series_links_earlier_id_action_points')),
    sa.ForeignKeyConstraint(['point_id'], ['action_points.id'], name=op.f('fk_series_links_point_id_action_points')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_series_links_report_id_reports')),
    sa.ForeignKeyConstraint(['statement_id'], ['progress_statements.id'], name=op.f('fk_series_links_statement_id_progress_statements')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series_links')),
    sa.UniqueConstraint('council_id', 'point_id', 'earlier_id', name=op.f('uq_series_links_council_id_point_id_earlier_id')),
    sa.UniqueConstraint('council_id', 'statement_id', 'earlier_id', name=op.f('uq_series_links_council_id_statement_id_earlier_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('series_links', schema=None) as batch_op:
        batch_op.create_index('uq_series_links_repeated', ['council_id', 'point_id'], unique=True, postgresql_where=TRACKED_ELSEWHERE, sqlite_where=TRACKED_ELSEWHERE)
        batch_op.create_index(batch_op.f('ix_series_links_council_id_report_id'), ['council_id', 'report_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_links_council_id_earlier_id'), ['council_id', 'earlier_id'], unique=False)

    op.create_table('area_names',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('plain', sa.Text(), nullable=False),
    sa.Column('common', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_area_names_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area_names')),
    sa.UniqueConstraint('council_id', 'plain', name=op.f('uq_area_names_council_id_plain'))
    )


def downgrade() -> None:
    """Refuse: what was decided about the series would be lost."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
