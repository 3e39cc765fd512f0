"""Cases of `cost-log-retention`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_WHERE = ("retentionInDays",)


def _logs(days: Value, **props: Value) -> Facts:
    return facts("aws:cloudwatch/logGroup:LogGroup", {"retentionInDays": days, **props})


PASS = {
    "a day": _logs(1.0),
    "30": _logs(30.0),
    "a year": _logs(365.0, logGroupClass="INFREQUENT_ACCESS"),
    "for delivery it is 2": _logs(None, logGroupClass="DELIVERY"),
    "a stream of logs": facts("aws:cloudwatch/logStream:LogStream", {}),
}
FAIL = {
    "left out": (_logs(None), _WHERE),
    "for ever": (_logs(0.0), _WHERE),
    "for ever, of a class": (_logs(None, logGroupClass="STANDARD"), _WHERE),
    "wrong type: a word": (_logs("month"), _WHERE),
}
PENDING = {
    "the days": (_logs(UNKNOWN), ("?retentionInDays",)),
    "the class": (_logs(None, logGroupClass=UNKNOWN), ("?retentionInDays",)),
}
