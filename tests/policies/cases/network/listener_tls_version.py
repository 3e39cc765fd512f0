"""Cases of `network-listener-tls-version`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _listener(policy: Value, protocol: Value = "HTTPS", token: str = "aws:lb/listener:Listener") -> Facts:  # noqa: S107 - a type
    return facts(token, {"protocol": protocol, "port": 443.0, "sslPolicy": policy})


_NEW = "ELBSecurityPolicy-TLS13-1-2-2021-06"
_OLD = "ELBSecurityPolicy-2016-08"

PASS = {
    "1.2 and 1.3": _listener(_NEW),
    "1.3 alone": _listener("ELBSecurityPolicy-TLS13-1-3-2021-06"),
    "1.2": _listener("ELBSecurityPolicy-TLS-1-2-2017-01"),
    "forward secrecy": _listener("ELBSecurityPolicy-FS-1-2-Res-2020-10"),
    "fewer ciphers": _listener("ELBSecurityPolicy-TLS13-1-2-Res-2021-06"),
    "HTTP has none": _listener(None, "HTTP"),
    "TCP has none": _listener(None, "TCP"),
    "not known, but good": _listener(_NEW, UNKNOWN),
}
FAIL = {
    "left out": (_listener(None), ("sslPolicy",)),
    "of 2016": (_listener(_OLD), ("sslPolicy",)),
    "in small letters": (_listener(_OLD, "https"), ("sslPolicy",)),
    "1.1": (_listener("ELBSecurityPolicy-TLS-1-1-2017-01"), ("sslPolicy",)),
    "1.3 down to 1.0": (_listener("ELBSecurityPolicy-TLS13-1-0-2021-06"), ("sslPolicy",)),
    "of a network load balancer": (_listener(_OLD, "TLS"), ("sslPolicy",)),
    "by the other name of the type": (_listener(_OLD, token="aws:alb/listener:Listener"), ("sslPolicy",)),  # noqa: S106 - a type
}
PENDING = {
    "the policy": (_listener(UNKNOWN), ("?sslPolicy",)),
    "the protocol": (_listener(_OLD, UNKNOWN), ("?sslPolicy",)),
}
