"""The message in a group that tells how its posts are set up: it follows what is changed elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("card", sa.BigInteger))
