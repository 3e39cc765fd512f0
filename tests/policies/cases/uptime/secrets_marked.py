"""Cases of `uptime-secrets-marked`."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_MARKED = frozenset({"value", "httpPassword", "customHttpHeaders", "customHeaders", "password"})


def _monitor(**props: Value) -> Facts:
    return facts("uptimerobot:index:Monitor", props)


def _integration(**props: Value) -> Facts:
    return facts("uptimerobot:index:Integration", props)


def _page(**props: Value) -> Facts:
    return facts("uptimerobot:index:StatusPage", props)


PASS = {
    "none": _monitor(),
    "empty": _page(password=""),
    "hidden by the preview": _monitor(customHttpHeaders="[secret]", httpPassword="[secret]"),
    "a monitor's are marked": replace(_monitor(customHttpHeaders={"X-Key": "a"}, httpPassword="b"), secret=_MARKED),
    "a channel's are marked": replace(_integration(value="a", customHeaders={"X-Key": "b"}), secret=_MARKED),
    "a page's is marked": replace(_page(password="a"), secret=_MARKED),  # noqa: S106 - no password
    "a header is marked": replace(
        _monitor(customHttpHeaders={"X-Key": "a"}), secret=frozenset({"customHttpHeaders.X-Key"})
    ),
    "no headers": _monitor(customHttpHeaders={}),
    "what is no text": _integration(value=7.0),
}
FAIL = {
    "a password": (_monitor(httpPassword="a"), ("httpPassword",)),
    "a header": (_monitor(customHttpHeaders={"X-Key": "a"}), ("customHttpHeaders.X-Key",)),
    "a channel's": (_integration(value="a", customHeaders={"X-Key": "b"}), ("value", "customHeaders.X-Key")),
    "a pager's key": (_integration(key="a"), ("key",)),
    "a page's": (_page(password="a"), ("password",)),  # noqa: S106 - no password
    "beside one that is marked": (
        replace(_monitor(customHttpHeaders={"A": "a", "B": "b"}), secret=frozenset({"customHttpHeaders.A"})),
        ("customHttpHeaders.B",),
    ),
}
PENDING = {
    "the value": (_integration(value=UNKNOWN), ("?value",)),
    "the headers": (_monitor(customHttpHeaders=UNKNOWN), ("?customHttpHeaders",)),
    "one of them": (_monitor(customHttpHeaders={"A": UNKNOWN}), ("?customHttpHeaders.A",)),
}
