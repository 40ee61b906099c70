"""Pictures that Telegram has, by what names them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "photos",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_photos"),
    )
