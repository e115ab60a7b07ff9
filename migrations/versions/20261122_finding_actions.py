"""finding actions: the words searched and their index, and indexes for the lists

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# What separates words, beside spaces: PostgreSQL's parser would keep "referrals-log.txt" or "www.a.uk" as one word.
MARKS = r"""-._/\@:,;&+#()[]{}<>=*!?$£"'`~^|‘’“”–—…•"""
ACCENTED, PLAIN = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿŵŷ", "aaaaaaceeeeiiiinooooouuuuyywy"
COLUMNS = "council_id, action_id, source, source_id, text"


def upgrade() -> None:
    with op.batch_alter_table('actions', schema=None) as batch_op:
        # All actions by date, and a lead's own; the open ones by date have an index already.
        batch_op.create_index('ix_actions_due', ['council_id', 'original_due_date', 'id'], unique=False)
        batch_op.create_index('ix_actions_lead', ['council_id', 'lead_id', 'delivery'], unique=False)
        batch_op.create_index('ix_actions_service', ['council_id', 'service_id', 'delivery'], unique=False)
    with op.batch_alter_table('contributions', schema=None) as batch_op:
        batch_op.create_index('ix_contributions_body', ['council_id', 'body_id', 'action_id'], unique=False)
    _fill()
    if op.get_bind().dialect.name == 'sqlite':
        _index_on_sqlite()
    else:
        _index_on_postgresql()


def _fill() -> None:
    """Write a row for every text that is there already; new ones are written by the service."""
    for source, source_id, text, table in (
        ('title', 'actions.id', "actions.reference || ' ' || actions.title", 'actions'),
        ('words', 'action_points.id', 'action_points.words',
         'actions JOIN action_points ON action_points.id = actions.action_point_id'),
        ('update', 'updates.id', 'updates.text', 'updates JOIN actions ON actions.id = updates.action_id'),
        ('file', 'evidence.id', 'evidence.filename', 'evidence JOIN actions ON actions.id = evidence.action_id'),
    ):
        op.execute(
            f"INSERT INTO search_texts ({COLUMNS}) "
            f"SELECT actions.council_id, actions.id, '{source}', {source_id}, {text} FROM {table}"
        )


def _index_on_sqlite() -> None:
    """Index the words; the council and the source are columns too, so that a question about one reads only its own."""
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(text, council_id, source, content='search_texts', "
        "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"
    )
    op.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    new = "INSERT INTO search_index (rowid, text, council_id, source) VALUES (NEW.id, NEW.text, NEW.council_id, NEW.source);"
    old = (
        "INSERT INTO search_index (search_index, rowid, text, council_id, source) "
        "VALUES ('delete', OLD.id, OLD.text, OLD.council_id, OLD.source);"
    )
    op.execute(f"CREATE TRIGGER search_text_added AFTER INSERT ON search_texts BEGIN {new} END")
    op.execute(f"CREATE TRIGGER search_text_removed AFTER DELETE ON search_texts BEGIN {old} END")
    op.execute(f"CREATE TRIGGER search_text_changed AFTER UPDATE ON search_texts BEGIN {old} {new} END")


def _index_on_postgresql() -> None:
    """Index the words with English endings taken off, and no word left out: a question of "should" finds it, as on SQLite.

    The council and the source stand among the words with a sign that nobody's words can contain.
    """
    op.execute("CREATE TEXT SEARCH DICTIONARY search_stem (TEMPLATE = snowball, LANGUAGE = english)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION search_english (COPY = pg_catalog.english)")
    op.execute("ALTER TEXT SEARCH CONFIGURATION search_english ALTER MAPPING REPLACE english_stem WITH search_stem")
    marks = MARKS.replace("'", "''")
    words = f"translate(translate(lower(text), '{marks}', '{' ' * len(MARKS)}'), '{ACCENTED}', '{PLAIN}')"
    op.get_bind().exec_driver_sql(
        "ALTER TABLE search_texts ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
        f"to_tsvector('search_english'::regconfig, {words}) "
        "|| array_to_tsvector(ARRAY['#' || council_id::text, '#' || source])) STORED"
    )
    op.execute("CREATE INDEX ix_search_texts_vector ON search_texts USING gin (vector)")
