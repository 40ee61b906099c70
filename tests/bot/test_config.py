"""Settings: what may be set, and the one line that says what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from bot.config import PREFIX, ROOT, Settings, SettingsError, load_settings, proxy_for
from handlers.ports import Role

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = ROOT / ".env.example"


def test_env_example_lists_exactly_the_settings_with_what_they_take_and_their_defaults() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    listed = dict(re.findall(r"^#?(BOT_\w+)=(.*)$", text, re.MULTILINE))
    assert list(listed) == [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name, field in Settings.model_fields.items():
        assert f"# {field.description}\n#{PREFIX}{name.upper()}=" in text.replace("\nBOT_TOKEN", "\n#BOT_TOKEN")
        default = str(field.default) if isinstance(field.default, str | int) else ""
        assert listed[f"{PREFIX}{name.upper()}"] == default


def test_the_example_itself_is_accepted_and_sets_nothing(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text(EXAMPLE.read_text(encoding="utf-8").replace("#BOT_", "BOT_"), encoding="utf-8")
    assert load_settings(env) == load_settings(None)
    assert load_settings(env).token is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "not a token"),
        ("TOKEN", "123456"),
        ("ADMIN_IDS", "tom"),
        ("ADMIN_IDS", "-5"),
        ("ADMIN_IDS", "9" * 20),
        ("CURATOR_IDS", "1,2,x"),
        ("DATABASE_URL", "mysql://host/base"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "here"),
        ("DATABASE_URL", "sqlite:///bot.db?mode=ro"),
        ("DATABASE_URL", "postgresql://me@host:port/base"),
        ("FACTS_DIR", "/no/such/folder"),
        ("SECRET", "short"),
        ("API_URL", "api.telegram.org"),
        ("API_URL", "ftp://api.telegram.org"),
        ("API_URL", "https://api.telegram.org/?a=b"),
        ("API_URL", "http://127.0.0.1:99999"),
        ("API_URL", "http://127.0.0.1:port"),
        ("API_URL", "http://my host"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("TIME_ZONE", "/etc/localtime"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_bad_value_is_refused_with_one_line_that_names_the_variable(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"BOT_{name}", value)
    with pytest.raises(SettingsError) as refused:
        load_settings(None)
    description = Settings.model_fields[name.lower()].description
    assert str(refused.value) == f"BOT_{name} takes {description}"


def test_values_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_ADMIN_IDS", "1, 2 3,")
    monkeypatch.setenv("BOT_LOG_LEVEL", "debug")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:8081/")
    monkeypatch.setenv("BOT_DATABASE_URL", "postgres://me:pass@host/base")
    monkeypatch.setenv("BOT_CURATOR_IDS", "3 9")
    settings = load_settings(None)
    assert settings.admin_ids == {1, 2, 3}
    assert settings.named == {9: Role.CURATOR, 1: Role.BOT_ADMIN, 2: Role.BOT_ADMIN, 3: Role.BOT_ADMIN}
    assert settings.log_level == "DEBUG"
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.database_url == "postgresql+asyncpg://me:pass@host/base"
    assert "pass" in settings.secrets


@pytest.mark.parametrize("address", ["var/bot.db", "/srv/x-y/bot.db", "../a.b/c_d.db", "/my%20bot.db", "数据.db"])
@pytest.mark.parametrize("driver", ["sqlite", "sqlite+aiosqlite"])
def test_a_file_is_addressed_as_the_database_library_reads_it(
    address: str, driver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", f"{driver}:///{address}")
    read = make_url(f"{driver}:///{address}").set(drivername="sqlite+aiosqlite")
    assert load_settings(None).database_url == read.render_as_string(hide_password=False)
    assert load_settings(None).secrets == ()


def test_a_misspelt_name_in_the_file_is_refused(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("BOT_TOKN=1:x\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="BOT_TOKN"):
        load_settings(env)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("TOKN", "TOKEN"), ("TOKENS", "TOKEN"), ("ADMINS", "ADMIN_IDS"), ("TIMEZONE", "TIME_ZONE"), ("APIURL", "API_URL")],
)
def test_a_misspelt_name_is_refused_with_the_one_that_was_meant(
    written: str, meant: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"BOT_{written}=1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"BOT_{written} in .*\.env is no setting; did you mean BOT_{meant}\?"):
        load_settings(tmp_path / ".env")
    monkeypatch.setenv(f"BOT_{written}", "1")
    with pytest.raises(SettingsError, match=rf"BOT_{written} in the environment is .*did you mean BOT_{meant}\?"):
        load_settings(None)


def test_another_programs_variable_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_NAME", "weather")
    monkeypatch.setenv("BOTTLE_TOKEN", "1")
    assert load_settings(None).token is None


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_bytes(b"\xff\xfe\x00BOT")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(env)


def test_a_line_of_the_file_that_would_be_left_out_is_named(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("# mine\nBOT_LOG_LEVEL=INFO\nBOT_TIME_ZONE='Asia/Tokyo\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"\.env:3 isn't NAME=value"):
        load_settings(env)


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = tmp_path / ".env"
    env.write_text("BOT_TIME_ZONE=Europe/Berlin\nOTHER=1\n", encoding="utf-8")
    assert load_settings(env).time_zone == "Europe/Berlin"
    monkeypatch.setenv("BOT_TIME_ZONE", "Asia/Tokyo")
    assert load_settings(env).time_zone == "Asia/Tokyo"


def test_what_is_empty_in_the_environment_takes_the_files_value_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = tmp_path / ".env"
    env.write_text("BOT_TOKEN=123456:of-the-file\nBOT_TIME_ZONE=Europe/Berlin\nBOT_SEND_RATE=0\n", encoding="utf-8")
    monkeypatch.setenv("BOT_TOKEN", "")
    monkeypatch.setenv("BOT_TIME_ZONE", "")
    settings = load_settings(env)
    assert (settings.token, settings.time_zone, settings.send_rate) == (None, "Asia/Shanghai", 0)


def test_what_is_empty_in_the_file_leaves_the_environments_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = tmp_path / ".env"
    env.write_text("BOT_TIME_ZONE=\n", encoding="utf-8")
    monkeypatch.setenv("BOT_TIME_ZONE", "Asia/Tokyo")
    assert load_settings(env).time_zone == "Asia/Tokyo"


def test_the_hash_key_is_the_secrets_and_without_one_the_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456:one-token")
    by_token = load_settings(None).hash_key
    monkeypatch.setenv("BOT_SECRET", "sixteen characters at least")
    by_secret = load_settings(None).hash_key
    monkeypatch.setenv("BOT_TOKEN", "123456:another-token")
    assert load_settings(None).hash_key == by_secret != by_token


def test_neither_repr_nor_str_tells_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456:hidden-part")
    assert "hidden-part" not in f"{load_settings(None)!r}{load_settings(None)}"


def test_by_default_the_one_shipped_base_is_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (load_settings(None).folder / "source.yaml").is_file()
    monkeypatch.setenv("BOT_FACTS_DIR", str(tmp_path))
    assert load_settings(None).folder == tmp_path


def test_a_proxy_is_taken_from_the_environment_but_never_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://proxy:3128")
    monkeypatch.setenv("no_proxy", "inside.example")
    assert proxy_for("https://api.telegram.org") == "http://proxy:3128"
    assert proxy_for("http://127.0.0.1:8080") is None
    assert proxy_for("http://localhost:8080") is None
    assert proxy_for("https://inside.example") is None
