"""reminders in full: more stages, mails in HTML, answers by link, calendars, what became of a mail

Revision ID: 0006
Revises: 0005
"""

import json

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

FIRST_RULES = {"before": [14], "late_every": 7, "lead_after": 7}  # what every council had, with no page to change it
RULES = {
    "before": [28, 14, 7, 1],
    "on_the_day": True,
    "late_every": 7,
    "lead_after": 7,
    "director_after": 28,
    "silent_after": 28,
    "decision_after": 5,
}


def upgrade() -> None:
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('html', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('provider_id', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_messages_provider_id'), ['provider_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_message_id'), ['message_id'], unique=False)
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mail_rhythm', sa.Text(), nullable=False, server_default='daily'))
        batch_op.add_column(sa.Column('calendar_digest', sa.Text(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_people_calendar_digest'), ['calendar_digest'])
    with op.batch_alter_table('heartbeats', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seconds', sa.Float(), nullable=True))
    # Columns alone, so that SQLite does not make the table anew and lose the trigger that keeps its first date.
    op.add_column('actions', sa.Column('disowned_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('actions', sa.Column('disowned_words', sa.Text(), nullable=True))
    disowned = sa.text('disowned_at IS NOT NULL')
    op.create_index('ix_actions_disowned', 'actions', ['council_id'], postgresql_where=disowned, sqlite_where=disowned)
    waited_for = sa.text("status IN ('no_reply', 'in_progress')")
    op.create_index('ix_contributions_open', 'contributions', ['council_id', 'due_date'], postgresql_where=waited_for, sqlite_where=waited_for)

    op.create_table('contribution_reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contribution_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('about_date', sa.Date(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contribution_id'], ['contributions.id'], name=op.f('fk_contribution_reminders_contribution_id_contributions')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_contribution_reminders_council_id_councils')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_contribution_reminders_message_id_messages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution_reminders')),
    sa.UniqueConstraint('council_id', 'contribution_id', 'stage', 'about_date', name=op.f('uq_contribution_reminders_once'))
    )
    op.create_index('ix_contribution_reminders_council_id_message_id', 'contribution_reminders', ['council_id', 'message_id'])
    op.create_table('link_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_link_answers_council_id_councils')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_link_answers_message_id_messages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link_answers')),
    sa.UniqueConstraint('council_id', 'message_id', 'about', name=op.f('uq_link_answers_council_id_message_id_about'))
    )
    op.create_table('mail_minutes',
    sa.Column('minute', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('minute', name=op.f('pk_mail_minutes'))
    )

    councils = sa.table('councils', sa.column('id', sa.Integer), sa.column('reminder_rules', sa.JSON))
    connection = op.get_bind()
    for council_id, stored in connection.execute(sa.select(councils.c.id, councils.c.reminder_rules)).all():
        rules = json.loads(stored) if isinstance(stored, str) else stored
        # The stages that are new come with the defaults; days that somebody has set stay as they are.
        known = {} if rules == FIRST_RULES else rules
        connection.execute(
            councils.update().where(councils.c.id == council_id).values(reminder_rules={**RULES, **known})
        )


def downgrade() -> None:
    """Refuse, like every version."""
    raise RuntimeError("There is no way back to the version before. Restore a backup instead.")
