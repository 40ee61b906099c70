"""PostgreSQL's indexes of the outbox: small ones, those too that a first start made to hold every row."""

from alembic import op

revision = "0013"
down_revision = "0012"

_INDEXES = (
    "ix_deliveries_next_at_id ON deliveries (next_at, id) WHERE next_at IS NOT NULL",
    "ix_deliveries_lease_until ON deliveries (lease_until) WHERE lease_until IS NOT NULL",
    "ix_deliveries_due_at ON deliveries USING brin (due_at) WITH (autosummarize = on)",
)


def upgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    for index in _INDEXES:
        op.drop_index(index.split()[0], "deliveries")
        op.execute(f"CREATE INDEX {index}")
