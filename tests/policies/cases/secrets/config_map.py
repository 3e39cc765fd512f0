"""Cases of `config-map-no-secret`."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _map(data: Value, kind: str = "ConfigMap") -> Facts:
    return facts(f"kubernetes:core/v1:{kind}", {"data": data})


_FILE = "[database]\nhost = db.example.com\npassword = hunter2\n"

PASS = {
    "nothing": facts("kubernetes:core/v1:ConfigMap", {}),
    "settings": _map({"LOG_LEVEL": "info", "MAX_TOKENS": "4096", "MIN_PASSWORD": "12", "TOKEN_URL": "https://a/token"}),
    "a reference": _map({"PASSWORD": "$(DATABASE_PASSWORD)", "SECRET_NAME": "backup-stores"}),
    "a file": _map({"app.ini": _FILE.replace("hunter2", "${DATABASE_PASSWORD}")}),
    "no text": _map({"PASSWORD": None}),
    "another kind": facts("kubernetes:core/v1:Secret", {"data": {"password": "aHVudGVyMg=="}}),
}
FAIL = {
    "a key": (_map({"LOG_LEVEL": "info", "DATABASE_PASSWORD": "hunter2"}), ("data.DATABASE_PASSWORD",)),
    "a key of binary data": (
        facts("kubernetes:core/v1:ConfigMap", {"binaryData": {"token": "aHVudGVyMg=="}}),
        ("binaryData.token",),
    ),
    "a line of a file": (_map({"app.ini": _FILE}), ("data.app.ini",)),
    "a line of a file of YAML": (_map({"app.yaml": 'a: b\ntoken: "hunter2"\n'}), ("data.app.yaml",)),
    "marked secret, under any name": (
        replace(_map({"a": "b", "c": "d"}), secret=frozenset({"data.c"})),
        ("data.c",),
    ),
    "hidden by the preview": (_map({"a": "[secret]"}), ("data.a",)),
    "all of it is marked secret": (
        replace(_map({"a": "b"}), secret=frozenset({"data"})),
        ("data",),
    ),
    "all of it is hidden: text, the wrong type": (
        facts("kubernetes:core/v1:ConfigMap", {"data": "[secret]"}),
        ("data",),
    ),
    "a part of a ConfigMap": (_map({"password": "hunter2"}, "ConfigMapPatch"), ("data.password",)),
    "in a list": (
        facts("kubernetes:core/v1:ConfigMapList", {"items": [{}, {"data": {"password": "hunter2"}}]}),
        ("items[1].data.password",),
    ),
}
PENDING = {
    "the data": (facts("kubernetes:core/v1:ConfigMap", {"data": UNKNOWN}), ("?data",)),
    "a value": (_map({"a": UNKNOWN}), ("?data.a",)),
}
