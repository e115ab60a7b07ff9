"""actions in full: posts, pauses, holding, milestones, links, saved views, bulk changes, what is searched

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('categories',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_categories_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_categories')),
    sa.UniqueConstraint('council_id', 'kind', 'name', name=op.f('uq_categories_council_id_kind_name'))
    )
    op.create_table('posts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_posts_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posts')),
    sa.UniqueConstraint('council_id', 'name', name=op.f('uq_posts_council_id_name'))
    )
    op.create_table('bulk_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_bulk_changes_by_id_people')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_bulk_changes_council_id_councils')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['people.id'], name=op.f('fk_bulk_changes_undone_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_changes'))
    )
    with op.batch_alter_table('bulk_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bulk_changes_council_id_at'), ['council_id', 'at'], unique=False)

    op.create_table('saved_views',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_saved_views_council_id_councils')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_saved_views_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_views')),
    sa.UniqueConstraint('council_id', 'person_id', 'name', name=op.f('uq_saved_views_council_id_person_id_name'))
    )
    op.create_table('milestones',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('due_date', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_milestones_action_id_actions')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_milestones_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestones'))
    )
    with op.batch_alter_table('milestones', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_milestones_council_id_action_id'), ['council_id', 'action_id'], unique=False)

    op.create_table('pauses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('review_date', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('safeguard', sa.Text(), nullable=False),
    sa.Column('marking', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_note', sa.Text(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> asked_by_id', name=op.f('ck_pauses_decided_by_somebody_else')),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_pauses_action_id_actions')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_pauses_asked_by_id_people')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_pauses_council_id_councils')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_pauses_decided_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pauses'))
    )
    with op.batch_alter_table('pauses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pauses_council_id_action_id'), ['council_id', 'action_id'], unique=False)
        batch_op.create_index('uq_pauses_waiting', ['action_id'], unique=True, postgresql_where=sa.text("outcome = 'waiting'"), sqlite_where=sa.text("outcome = 'waiting'"))

    op.create_table('search_texts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_search_texts_action_id_actions')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_search_texts_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_texts')),
    sa.UniqueConstraint('council_id', 'action_id', 'source', 'source_id', name=op.f('uq_search_texts_council_id_action_id_source_source_id'))
    )
    op.create_table('holding_checks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('due_date', sa.Date(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finding', sa.Text(), nullable=True),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_holding_checks_action_id_actions')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['people.id'], name=op.f('fk_holding_checks_checked_by_id_people')),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_holding_checks_claim_id_claims')),
    sa.ForeignKeyConstraint(['council_id'], ['councils.id'], name=op.f('fk_holding_checks_council_id_councils')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holding_checks')),
    sa.UniqueConstraint('council_id', 'action_id', 'claim_id', 'months', name=op.f('uq_holding_checks_council_id_action_id_claim_id_months'))
    )
    with op.batch_alter_table('holding_checks', schema=None) as batch_op:
        batch_op.create_index('ix_holding_checks_due', ['council_id', 'outcome', 'due_date'], unique=False)

    # Everybody's post becomes a row of its own, which actions can belong to.
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('post_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('signed_in_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("INSERT INTO posts (council_id, name) SELECT DISTINCT council_id, post FROM people")
    op.execute(
        "UPDATE people SET post_id = "
        "(SELECT posts.id FROM posts WHERE posts.council_id = people.council_id AND posts.name = people.post)"
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.alter_column('post_id', existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_people_post_id_posts'), 'posts', ['post_id'], ['id'])
        batch_op.drop_column('post')

    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assumed_seen_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('checker_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('post_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('service_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('theme_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('outcome_area_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('priority', sa.Text(), nullable=False, server_default='normal'))
        batch_op.add_column(sa.Column('success_test', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('close_reason', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('closed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('successor_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('outlook_override', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('outlook_reason', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('outlook_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('outlook_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_actions_theme_id_categories'), 'categories', ['theme_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_actions_checker_id_people'), 'people', ['checker_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_actions_service_id_services'), 'services', ['service_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_actions_outlook_by_id_people'), 'people', ['outlook_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_actions_closed_by_id_people'), 'people', ['closed_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_actions_successor_id_actions'), 'actions', ['successor_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_actions_post_id_posts'), 'posts', ['post_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_actions_outcome_area_id_categories'), 'categories', ['outcome_area_id'], ['id'])
        batch_op.create_check_constraint(
            'close_reason_only_if_closed', "close_reason IS NULL OR delivery = 'closed_not_completed'"
        )
        batch_op.create_check_constraint('succeeded_by_another', 'successor_id IS NULL OR successor_id <> id')
        batch_op.create_check_constraint(
            'override_has_reason',
            'outlook_override IS NULL OR (outlook_reason IS NOT NULL AND outlook_by_id IS NOT NULL)',
        )
    op.execute(
        "UPDATE actions SET post_id = (SELECT people.post_id FROM people WHERE people.id = actions.owner_id), "
        "service_id = (SELECT people.service_id FROM people WHERE people.id = actions.owner_id)"
    )
    if op.get_bind().dialect.name == 'sqlite':
        # SQLite rebuilds a table to alter it, and its triggers go with the old one.
        op.execute(
            "CREATE TRIGGER original_date_stays BEFORE UPDATE OF original_due_date ON actions "
            "WHEN (OLD.original_due_date <> NEW.original_due_date) "
            "BEGIN SELECT RAISE(ABORT, 'the original due date never changes'); END"
        )

    with op.batch_alter_table('contributions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('contact_name', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('contact_email', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('due_date', sa.Date(), nullable=True))

    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('holding_check_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('by_checker', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('url', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('scan', sa.Text(), nullable=False, server_default='not_set_up'))
        for name in ('media_type', 'size', 'sha256', 'file_key'):
            batch_op.alter_column(name, existing_type=sa.Integer() if name == 'size' else sa.Text(), nullable=True)
        batch_op.create_check_constraint('file_or_link', '(url IS NULL) <> (file_key IS NULL)')
        batch_op.create_foreign_key(batch_op.f('fk_evidence_holding_check_id_holding_checks'), 'holding_checks', ['holding_check_id'], ['id'])

    with op.batch_alter_table('updates', schema=None) as batch_op:
        batch_op.add_column(sa.Column('marking', sa.Text(), nullable=False, server_default='open'))
        batch_op.create_index('ix_updates_person', ['council_id', 'person_id', 'at'])
    for table in ('claims', 'extensions'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('marking', sa.Text(), nullable=False, server_default='open'))
    # What was said of what is not open now may name what is not open: it carries its action's marking.
    for table in ('updates', 'claims', 'extensions'):
        op.execute(
            f"UPDATE {table} SET marking = (SELECT actions.marking FROM actions WHERE actions.id = {table}.action_id)"
        )
