"""first tables

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


# What the database itself refuses, whoever asks: history is only ever added to, and an original date stays.
REFUSALS = {
    "history_stays": ("history", "UPDATE", "history is never changed"),
    "history_is_kept": ("history", "DELETE", "history is never removed"),
    "original_date_stays": ("actions", "UPDATE OF original_due_date", "the original due date never changes"),
}


def refuse(name: str, table: str, event: str, words: str) -> None:
    """Make the trigger that refuses, in the database's own language."""
    condition = "WHEN (OLD.original_due_date <> NEW.original_due_date)" if "OF" in event else ""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition} EXECUTE FUNCTION {name}()"
    )


def upgrade() -> None:
    op.create_table('councils',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('authority', sa.Text(), nullable=False),
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('prefix', sa.Text(), nullable=False),
    sa.Column('colour', sa.Text(), nullable=False),
    sa.Column('nation', sa.Text(), nullable=False),
    sa.Column('immediate_working_days', sa.Integer(), nullable=False),
    sa.Column('longer_term_months', sa.Integer(), nullable=False),
    sa.Column('no_time_months', sa.Integer(), nullable=False),
    sa.Column('due_soon_days', sa.Integer(), nullable=False),
    sa.Column('reminder_rules', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_councils')),
    sa.UniqueConstraint('slug', name=op.f('uq_councils_slug'))
    )
    op.create_table('heartbeats',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_heartbeats'))
    )
    op.create_table('sign_in_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email_digest', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempts'))
    )
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_attempts_email_digest_at'), ['email_digest', 'at'], unique=False)

    op.create_table('bodies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('aliases', sa.JSON(), nullable=False),
    sa.Column('contact_email', sa.Text(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_bodies_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bodies')),
    sa.UniqueConstraint('council_id', 'name', name=op.f('uq_bodies_council_id_name'))
    )
    op.create_table('closure_days',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_closure_days_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closure_days')),
    sa.UniqueConstraint('council_id', 'day', name=op.f('uq_closure_days_council_id_day'))
    )
    op.create_table('history_heads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_history_heads_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history_heads')),
    sa.UniqueConstraint('council_id', name=op.f('uq_history_heads_council_id'))
    )
    op.create_table('services',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_services_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_services')),
    sa.UniqueConstraint('council_id', 'name', name=op.f('uq_services_council_id_name'))
    )
    op.create_table('people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('post', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=True),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_people_council_id_councils')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_people_service_id_services')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('email', name=op.f('uq_people_email'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_council_id_role'), ['council_id', 'role'], unique=False)

    op.create_table('history',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('person_name', sa.Text(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('previous_digest', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_history_council_id_councils')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_history_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history')),
    sa.UniqueConstraint('council_id', 'sequence', name=op.f('uq_history_council_id_sequence'))
    )
    with op.batch_alter_table('history', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_history_council_id_subject_subject_id_sequence'), ['council_id', 'subject', 'subject_id', 'sequence'], unique=False)

    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dedupe_key', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('to_address', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_token', sa.Text(), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_messages_council_id_councils')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_messages_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sa.UniqueConstraint('council_id', 'dedupe_key', name=op.f('uq_messages_council_id_dedupe_key'))
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_messages_council_id_created_at'), ['council_id', 'created_at'], unique=False)
        batch_op.create_index('ix_messages_unfinished', ['next_attempt_at', 'id'], unique=False, postgresql_where=sa.text("status IN ('waiting', 'sending', 'deferred')"), sqlite_where=sa.text("status IN ('waiting', 'sending', 'deferred')"))

    op.create_table('reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('authority', sa.Text(), nullable=True),
    sa.Column('report_type', sa.Text(), nullable=True),
    sa.Column('inspectorates', sa.JSON(), nullable=False),
    sa.Column('addressee', sa.Text(), nullable=True),
    sa.Column('inspection_start', sa.Date(), nullable=True),
    sa.Column('inspection_end', sa.Date(), nullable=True),
    sa.Column('published', sa.Date(), nullable=True),
    sa.Column('scale_best', sa.Text(), nullable=True),
    sa.Column('scale_basis', sa.Text(), nullable=True),
    sa.Column('base_date_choice', sa.Text(), nullable=False),
    sa.Column('typed_base_date', sa.Date(), nullable=True),
    sa.Column('review_date', sa.Date(), nullable=True),
    sa.Column('review_date_hint', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('default_lead_id', sa.Integer(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_reports_added_by_id_people')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['people.id'], name=op.f('fk_reports_confirmed_by_id_people')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_reports_council_id_councils')),
    sa.ForeignKeyConstraint(['default_lead_id'], ['people.id'], name=op.f('fk_reports_default_lead_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
    sa.UniqueConstraint('council_id', 'code', name=op.f('uq_reports_council_id_code'))
    )
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reports_council_id_published'), ['council_id', 'published'], unique=False)

    op.create_table('sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_sign_ins_council_id_councils')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sign_ins_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_sign_ins_token_digest'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_council_id_person_id'), ['council_id', 'person_id'], unique=False)

    op.create_table('action_points',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Double(), nullable=False),
    sa.Column('read_position', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('limit_kind', sa.Text(), nullable=False),
    sa.Column('limit_words', sa.Text(), nullable=True),
    sa.Column('limit_count', sa.Integer(), nullable=True),
    sa.Column('limit_unit', sa.Text(), nullable=True),
    sa.Column('limit_date', sa.Date(), nullable=True),
    sa.Column('body_names', sa.JSON(), nullable=False),
    sa.Column('priority', sa.Text(), nullable=True),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('start', sa.Integer(), nullable=True),
    sa.Column('end', sa.Integer(), nullable=True),
    sa.Column('confidence', sa.Double(), nullable=False),
    sa.Column('confidence_reason', sa.Text(), nullable=False),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.Column('left_out_reason', sa.Text(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("decision <> 'left_out' OR left_out_reason IS NOT NULL", name=op.f('ck_action_points_left_out_has_reason')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_action_points_council_id_councils')),
    sa.ForeignKeyConstraint(['lead_id'], ['people.id'], name=op.f('fk_action_points_lead_id_people')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_action_points_owner_id_people')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_action_points_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_points'))
    )
    with op.batch_alter_table('action_points', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_points_council_id_report_id_position'), ['council_id', 'report_id', 'position'], unique=False)

    op.create_table('comparators',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('authority', sa.Text(), nullable=False),
    sa.Column('grades', sa.JSON(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_comparators_council_id_councils')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_comparators_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comparators'))
    )
    with op.batch_alter_table('comparators', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comparators_council_id_report_id'), ['council_id', 'report_id'], unique=False)

    op.create_table('judgements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('section', sa.Text(), nullable=True),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('normalised', sa.Text(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_judgements_council_id_councils')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_judgements_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judgements'))
    )
    with op.batch_alter_table('judgements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_judgements_council_id_report_id'), ['council_id', 'report_id'], unique=False)

    op.create_table('progress_statements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('judgement', sa.Text(), nullable=False),
    sa.Column('section', sa.Text(), nullable=True),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_progress_statements_council_id_councils')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_progress_statements_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_statements'))
    )
    with op.batch_alter_table('progress_statements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progress_statements_council_id_report_id'), ['council_id', 'report_id'], unique=False)

    op.create_table('report_sources',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('page_starts', sa.JSON(), nullable=False),
    sa.Column('reading', sa.JSON(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_report_sources_council_id_councils')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_report_sources_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_sources')),
    sa.UniqueConstraint('council_id', 'report_id', name=op.f('uq_report_sources_council_id_report_id')),
    sa.UniqueConstraint('council_id', 'sha256', name=op.f('uq_report_sources_council_id_sha256'))
    )
    op.create_table('actions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('action_point_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('response', sa.Text(), nullable=False),
    sa.Column('response_reason', sa.Text(), nullable=True),
    sa.Column('delivery', sa.Text(), nullable=False),
    sa.Column('marking', sa.Text(), nullable=False),
    sa.Column('base_date', sa.Date(), nullable=False),
    sa.Column('original_due_date', sa.Date(), nullable=False),
    sa.Column('current_due_date', sa.Date(), nullable=False),
    sa.Column('due_sum', sa.Text(), nullable=False),
    sa.Column('due_assumed', sa.Boolean(), nullable=False),
    sa.Column('claimed_on', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_update_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('current_due_date >= original_due_date', name=op.f('ck_actions_extension_is_later')),
    sa.ForeignKeyConstraint(['action_point_id'], ['action_points.id'], name=op.f('fk_actions_action_point_id_action_points')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_actions_council_id_councils')),
    sa.ForeignKeyConstraint(['lead_id'], ['people.id'], name=op.f('fk_actions_lead_id_people')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_actions_owner_id_people')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_actions_report_id_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_actions')),
    sa.UniqueConstraint('council_id', 'action_point_id', name=op.f('uq_actions_council_id_action_point_id')),
    sa.UniqueConstraint('council_id', 'reference', name=op.f('uq_actions_council_id_reference'))
    )
    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.create_index('ix_actions_open_due', ['council_id', 'original_due_date', 'id'], unique=False, postgresql_where=sa.text("delivery IN ('not_started', 'in_progress', 'paused', 'awaiting_check')"), sqlite_where=sa.text("delivery IN ('not_started', 'in_progress', 'paused', 'awaiting_check')"))
        batch_op.create_index('ix_actions_owner', ['council_id', 'owner_id', 'delivery'], unique=False)
        batch_op.create_index('ix_actions_report', ['council_id', 'report_id'], unique=False)

    op.create_table('claims',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('claimed_by_id', sa.Integer(), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finding', sa.Text(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('checked_by_id IS NULL OR checked_by_id <> claimed_by_id', name=op.f('ck_claims_checked_by_somebody_else')),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_claims_action_id_actions')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['people.id'], name=op.f('fk_claims_checked_by_id_people')),
    sa.ForeignKeyConstraint(['claimed_by_id'], ['people.id'], name=op.f('fk_claims_claimed_by_id_people')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_claims_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claims'))
    )
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claims_council_id_action_id'), ['council_id', 'action_id'], unique=False)
        batch_op.create_index('uq_claims_waiting', ['action_id'], unique=True, postgresql_where=sa.text("outcome = 'waiting'"), sqlite_where=sa.text("outcome = 'waiting'"))

    op.create_table('contributions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_contributions_action_id_actions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_contributions_body_id_bodies')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_contributions_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contributions')),
    sa.UniqueConstraint('council_id', 'action_id', 'body_id', name=op.f('uq_contributions_council_id_action_id_body_id'))
    )
    op.create_table('extensions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('safeguard', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_note', sa.Text(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> asked_by_id', name=op.f('ck_extensions_decided_by_somebody_else')),
    sa.CheckConstraint('to_date > from_date', name=op.f('ck_extensions_is_later')),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_extensions_action_id_actions')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_extensions_asked_by_id_people')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_extensions_council_id_councils')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_extensions_decided_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extensions'))
    )
    with op.batch_alter_table('extensions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extensions_council_id_action_id'), ['council_id', 'action_id'], unique=False)
        batch_op.create_index('uq_extensions_waiting', ['action_id'], unique=True, postgresql_where=sa.text("outcome = 'waiting'"), sqlite_where=sa.text("outcome = 'waiting'"))

    op.create_table('reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('about_date', sa.Date(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_reminders_action_id_actions')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_reminders_council_id_councils')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_reminders_message_id_messages')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_reminders_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('council_id', 'action_id', 'person_id', 'stage', 'about_date', name=op.f('uq_reminders_council_id_action_id_person_id_stage_about_date'))
    )
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminders_council_id_message_id'), ['council_id', 'message_id'], unique=False)

    op.create_table('updates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_updates_action_id_actions')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_updates_council_id_councils')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_updates_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_updates'))
    )
    with op.batch_alter_table('updates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_updates_council_id_action_id_at'), ['council_id', 'action_id', 'at'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('update_id', sa.Integer(), nullable=True),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=False),
    sa.Column('marking', sa.Text(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_evidence_action_id_actions')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_evidence_added_by_id_people')),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_evidence_claim_id_claims')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_evidence_council_id_councils')),
    sa.ForeignKeyConstraint(['update_id'], ['updates.id'], name=op.f('fk_evidence_update_id_updates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_council_id_action_id'), ['council_id', 'action_id'], unique=False)
    for name, (table, event, words) in REFUSALS.items():
        refuse(name, table, event, words)


def downgrade() -> None:
    """Refuse: there is nothing before the first tables, and a council's record is never dropped by a command."""
    raise RuntimeError("There is no version before this one. Restore a backup instead.")
