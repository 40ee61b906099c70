"""The tables. A change here needs a migration in `migrations/versions`; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
    text,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect

# The newest migration. Kept here so that a start needs alembic (10 MB) only where the database is behind.
HEAD = "0013"


class Instant(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite keeps text without a zone, so that it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite counts a key up by itself only where it is called INTEGER.
_Id = BigInteger().with_variant(Integer, "sqlite")
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# chat: a keyed hash of a person's id, or a group's id as it is (`bot.storage.preferences.ChatKeys`).
languages = Table(
    "languages", metadata, Column("chat", String(64), primary_key=True), Column("lang", String(8), nullable=False)
)

# Groups in which the bot answers without being addressed.
listening = Table("listening", metadata, Column("chat_id", BigInteger, primary_key=True, autoincrement=False))

# Counts the changes of what is cached in memory, so that another running copy notices them.
versions = Table(
    "versions", metadata, Column("name", String(32), primary_key=True), Column("number", Integer, nullable=False)
)

# thread: 0 stands for none, because NULLs are never equal in a UNIQUE key. suspended: why nothing is posted for now.
# weekdays: their digits, 0 is Monday. topics: ids with commas between. owner: a keyed hash of who set it up.
# card: the message in a group that tells all this, to be kept up to date.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread", BigInteger, nullable=False),
    Column("weekdays", String(7), nullable=False),
    Column("hour", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("lang", String(8), nullable=False),
    Column("topics", Text, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("size", Integer, nullable=False),
    Column("repeat", Boolean, nullable=False),
    Column("paused_until", Date),
    Column("catch_up", String(8), nullable=False),
    Column("uncertain", String(8), nullable=False),
    Column("next_due_at", Instant),
    Column("suspended", String(200)),
    Column("owner", String(64)),
    Column("card", BigInteger),
    UniqueConstraint("chat_id", "thread"),
    Index(None, "next_due_at"),
    Index(None, "owner"),
)

_WAITS, _IN_HAND = text("next_at IS NOT NULL"), text("lease_until IS NOT NULL")

# The outbox, and for a month the ledger. The nominal local date and slot (minutes after midnight) make a tick
# idempotent, whatever the clocks do. state: pending | claimed | sending | retry | uncertain | sent | dead | skipped.
# next_at: from when on it is to be sent, only while it waits. owner, lease_until: which running copy has it in hand,
# and until when nobody else may. reason: why it was not simply sent.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("subscription_id", _Id, ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False),
    Column("local_date", Date, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("next_at", Instant),
    Column("owner", String(32)),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False),
    Column("reason", String(200)),
    Column("message_id", BigInteger),
    Column("sent_at", Instant),
    UniqueConstraint("subscription_id", "local_date", "slot"),
    # Most rows neither wait nor are in hand: these indexes hold only those that do.
    Index(None, "next_at", "id", sqlite_where=_WAITS).ddl_if(dialect="sqlite"),
    Index(None, "lease_until", sqlite_where=_IN_HAND).ddl_if(dialect="sqlite"),
    Index(None, "due_at").ddl_if(dialect="sqlite"),
)
# The same for PostgreSQL, as text, because SQLAlchemy's words for it would load its dialect for everybody. Rows come by
# their due times: what covers whole ranges of pages finds them as well, and costs a planned post next to nothing.
_POSTGRESQL = (
    "ix_deliveries_next_at_id ON deliveries (next_at, id) WHERE next_at IS NOT NULL",
    "ix_deliveries_lease_until ON deliveries (lease_until) WHERE lease_until IS NOT NULL",
    "ix_deliveries_due_at ON deliveries USING brin (due_at) WITH (autosummarize = on)",
)


@event.listens_for(deliveries, "after_create")
def _index(_: Table, connection: Connection, **_more: object) -> None:
    if connection.dialect.name == "postgresql":
        for index in _POSTGRESQL:
            connection.exec_driver_sql(f"CREATE INDEX {index}")


# What stands in a chat of the series that runs there: it outlives the deliveries, which are kept for a while only.
# meaning: the fingerprint of what the post told; where `told` has none such, that is not known.
# message_id: 0 where it was posted before the group became a supergroup. leased_until: a copy is correcting it.
posted = Table(
    "posted",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("subscription_id", _Id, ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False),
    Column("fact", String(40), nullable=False),
    Column("meaning", String(32), nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("leased_until", Instant),
    UniqueConstraint("subscription_id", "fact"),
    Index(None, "fact", "meaning"),
)

# What posts told of their facts, as JSON (`facts.meaning.Told`): once for all that told the same, by its fingerprint.
# A row goes once no post is left that told it.
told = Table(
    "told", metadata, Column("fingerprint", String(32), primary_key=True), Column("content", Text, nullable=False)
)

# Every accepted version of the facts. files: compressed JSON, name -> text. origin: folder | upload | rollback | inbox.
# name: who accepted it, for a year; empty where it came with a start of the bot. folder: what the folder on disk
# was (`facts.gathering.version_of`) where the version was made of it.
bases = Table(
    "bases",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", String(64), nullable=False),
    Column("files", LargeBinary, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("accepted_at", Instant, nullable=False),
    Column("name", String(64), nullable=False),
    Column("folder", String(64)),
)

# What people asked, for a month. asker: a keyed hash. outcome: that of `facts.verdict.outcome`, or not_meant where an
# answer was rejected; entry: the fact or gap that was shown or rejected. key: the same for questions that differ in
# nothing that is compared. settled: a curator has seen to it.
questions = Table(
    "questions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("asker", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("lang", String(8), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("entry", String(40), nullable=False),
    Column("key", String(16), nullable=False),
    Column("text", String(300), nullable=False),
    Column("settled", Boolean, nullable=False),
    Index(None, "asker"),
    Index(None, "at"),
    Index(None, "outcome", "settled", "key"),
)

# Keyed hashes of people whose questions are not kept.
unkept = Table("unkept", metadata, Column("asker", String(64), primary_key=True))

# What curators and administrators did, for a year. person: a keyed hash, empty where nobody knows who. name: of who may
# curate, else empty. chat_id, place: the group or channel that was set up, and its title.
acts = Table(
    "acts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("person", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("act", String(16), nullable=False),
    Column("detail", String(200), nullable=False),
    Column("chat_id", BigInteger),
    Column("place", String(64), nullable=False),
    Index(None, "at"),
    Index(None, "person"),
)

# How often something went wrong, by day (UTC) and kind, for a month; nothing of what it was about.
failures = Table(
    "failures",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("times", Integer, nullable=False),
)

# Pictures that Telegram has: what names one, and the id under which it may be sent again. A row a picture that was ever
# shown, two for each version of the facts, and none is ever large.
photos = Table(
    "photos",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("file_id", Text, nullable=False),
)

# Messages that say how far some work is, each for as long as it does: seconds. html: what it becomes at the next start
# where the process ended before the work did.
unfinished = Table(
    "unfinished",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("html", Text, nullable=False),
)
