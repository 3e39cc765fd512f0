"""Settings of a zone that guard its visitors have safe values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand, on
from policies.domain.zones import RULESET, SETTING
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds: six months of 30 days. For that long a browser that was there once asks over TLS only.
_HSTS_LEAST = 15_552_000
#: Rules for some addresses of a zone, which go before its settings; rulesets have such rules too.
_PAGE = "cloudflare:index/pageRule:PageRule"
_OPEN = "Cloudflare asks the server without TLS, or takes any certificate for its own"


def check(facts: Facts) -> Iterator[Result]:
    """TLS to the origin with a checked certificate, TLS from visitors always and of version 1.2 at least, HSTS.

    A rule for some addresses goes before the setting of the zone: it must not open the way again.
    """
    if facts.token == _PAGE:
        yield from _keeps(facts.props, "actions.ssl", "actions", "ssl")
    elif facts.token == RULESET:
        for place, rule in enumerate(entries(look(facts.props, "rules"))):
            yield from _keeps(rule, f"rules[{place}].actionParameters.ssl", "actionParameters", "ssl")
    else:
        yield from _setting(facts)


def _setting(facts: Facts) -> Iterator[Result]:
    value = look(facts.props, "value")
    match look(facts.props, "settingId"):
        case "ssl":
            yield from demand(value, _strict, where="value", what=_OPEN)
        case "always_use_https":
            yield from demand(value, _is_on, where="value", what="visitors are served without TLS")
        case "min_tls_version":
            yield from demand(
                value, _recent, where="value", what="visitors are served with versions of TLS that are broken"
            )
        case "security_header":
            yield from _hsts(value)
        case setting if setting is UNKNOWN:
            yield Pending(where="settingId")


def _keeps(rule: Value, where: str, *path: str) -> Iterator[Result]:
    """A rule for some addresses leaves the zone's way to the server as it is, or sets it right."""
    if (mode := look(rule, *path)) is not None:
        yield from demand(mode, _strict, where=where, what=_OPEN)


def _hsts(value: Value) -> Iterator[Result]:
    # The value goes to Cloudflare as it is; the SDK's own example has the other spelling.
    header = _either(value, "strict_transport_security", "strictTransportSecurity")
    yield from demand(
        look(header, "enabled"), on, where="value.enabled", what="browsers are not told to ask over TLS only"
    )
    yield from demand(
        _either(header, "max_age", "maxAge"),
        between(_HSTS_LEAST),
        where="value.max_age",
        what="browsers forget soon to ask over TLS only",
    )


def _either(value: Value, *spellings: str) -> Value:
    given = (look(value, spelling) for spelling in spellings)
    return next((one for one in given if one is not None), None)


def _strict(mode: Value) -> bool:
    return mode == "strict"


def _is_on(switch: Value) -> bool:
    return switch == "on"


def _recent(version: Value) -> bool:
    return version in ("1.2", "1.3")


RULE = Rule(
    id="zone-setting-safe",
    title="TLS is strict, always used and recent, and HSTS is on",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Between a visitor and the server everyone on the way reads and changes what is not encrypted and checked.",
    fix="set ssl: strict, always_use_https: on, min_tls_version: 1.2, and security_header: strict_transport_security "
    f"with enabled: true and max_age: {_HSTS_LEAST} or more; page and configuration rules that set ssl: strict too",
    link="https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/full-strict/",
    applies=(SETTING, RULESET, _PAGE).__contains__,
    check=check,
)
