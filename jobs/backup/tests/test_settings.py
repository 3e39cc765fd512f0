"""Settings: everything missing at once, everything wrong by name, never a secret."""

from __future__ import annotations

import pytest

from backup import settings
from backup.failure import Code, Failure

GOOD = {
    "BACKUP_SERIES": "amoisekai",
    "BACKUP_DATABASE": "/data/amoisekai.db",
    "BACKUP_ENDPOINT": "http://127.0.0.1:7070",
    "BACKUP_REGION": "auto",
    "BACKUP_BUCKET": "backups",
    "BACKUP_ACCESS_KEY_ID": "the-key",
    "BACKUP_SECRET_ACCESS_KEY": "the-secret",
}


def test_good_settings_read() -> None:
    """A whole environment gives settings, with the defaults filled in."""
    found = settings.read(GOOD, database=True)
    assert (found.series, str(found.scratch), found.busy_seconds) == ("amoisekai", "/scratch", 30)
    assert found.copy_store is None


def test_all_missing_variables_are_named() -> None:
    """An empty environment names every variable that is needed."""
    with pytest.raises(Failure) as caught:
        settings.read({"BACKUP_SERIES": "  "}, database=True)
    assert caught.value.code is Code.USAGE
    assert set(GOOD) == set(caught.value.where.split(", "))


def test_reading_commands_need_no_database() -> None:
    """A command that does not read the database does not ask for it."""
    environ = {name: value for name, value in GOOD.items() if name != "BACKUP_DATABASE"}
    assert settings.read(environ, database=False).database is None


def test_half_a_second_store_is_refused() -> None:
    """One variable of the second store asks for all of them."""
    with pytest.raises(Failure) as caught:
        settings.read(GOOD | {"BACKUP_COPY_BUCKET": "second"}, database=True)
    assert "BACKUP_COPY_ENDPOINT" in caught.value.where
    assert "BACKUP_COPY_BUCKET" not in caught.value.where


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BACKUP_SERIES", "../other"),
        ("BACKUP_SERIES", "Upper"),
        ("BACKUP_ENDPOINT", "127.0.0.1:7070"),
        ("BACKUP_ENDPOINT", "https://user:password@store.example.com"),
        ("BACKUP_ENDPOINT", "https://[store.example.com"),
        ("BACKUP_ENDPOINT", "https://store.example.com/bucket"),
        ("BACKUP_BUCKET", "no"),
        ("BACKUP_BUSY_SECONDS", "long"),
        ("BACKUP_BUSY_SECONDS", "-1"),
        ("BACKUP_BUSY_SECONDS", "nan"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(name: str, value: str) -> None:
    """A value of the wrong shape names its variable, and the message does not repeat the value."""
    with pytest.raises(Failure) as caught:
        settings.read(GOOD | {name: value}, database=True)
    assert caught.value.where == name
    assert value not in caught.value.message
    assert "must be" in caught.value.message


@pytest.mark.parametrize("endpoint", ["https://s3.eu-central-1.amazonaws.com/", "http://[::1]:7070", "http://store:1"])
def test_endpoints_are_hosts_or_addresses(endpoint: str) -> None:
    """A name, an IPv6 address, a port and a closing slash are all good."""
    assert settings.read(GOOD | {"BACKUP_ENDPOINT": endpoint}, database=True).store.endpoint == endpoint


def test_settings_do_not_show_their_secrets() -> None:
    """The settings' own text holds neither key."""
    text = repr(settings.read(GOOD, database=True))
    assert "the-key" not in text
    assert "the-secret" not in text
