"""Cases of `network-listener-tls`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_FORWARD: Value = {"type": "forward", "targetGroupArn": UNKNOWN}


def _redirect(protocol: Value = "HTTPS") -> dict[str, Value]:
    redirect: dict[str, Value] = {"statusCode": "HTTP_301", "port": "443"}
    return {"type": "redirect", "redirect": redirect if protocol is None else {**redirect, "protocol": protocol}}


def _listener(protocol: Value, *actions: Value, token: str = "aws:lb/listener:Listener") -> Facts:  # noqa: S107 - a type
    return facts(token, {"protocol": protocol, "port": 80.0, "defaultActions": list(actions)})


def _classic(*protocols: Value) -> Facts:
    listeners = [
        {"instancePort": 80.0, "instanceProtocol": "http", "lbPort": 80.0, "lbProtocol": protocol}
        for protocol in protocols
    ]
    return facts("aws:elb/loadBalancer:LoadBalancer", {"listeners": listeners})


PASS = {
    "HTTPS": _listener("HTTPS", _FORWARD),
    "TLS": _listener("TLS", _FORWARD),
    "TCP, which may carry TLS": _listener("TCP", _FORWARD),
    "HTTP that is sent on": _listener("HTTP", _redirect()),
    "a gateway has no protocol": facts("aws:lb/listener:Listener", {"defaultActions": [_FORWARD]}),
    "not known, but sent on": _listener(UNKNOWN, _redirect()),
    "a classic one": _classic("https", "ssl", "tcp"),
}
FAIL = {
    "HTTP": (_listener("HTTP", _FORWARD), ("protocol",)),
    "left out": (
        facts("aws:lb/listener:Listener", {"port": 80.0, "defaultActions": [_FORWARD]}),
        ("protocol",),
    ),
    "sent on to HTTP": (_listener("HTTP", _redirect("HTTP")), ("protocol",)),
    "sent on to what it came by": (_listener("HTTP", _redirect(None)), ("protocol",)),
    "forwarded after all": (_listener("HTTP", _redirect(), _FORWARD), ("protocol",)),
    "forwarded, with a redirect that is not taken": (
        _listener("HTTP", {**_redirect(), "type": "forward"}),
        ("protocol",),
    ),
    "no actions": (_listener("HTTP"), ("protocol",)),
    "by the other name of the type": (
        _listener("HTTP", _FORWARD, token="aws:alb/listener:Listener"),  # noqa: S106 - a type
        ("protocol",),
    ),
    "a classic one": (_classic("https", "HTTP"), ("listeners[1].lbProtocol",)),
}
PENDING = {
    "the protocol": (_listener(UNKNOWN, _FORWARD), ("?protocol",)),
    "the actions": (
        facts("aws:lb/listener:Listener", {"protocol": "HTTP", "defaultActions": UNKNOWN}),
        ("?protocol",),
    ),
    "where it is sent on to": (_listener("HTTP", _redirect(UNKNOWN)), ("?protocol",)),
    "a classic one": (_classic(UNKNOWN), ("?listeners[0].lbProtocol",)),
}
