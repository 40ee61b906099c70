"""Acts of groups' administrators, too, and nobody's id: who did what is kept as a keyed hash from now on.

A migration has no key: who did what is older is known by name only. What was called an upload was a look at a change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("acts") as acts:
        acts.drop_column("person")
        acts.add_column(sa.Column("chat_id", sa.BigInteger))
        for name in ("person", "place"):
            acts.add_column(sa.Column(name, sa.String(64), nullable=False, server_default=""))
    with op.batch_alter_table("acts") as acts:
        for name in ("person", "place"):
            acts.alter_column(name, server_default=None)
    op.create_index("ix_acts_person", "acts", ["person"])
    op.execute("UPDATE acts SET act = 'review', detail = substr('upload ' || detail, 1, 200) WHERE act = 'upload'")
    with op.batch_alter_table("bases") as bases:
        bases.drop_column("person")
