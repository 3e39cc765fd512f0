"""Cases of `no-literal-secret`."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies import tokens
from tests.policies.make import facts

_FORMS = tokens.made(7)
_KEY = _FORMS["aws"]
_DRAWN = tokens.drawn(7)
_UUID = "3f2c8a90-12cd-4b77-9a0e-5c1d2e3f4a5b"


def _of(**props: Value) -> Facts:
    return facts("aws:s3/bucket:Bucket", props)


def _secret(**props: Value) -> Facts:
    return facts("kubernetes:core/v1:Secret", props)


PASS = {
    "nothing": _of(),
    "no texts": _of(a=None, b=1.0, c=True, d=[], e={}),
    **{f"{number}: {name}": _of(**{name: text}) for number, (name, text) in enumerate(tokens.HARMLESS)},
    "drawn, under another name": _of(etag=_DRAWN),
    "marked secret": replace(_of(note=_KEY), secret=frozenset({"note"})),
    "below what is marked secret": replace(_of(notes={"a": [_KEY]}), secret=frozenset({"notes"})),
    "an entry that is marked secret": replace(_of(notes=["a", _KEY]), secret=frozenset({"notes[1]"})),
    "hidden by the preview": _of(masterPassword="[secret]", apiToken="[secret]"),
    "a Secret's values, which another rule judges": _secret(data={"password": _DRAWN}, stringData={"a": _KEY}),
    "a part of a Secret's values": facts("kubernetes:core/v1:SecretPatch", {"stringData": {"a": _KEY}}),
    "too short to be drawn": _of(apiToken=_DRAWN[:15]),
    "too long to be a token": _of(apiToken=tokens.drawn(7, count=4097)),
    "few letters, again and again": _of(apiToken="a1b2a1b2a1b2a1b2a1b2"),
    "few letters beside words": _of(apiToken="service-account-a1b2c3d4e"),
    "of two pieces": _of(apiToken="a1b2c3d4e5 f6g7h8i9j0"),
    "JSON that is none": _of(policy="{not JSON", other="[" * 9),
    "JSON that is nested too deeply": _of(policy="[" * 100_000),
    "base64 of words": _of(userData=base64.b64encode(b"#!/bin/sh\necho hello world\n").decode()),
    "base64 of no text": _of(userData=base64.b64encode(bytes(range(200, 230))).decode()),
    "base64 of a wrong length": _of(userData="QUtJQVFRUVFRUVFRUVFRUVFRUVF"),
    "a UUID at another service's token": _of(serviceToken=_UUID),
    "an assignment to another name": _of(userData=f"export ETAG={_DRAWN}\n"),
    "an assignment of words": _of(userData="export API_TOKEN=the-token-of-our-service\n"),
    "an assignment of a reference": _of(
        userData="export API_TOKEN=arn:aws:secretsmanager:eu-west-1:1:secret:a-aB3dE7xYz9Qw\n"
    ),
}
FAIL = {
    "an assignment in base64": (
        _of(userData=base64.b64encode(f"export API_TOKEN={_DRAWN}\n".encode()).decode()),
        ("userData",),
    ),
    **{form: (_of(note=secret), ("note",)) for form, secret in _FORMS.items()},
    "in a text": (_of(note=f"see {_KEY}, please"), ("note",)),
    "in a list": (_of(notes=["a", _KEY]), ("notes[1]",)),
    "in a mapping": (_of(notes={"a": "b", "c": {"d": _KEY}}), ("notes.c.d",)),
    "two": (_of(b=_KEY, a=[_KEY, _KEY]), ("b", "a[0]", "a[1]")),
    "beside one that is marked": (replace(_of(a=_KEY, b=_KEY), secret=frozenset({"a"})), ("b",)),
    "as a key": (_of(tags={_KEY: "x"}), ("tags.?",)),
    "at a very long key": (_of(tags={"k" * 81: _KEY}), (f"tags.{'k' * 80}",)),
    "at a key of two lines": (_of(tags={"a\nb": _KEY}), ("tags.a b",)),
    "in JSON": (_of(policy=json.dumps({"a": [{"password": "hunter2"}]})), ("policy.a[0].password",)),
    "in a JSON list": (_of(policy=" " + json.dumps([{"password": "hunter2"}])), ("policy[0].password",)),
    "in base64": (_of(userData=base64.b64encode(f"export A={_KEY}\n".encode()).decode()), ("userData",)),
    "a password that a person chose": (_of(masterPassword="hunter2"), ("masterPassword",)),
    "drawn": (_of(apiToken=_DRAWN), ("apiToken",)),
    "drawn, of the least length": (_of(apiToken=_DRAWN[:16]), ("apiToken",)),
    "drawn, of the greatest length": (_of(apiToken=tokens.drawn(7, count=4096)), ("apiToken",)),
    "drawn, of as few letters as may be": (_of(apiToken="a1a1a1a1b2b2c3d4"), ("apiToken",)),
    "drawn, in hexadecimal": (_of(apiToken=tokens.drawn(7, "0123456789abcdef", 16)), ("apiToken",)),
    "drawn, beside words": (_of(apiToken="service-account-a1b2c3d4e5"), ("apiToken",)),
    "drawn, one of many": (_of(apiTokens=["a", "b"], clientSecrets=["words-only", _DRAWN]), ("clientSecrets[1]",)),
    "a variable": (_of(environment=[{"name": "API_KEY", "value": _DRAWN}]), ("environment[0].value",)),
    "a pair": (_of(parameters=[{"key": "dbPassword", "value": "hunter2"}]), ("parameters[0].value",)),
    "a value's name that is no text": (_of(a={"name": 7.0, "value": _KEY}), ("a.value",)),
    "a Railway token": (_of(RAILWAY_TOKEN=_UUID), ("RAILWAY_TOKEN",)),
    "a Railway token of a project": (_of(railwayProjectToken=_UUID), ("railwayProjectToken",)),
    "assigned in a script": (_of(userData=f"A=b\nexport API_TOKEN='{_DRAWN}'\n"), ("userData",)),
    "labels of a Secret": (_secret(metadata={"labels": {"a": _KEY}}), ("metadata.labels.a",)),
    "of any type": (facts("railway:index:Service", {"source": _KEY}), ("source",)),
}
PENDING = {
    "what may be a secret": (_of(masterPassword=UNKNOWN), ("?masterPassword",)),
    "a variable": (_of(environment=[{"name": "API_KEY", "value": UNKNOWN}]), ("?environment[0].value",)),
    # What is not known was computed: it is no literal, and the update judges it.
    "anything else": (_of(arn=UNKNOWN, tags={"a": UNKNOWN}), ()),
}
