"""A load balancer speaks TLS; plain HTTP is sent on to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, all_of, among, any_of, found, given, negated
from policies.facts import Facts, Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASSIC = frozenset({"aws:elb/loadBalancer:LoadBalancer"})
_LISTENERS = frozenset({"aws:lb/listener:Listener", "aws:alb/listener:Listener"})
_WHAT = "the load balancer takes plain HTTP"


def check(facts: Facts) -> Iterator[Result]:
    """A listener for HTTP must do nothing but redirect to HTTPS.

    Left out, the protocol of a listener with a port is HTTP; one without a port is a gateway's, which has neither.
    TCP is let be: what stands behind may end TLS itself.
    """
    if facts.token in _CLASSIC:
        for place, listener in enumerate(entries(look(facts.props, "listeners"))):
            yield from found(_is_http(look(listener, "lbProtocol")), f"listeners[{place}].lbProtocol", what=_WHAT)
    else:
        protocol = look(facts.props, "protocol")
        by_default = all_of((negated(given(protocol)), given(look(facts.props, "port"))))
        http = any_of((_is_http(protocol), by_default))
        yield from found(all_of((http, negated(_redirects(facts)))), "protocol", what=_WHAT)


def _is_http(protocol: Value) -> Verdict:
    return among(protocol.upper() if isinstance(protocol, str) else protocol, {"HTTP"})


def _redirects(facts: Facts) -> Verdict:
    actions = entries(look(facts.props, "defaultActions"))
    # The protocol of a redirect, left out, is that of the request.
    to_tls = (
        all_of((among(look(action, "type"), {"redirect"}), among(look(action, "redirect", "protocol"), {"HTTPS"})))
        for action in actions
    )
    return all_of((bool(actions), *to_tls))


RULE = Rule(
    id="network-listener-tls",
    title="A load balancer speaks TLS",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Over plain HTTP whoever is on the way reads sessions and changes answers.",
    fix="listen by HTTPS with a certificate; on port 80 redirect, with redirect.protocol HTTPS",
    link="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
    applies=(_CLASSIC | _LISTENERS).__contains__,
    check=check,
)
