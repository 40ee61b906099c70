"""Messages that say how far some work is, so that a start can mend what a killed process left."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "unfinished",
        sa.Column("chat_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_unfinished"),
    )
