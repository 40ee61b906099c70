"""Weekdays, topics, sizes, pauses; what was posted in a table of its own.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

subscriptions = sa.table(
    "subscriptions", sa.column("every", sa.String), sa.column("weekday", sa.Integer), sa.column("weekdays", sa.String)
)
ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# How the databases store what `bot.storage.schema.Instant` is.
INSTANT = sa.DateTime(timezone=True)
# What subscriptions of before get.
NEW = (
    ("weekdays", sa.String(7), "0"),
    ("topics", sa.Text(), ""),
    ("silent", sa.Boolean(), sa.false()),
    ("size", sa.Integer(), "1"),
    ("repeat", sa.Boolean(), sa.false()),
    ("catch_up", sa.String(8), "latest"),
    ("uncertain", sa.String(8), "repeat"),
)


def upgrade() -> None:
    # Column by column: SQLite would otherwise make the table anew, and dropping the old one takes the deliveries along.
    for name, kind, default in NEW:
        op.add_column("subscriptions", sa.Column(name, kind, nullable=False, server_default=default))
    op.add_column("subscriptions", sa.Column("paused_until", sa.Date))
    op.add_column("subscriptions", sa.Column("owner", sa.String(64)))
    op.create_index("ix_subscriptions_owner", "subscriptions", ["owner"])
    weekly = subscriptions.c.every == "weekly"
    digits = sa.case((weekly, sa.cast(subscriptions.c.weekday, sa.String)), else_="0123456")
    op.execute(sa.update(subscriptions).values(weekdays=digits))
    op.drop_column("subscriptions", "every")
    op.drop_column("subscriptions", "weekday")
    _posted()
    op.drop_column("deliveries", "fact")


def _posted() -> None:
    op.create_table(
        "posted",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "subscription_id",
            ID,
            sa.ForeignKey("subscriptions.id", ondelete="CASCADE", name="fk_posted_subscription_id"),
            nullable=False,
        ),
        sa.Column("fact", sa.String(40), nullable=False),
        sa.Column("meaning", sa.String(32), nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("leased_until", INSTANT),
        sa.UniqueConstraint("subscription_id", "fact", name="uq_posted_subscription_id_fact"),
    )
    op.create_index("ix_posted_fact_meaning", "posted", ["fact", "meaning"])
    op.execute(
        "INSERT INTO posted (subscription_id, fact, meaning, message_id) SELECT subscription_id, fact, '', "
        "max(message_id) FROM deliveries WHERE state = 'sent' AND fact IS NOT NULL AND message_id IS NOT NULL "
        "GROUP BY subscription_id, fact ORDER BY max(id)"
    )
