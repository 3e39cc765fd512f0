"""Cases of `zone-setting-safe`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_HALF_A_YEAR = 15_552_000.0


def _setting(name: Value, value: Value) -> Facts:
    return facts("cloudflare:index/zoneSetting:ZoneSetting", {"settingId": name, "value": value, "zoneId": "abc"})


def _hsts(**header: Value) -> Facts:
    return _setting("security_header", {"strict_transport_security": header})


def _page(**actions: Value) -> Facts:
    return facts("cloudflare:index/pageRule:PageRule", {"target": "example.com/*", "actions": actions})


def _config(**parameters: Value) -> Facts:
    rules: Value = [{"action": "block"}, {"action": "set_config", "actionParameters": parameters}]
    return facts("cloudflare:index/ruleset:Ruleset", {"phase": "http_config_settings", "rules": rules})


_RULE = "rules[1].actionParameters.ssl"

PASS = {
    "a page that says nothing of it": _page(cacheLevel="bypass"),
    "a page that keeps it strict": _page(ssl="strict"),
    "a rule that says nothing of it": _config(polish="off"),
    "a rule that keeps it strict": _config(ssl="strict"),
    "strict": _setting("ssl", "strict"),
    "always": _setting("always_use_https", "on"),
    "recent": _setting("min_tls_version", "1.2"),
    "more recent": _setting("min_tls_version", "1.3"),
    "HSTS": _hsts(enabled=True, max_age=_HALF_A_YEAR),
    "HSTS in the other spelling": _setting(
        "security_header", {"strictTransportSecurity": {"enabled": True, "maxAge": _HALF_A_YEAR}}
    ),
    "another setting": _setting("brotli", "off"),
}
FAIL = {
    "a page that opens the way": (_page(ssl="flexible"), ("actions.ssl",)),
    "a rule that opens the way": (_config(ssl="off"), (_RULE,)),
    **{f"ssl {mode}": (_setting("ssl", mode), ("value",)) for mode in ("off", "flexible", "full", None)},
    "not always": (_setting("always_use_https", "off"), ("value",)),
    **{f"TLS {version}": (_setting("min_tls_version", version), ("value",)) for version in ("1.0", "1.1", 1.2)},
    "no header": (_setting("security_header", {}), ("value.enabled", "value.max_age")),
    "HSTS off": (_hsts(enabled=False, max_age=_HALF_A_YEAR), ("value.enabled",)),
    "HSTS for a short time": (_hsts(enabled=True, max_age=_HALF_A_YEAR - 1), ("value.max_age",)),
}
PENDING = {
    "a page": (_page(ssl=UNKNOWN), ("?actions.ssl",)),
    "a rule": (_config(ssl=UNKNOWN), (f"?{_RULE}",)),
    "the setting": (_setting(UNKNOWN, "off"), ("?settingId",)),
    "the value": (_setting("ssl", UNKNOWN), ("?value",)),
    "the header": (_setting("security_header", UNKNOWN), ("?value.enabled", "?value.max_age")),
}
