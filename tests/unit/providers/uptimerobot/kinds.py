"""One of each kind and type, with every field that it can have."""

from __future__ import annotations

from typing import Any, Final

WEB: Final[dict[str, Any]] = {
    "interval": 60,
    "timeout": 20,
    "httpUsername": "robot",
    "httpPassword": "not-" + "so-secret",
    "authType": "DIGEST",
    "customHttpHeaders": {"X-Check": "yes"},
    "successHttpResponseCodes": ["401", "2xx"],
    "followRedirections": True,
    "checkSSLErrors": True,
    "sslExpirationReminder": True,
    "domainExpirationReminder": True,
    "tagNames": ["prod", "edge"],
    "customFields": {"team": "one"},
    "responseTimeThreshold": 3000,
    "isPaused": True,
}

MONITORS: Final[dict[str, dict[str, Any]]] = {
    "HTTP": {
        **WEB,
        "url": "https://api.example.com/api/health?a=1&b=2",
        "httpMethodType": "POST",
        "postValueType": "RAW_JSON",
        "postValueData": '{"b": 1, "a": [2]}',
        "config": {"sslExpirationPeriodDays": [30, 7], "ipVersion": "ipv4Only", "applicationErrorRetries": 2},
    },
    "KEYWORD": {
        **WEB,
        "url": "https://example.com",
        "keywordType": "ALERT_NOT_EXISTS",
        "keywordValue": "<b>ok</b>",
        "keywordCaseType": "CaseInsensitive",
    },
    "API": {
        **WEB,
        "url": "https://api.example.com/deep",
        "config": {
            "apiAssertions": {
                "logic": "OR",
                "checks": [
                    {"property": "$.status", "comparison": "equals", "target": "ok"},
                    {"property": "$.disk", "comparison": "less_than", "target": 90},
                    {"property": "$.error", "comparison": "is_null"},
                ],
            }
        },
    },
    "PING": {"interval": 60, "url": "example.com", "config": {"ipVersion": "ipv6Only"}},
    "PORT": {"interval": 60, "url": "example.com", "port": 22, "timeout": 5},
    "HEARTBEAT": {"interval": 2_678_400, "gracePeriod": 3600},
    "DNS": {"interval": 300, "url": "example.com", "config": {"dnsRecords": {"A": ["192.0.2.2", "192.0.2.1"]}}},
    "UDP": {
        "interval": 300,
        "url": "example.com",
        "port": 53,
        "config": {"udp": {"payload": "ping", "packetLossThreshold": 50}, "ipVersion": "ipv4Only"},
    },
}


def monitor(type_: str) -> dict[str, Any]:
    """A monitor's inputs, with every field that its type can have."""
    return {"type": type_, "friendlyName": f"the {type_} & <its> name", **MONITORS[type_]}


_CHANNEL: Final[dict[str, Any]] = {"enableNotificationsFor": "Down", "sslExpirationReminder": True}

INTEGRATIONS: Final[dict[str, dict[str, Any]]] = {
    "Slack": {"value": "https://hooks.example.com/slack", "customValue": "#ops"},
    "Discord": {"value": "https://hooks.example.com/discord", "customValue": "look"},
    "Mattermost": {"value": "https://hooks.example.com/mattermost"},
    "MSTeams": {"value": "https://hooks.example.com/teams"},
    "Zapier": {"value": "https://hooks.example.com/zapier"},
    "Splunk": {"value": "https://hooks.example.com/splunk"},
    "GoogleChat": {"value": "https://hooks.example.com/chat", "customValue": "look"},
    "Pushbullet": {"key": "p" * 20},
    "Pushover": {"key": "u" * 20, "priority": "High"},
    "PagerDuty": {"key": "k" * 32, "location": "eu", "autoResolve": True},
    "Telegram": {"customValue": "12345"},
    "Webhook": {
        "value": "https://hooks.example.com/all",
        "postValue": '{"text": "*monitorFriendlyName*", "a": 1}',
        "sendAsJSON": True,
        "customHeaders": {"X-Key": "not-" + "so-secret"},
    },
}


def integration(type_: str) -> dict[str, Any]:
    """An integration's inputs, with every field that its type can have."""
    return {"type": type_, "friendlyName": f"ops by {type_}", **_CHANNEL, **INTEGRATIONS[type_]}


GROUP: Final[dict[str, Any]] = {"name": "Amoisekai & friends"}
CONTACT: Final[dict[str, Any]] = {
    "friendlyName": "Ops <team>",
    "value": "ops@example.com",
    "enableNotificationsFor": "Down",
    "sslExpirationReminder": True,
    "isActive": False,
}
WINDOW: Final[dict[str, Any]] = {
    "name": "Sunday & Monday",
    "interval": "weekly",
    "date": "2026-01-01",
    "time": "03:00:00",
    "duration": 30,
    "days": [7, 1],
    "status": "paused",
}
PAGE: Final[dict[str, Any]] = {
    "friendlyName": "Status of A & B",
    "autoAddMonitors": True,
    "customDomain": "status.example.com",
    "password": "not-" + "so-secret",
    "homepageLink": "https://example.com",
    "gaCode": "G-ABCDEFGHIJ",
    "showCookieBar": True,
    "subscription": True,
    "customSettings": {
        "font": {"family": "Inter"},
        "page": {"layout": "LogoOnLeft", "theme": "Dark", "density": "Compact"},
        "colors": {"main": "#AABBCC"},
        "features": {"showBars": False, "showMonitorURL": True},
    },
}

#: Inputs that a type cannot do without.
_NEEDED: Final = (
    *("type", "friendlyName", "name", "interval", "url", "gracePeriod", "port", "value", "key"),
    *("keywordType", "keywordValue", "keywordCaseType", "date", "time", "duration", "days"),
)


def _least(inputs: dict[str, Any]) -> dict[str, Any]:
    """No more than the type cannot do without."""
    config = inputs.get("config", {}) if inputs.get("type") in {"API", "UDP"} else {}
    needed = {name: value for name, value in inputs.items() if name in _NEEDED}
    return {**needed, "config": config} if config else needed


_FULL: Final = [
    *((f"monitor {type_}", "Monitor", monitor(type_)) for type_ in MONITORS),
    *((f"integration {type_}", "Integration", integration(type_)) for type_ in INTEGRATIONS),
    ("group", "MonitorGroup", GROUP),
    ("contact", "AlertContact", CONTACT),
    ("window", "MaintenanceWindow", WINDOW),
    ("page", "StatusPage", PAGE),
]

#: Name, kind and inputs of one of each: with all that it can have, and with as little as it can.
ALL: Final = [*_FULL, *((f"least {name}", kind, _least(inputs)) for name, kind, inputs in _FULL)]
