# ruff: noqa: INP001 - alembic loads it by its path
"""Alembic's entry: runs the migrations on the connection that `bot.storage.migrating` hands over."""

from alembic import context

from bot.storage.schema import metadata

# transactional_ddl: SQLite can, so that a migration that fails half way leaves nothing behind. render_as_batch: it
# cannot alter a column in place.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
