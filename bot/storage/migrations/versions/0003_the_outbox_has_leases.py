"""The outbox: when to try next, who has it in hand, and why it failed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("next_at", _INSTANT))
    op.add_column("deliveries", sa.Column("owner", sa.String(32)))
    op.add_column("deliveries", sa.Column("lease_until", _INSTANT))
    op.add_column("deliveries", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("reason", sa.String(200)))
    op.execute("UPDATE deliveries SET next_at = coalesce(retry_at, due_at) WHERE state = 'pending'")
    op.drop_index("ix_deliveries_state_due_at", "deliveries")
    op.drop_column("deliveries", "retry_at")
    for name, columns in (("next_at_id", ["next_at", "id"]), ("lease_until", ["lease_until"])):
        waits = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(f"ix_deliveries_{name}", "deliveries", columns, sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_deliveries_due_at", "deliveries", ["due_at"])
