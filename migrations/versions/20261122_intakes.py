"""documents on their way in, and where a person stopped checking

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

UNDER_WAY = sa.text("status IN ('waiting', 'reading')")


def upgrade() -> None:
    op.create_table('intakes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('free_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_token', sa.Text(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('refusal', sa.Text(), nullable=True),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('points', sa.Integer(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dismissed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("status <> 'read' OR report_id IS NOT NULL", name=op.f('ck_intakes_read_has_report')),
    sa.CheckConstraint("status <> 'refused' OR refusal IS NOT NULL", name=op.f('ck_intakes_refused_has_reason')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_intakes_added_by_id_people')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_intakes_council_id_councils')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_intakes_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intakes'))
    )
    with op.batch_alter_table('intakes', schema=None) as batch_op:
        batch_op.create_index('uq_intakes_under_way', ['council_id', 'sha256'], unique=True, postgresql_where=UNDER_WAY, sqlite_where=UNDER_WAY)
        batch_op.create_index('ix_intakes_unfinished', ['free_at', 'id'], unique=False, postgresql_where=UNDER_WAY, sqlite_where=UNDER_WAY)
        batch_op.create_index(batch_op.f('ix_intakes_council_id_added_by_id'), ['council_id', 'added_by_id'], unique=False)

    op.create_table('checking_places',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('action_point_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_point_id'], ['action_points.id'], name=op.f('fk_checking_places_action_point_id_action_points')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_checking_places_council_id_councils')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_checking_places_person_id_people')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_checking_places_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checking_places')),
    sa.UniqueConstraint('council_id', 'report_id', 'person_id', name=op.f('uq_checking_places_council_id_report_id_person_id'))
    )


def downgrade() -> None:
    """Refuse: what was added and not yet read would be lost."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
