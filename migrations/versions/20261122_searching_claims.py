"""searching claims and success tests: what was said of them before; new ones are written by the service

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

COLUMNS = "council_id, action_id, source, source_id, text"
THERE_ALREADY = "ON CONFLICT DO NOTHING"  # a process of the new version may have written one meanwhile


def upgrade() -> None:
    op.execute(
        f"INSERT INTO search_texts ({COLUMNS}) SELECT council_id, id, 'success_test', id, success_test FROM actions "
        f"WHERE success_test IS NOT NULL AND success_test <> '' {THERE_ALREADY}"
    )
    op.execute(
        f"INSERT INTO search_texts ({COLUMNS}) "
        "SELECT council_id, action_id, 'claim', id, note || ' ' || coalesce(finding, '') FROM claims "
        f"WHERE true {THERE_ALREADY}"
    )
