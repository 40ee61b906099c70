"""The groups in which the bot answers without being addressed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "listening",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_listening"),
    )
