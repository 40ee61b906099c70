"""The settings: the only reader of the environment and of `.env`.

`load_settings` raises `SettingsError` with one line that names the variable and what it takes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import envfile
from handlers.ports import Role

PREFIX = "BOT_"
ROOT = Path(__file__).resolve().parent.parent
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_PLAIN_FILE = re.compile(r"sqlite(?:\+aiosqlite)?:///(?P<file>[\w./-]+)", re.ASCII)
# core.telegram.org/bots/api#user: an id has at most 52 significant bits.
_USER_ID_AT_MOST = 2**52
Ids = Annotated[frozenset[int], NoDecode]


class StartError(Exception):
    """Why the bot cannot start: the message is one line for whoever starts it, without a secret."""


class SettingsError(StartError):
    """A setting that cannot be used."""


class Settings(BaseSettings):
    """What may be set. Each description says what the variable takes: `.env.example` and error lines repeat it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, hide_input_in_errors=True)

    token: SecretStr | None = Field(None, description="the bot's token from @BotFather, like 123456:ABC-DEF")
    admin_ids: Ids = Field(
        frozenset(),
        description="user ids, separated by commas, of who runs the bot: /stats, /deliveries, /acts, and curating",
    )
    curator_ids: Ids = Field(
        frozenset(),
        description="user ids, separated by commas, of who keeps the facts: /reload, /rollback, /inbox, /facts",
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///var/bot.db",
        description="sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/DATABASE",
    )
    facts_dir: Path | None = Field(None, description="a folder of facts; by default the one in facts/data")
    cache_dir: Path | None = Field(
        None, description="a folder for what makes the next start fast; by default article-facts in the user's cache"
    )
    font: Path | None = Field(
        None, description="a font file that shows Chinese, for pictures; by default one is looked for, Noto CJK first"
    )
    secret: SecretStr | None = Field(
        None, description="at least 16 characters; it keys the hashes of user ids; by default made from the token"
    )
    api_url: str = Field("https://api.telegram.org", description="the http(s) address of a Bot API server")
    time_zone: str = Field("Asia/Shanghai", description="an IANA time zone, like Asia/Shanghai, for scheduled posts")
    send_rate: int = Field(
        30,
        ge=0,
        le=1000,
        description="0 to 1000 messages a second over all chats, as many as Telegram allows the bot; 0: no pace",
    )
    ask_rate: int = Field(
        30,
        ge=0,
        le=1000,
        description="0 to 1000 questions and taps a minute from one person, 40 times as many from all; 0: no limit",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, given: dict[str, object]) -> dict[str, object]:
        """By now the environment has gone before the file: what is empty there takes the file's value away."""
        return {name: value for name, value in given.items() if value != ""}

    @field_validator("token")
    @classmethod
    def _is_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value(), re.ASCII):
            raise ValueError
        return value

    @field_validator("secret")
    @classmethod
    def _is_long(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 16:
            raise ValueError
        return value

    @field_validator("admin_ids", "curator_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part for part in re.split(r"[,\s]+", value) if part] if isinstance(value, str) else value

    @field_validator("admin_ids", "curator_ids")
    @classmethod
    def _are_people(cls, value: frozenset[int]) -> frozenset[int]:
        if any(not 0 < number < _USER_ID_AT_MOST for number in value):
            raise ValueError
        return value

    @field_validator("database_url")
    @classmethod
    def _has_driver(cls, value: str) -> str:
        if plain := _PLAIN_FILE.fullmatch(value):
            return f"{DRIVERS['sqlite']}:///{plain['file']}"
        from sqlalchemy.engine import make_url  # noqa: PLC0415 - a file needs none of it, and a start waits for it
        from sqlalchemy.exc import ArgumentError  # noqa: PLC0415 - as above

        try:
            url = make_url(value)
            driver = DRIVERS[url.drivername]
        except (ArgumentError, KeyError):
            raise ValueError from None
        if not url.database or url.database == ":memory:":  # several connections must see the same
            raise ValueError
        if driver == DRIVERS["sqlite"] and url.query:  # SQLAlchemy would leave them out, and go on
            raise ValueError
        return url.set(drivername=driver).render_as_string(hide_password=False)

    @field_validator("facts_dir")
    @classmethod
    def _is_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError
        return value

    @field_validator("font")
    @classmethod
    def _is_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError
        return value

    @field_validator("api_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError
        if parts.port == 0 or not value.isprintable() or " " in value:  # a port that can't be raises ValueError itself
            raise ValueError
        return value.rstrip("/")

    @field_validator("time_zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError from None
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def folder(self) -> Path:
        """The folder of facts to serve. Raises SettingsError if none is set and facts/data does not hold just one."""
        if self.facts_dir is not None:
            return self.facts_dir
        found = sorted(path.parent for path in (ROOT / "facts" / "data").glob("*/source.yaml"))
        if len(found) != 1:
            raise SettingsError(f"{PREFIX}FACTS_DIR must be set: facts/data holds {len(found)} bases, not one")
        return found[0]

    @property
    def cache(self) -> Path | None:
        """Where to keep what the next start need not build again; None where there is no place for it."""
        if self.cache_dir is not None:
            return self.cache_dir
        set_by_user = Path(os.environ.get("XDG_CACHE_HOME", ""))
        with suppress(RuntimeError):  # nobody's home is known
            return (set_by_user if set_by_user.is_absolute() else Path.home() / ".cache") / "article-facts"
        return None

    @property
    def named(self) -> dict[int, Role]:
        """Whom the settings name, and as what."""
        curators, administrators = sorted(self.curator_ids), sorted(self.admin_ids)
        return dict.fromkeys(curators, Role.CURATOR) | dict.fromkeys(administrators, Role.BOT_ADMIN)

    @property
    def hash_key(self) -> bytes:
        """32 bytes that key the hashes of user ids: from BOT_SECRET, else from the token."""
        secret = self.secret or self.token
        material = secret.get_secret_value() if secret else ""
        return hmac.digest(material.encode(), b"chat-keys", hashlib.sha256)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be logged."""
        password = None if _PLAIN_FILE.fullmatch(self.database_url) else _password(self.database_url)
        values = [secret.get_secret_value() for secret in (self.token, self.secret) if secret]
        return (*values, str(password)) if password else tuple(values)


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment, then `env_file` where there is one. Raises SettingsError."""
    if misspelt := envfile.misspelt(os.environ, env_file, PREFIX, Settings.model_fields):
        raise SettingsError(misspelt)
    try:
        return Settings(_env_file=env_file, _env_file_encoding="utf-8")
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise SettingsError(f"{PREFIX}{name.upper()} takes {Settings.model_fields[name].description}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read: {error}") from None


def _password(database_url: str) -> object:
    from sqlalchemy.engine import make_url  # noqa: PLC0415 - as above

    return make_url(database_url).password


def surroundings(**more: object) -> dict[str, str]:
    """Return the environment for a process of ours that needs no settings, least of all secrets; None adds nothing."""
    others = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    return others | {name: str(value) for name, value in more.items() if value is not None}


def proxy_for(url: str) -> str | None:
    """Return the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY ask for; never one for this machine itself."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "localhost" or host.startswith("127.") or host == "::1" or proxy_bypass(host):
        return None
    return getproxies().get(parts.scheme)
