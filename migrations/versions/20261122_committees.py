"""committees, their meetings, the reports that go to them, and what members ask

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('committees',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('agenda_days', sa.Integer(), nullable=False),
    sa.Column('form', sa.JSON(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_committees_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committees')),
    sa.UniqueConstraint('council_id', 'name', name=op.f('uq_committees_council_id_name'))
    )
    op.create_table('meetings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committees.id'], name=op.f('fk_meetings_committee_id_committees')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_meetings_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
    sa.UniqueConstraint('council_id', 'committee_id', 'day', name=op.f('uq_meetings_council_id_committee_id_day'))
    )
    op.create_table('committee_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.Column('contents_digest', sa.Text(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_committee_reports_council_id_councils')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_committee_reports_made_by_id_people')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_committee_reports_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_reports'))
    )
    with op.batch_alter_table('committee_reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_committee_reports_council_id_meeting_id'), ['council_id', 'meeting_id'], unique=False)

    op.create_table('committee_documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('part', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('of_version', sa.Integer(), nullable=False),
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
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_committee_documents_council_id_councils')),
    sa.ForeignKeyConstraint(['report_id'], ['committee_reports.id'], name=op.f('fk_committee_documents_report_id_committee_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_documents')),
    sa.UniqueConstraint('council_id', 'report_id', 'form', 'part', name=op.f('uq_committee_documents_council_id_report_id_form_part'))
    )
    with op.batch_alter_table('committee_documents', schema=None) as batch_op:
        batch_op.create_index('ix_committee_documents_waiting', ['id'], unique=False, postgresql_where=sa.text("status IN ('waiting', 'making')"), sqlite_where=sa.text("status IN ('waiting', 'making')"))

    op.create_table('questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=True),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('marking', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(action_id IS NULL) <> (report_id IS NULL)', name=op.f('ck_questions_about_an_action_or_a_report')),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_questions_answered_with_words')),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_questions_action_id_actions')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_questions_answered_by_id_people')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_questions_asked_by_id_people')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_questions_council_id_councils')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_questions_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_questions_owner_id_people')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_questions_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questions'))
    )
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questions_council_id_action_id'), ['council_id', 'action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_questions_council_id_asked_by_id'), ['council_id', 'asked_by_id'], unique=False)
        batch_op.create_index('ix_questions_open', ['council_id', 'due_on'], unique=False, postgresql_where=sa.text('answered_at IS NULL'), sqlite_where=sa.text('answered_at IS NULL'))

    op.create_table('question_reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('about_date', sa.Date(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_question_reminders_council_id_councils')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_question_reminders_message_id_messages')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_question_reminders_person_id_people')),
    sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name=op.f('fk_question_reminders_question_id_questions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_reminders')),
    sa.UniqueConstraint('council_id', 'question_id', 'person_id', 'stage', 'about_date', name=op.f('uq_question_reminders_once'))
    )
    with op.batch_alter_table('question_reminders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_reminders_council_id_message_id'), ['council_id', 'message_id'], unique=False)

    with op.batch_alter_table('councils', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public_link_days', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    """Refuse, like every version."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
