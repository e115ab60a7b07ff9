"""the first finished morning of a week, who was told of a committee report, and answered questions by index

Revision ID: 0013
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mail_weeks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_mail_weeks_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_weeks')),
    sa.UniqueConstraint('council_id', 'week', name=op.f('uq_mail_weeks_council_id_week'))
    )
    op.create_table('paper_notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_paper_notices_council_id_councils')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_paper_notices_message_id_messages')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_paper_notices_person_id_people')),
    sa.ForeignKeyConstraint(['report_id'], ['committee_reports.id'], name=op.f('fk_paper_notices_report_id_committee_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_notices')),
    sa.UniqueConstraint('council_id', 'report_id', 'person_id', name=op.f('uq_paper_notices_council_id_report_id_person_id'))
    )
    with op.batch_alter_table('paper_notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_notices_council_id_message_id'), ['council_id', 'message_id'], unique=False)
    op.create_index('ix_questions_council_id_answered_at', 'questions', ['council_id', 'answered_at'])


def downgrade() -> None:
    """Refuse, like every version."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
