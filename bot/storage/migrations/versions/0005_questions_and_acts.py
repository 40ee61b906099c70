"""What people asked, who wants none of it kept, what curators did; and the folder that a version was made of."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("bases", sa.Column("folder", sa.String(64)))
    op.execute("UPDATE bases SET folder = version WHERE origin = 'folder'")
    op.create_table(
        "questions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("asker", sa.String(64), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(40), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_asker", "questions", ["asker"])
    op.create_index("ix_questions_at", "questions", ["at"])
    op.create_index("ix_questions_outcome_settled_key", "questions", ["outcome", "settled", "key"])
    op.create_table(
        "unkept",
        sa.Column("asker", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("asker", name="pk_unkept"),
    )
    op.create_table(
        "acts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_acts"),
    )
    op.create_index("ix_acts_at", "acts", ["at"])
