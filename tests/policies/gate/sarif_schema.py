"""What SARIF 2.1.0 demands of the parts that the gate writes, as a JSON schema: nothing else may stand there.

Written by hand from the standard's text and its published schema (OASIS, errata 01), and narrower: what they leave
optional and GitHub's code scanning needs is required here. Bounds of GitHub: its documentation, "SARIF results exceed
limits".
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string", "minLength": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
PAGE = {"type": "string", "pattern": "^https://[!-~]+$"}
#: A relative reference without a scheme, a fragment, or a character that a URI may not hold.
RELATIVE = {"type": "string", "pattern": "^(?!/)[A-Za-z0-9._~%/-]+$"}


def thing(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these properties and no other."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


MESSAGE = thing({"text": TEXT})
RULE = thing(
    {
        "id": TEXT,
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": thing({"level": LEVEL}),
        "properties": thing(
            {
                "tags": {"type": "array", "items": TEXT, "uniqueItems": True, "maxItems": 10},
                "security-severity": {"type": "string", "pattern": r"^(10\.0|[0-9]\.[0-9])$"},
            }
        ),
    },
    {"helpUri": PAGE},
)
LOCATION = thing(
    {
        "physicalLocation": thing(
            {
                "artifactLocation": thing({"uri": RELATIVE, "uriBaseId": {"const": "%SRCROOT%"}}),
                "region": thing({"startLine": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}}),
            }
        )
    },
    {
        "logicalLocations": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": thing({"fullyQualifiedName": TEXT, "name": {"type": "string"}, "kind": TEXT}),
        }
    },
)
RESULT = thing(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {"type": "array", "items": LOCATION, "minItems": 1, "maxItems": 1},
        "partialFingerprints": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        },
        "properties": thing({"severity": TEXT, "where": {"type": "string"}}),
    },
    {
        "suppressions": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": thing(
                {"kind": {"enum": ["inSource", "external"]}, "status": {"const": "accepted"}, "justification": TEXT}
            ),
        }
    },
)
RUN = thing(
    {
        "tool": thing(
            {
                "driver": thing(
                    {"name": TEXT, "rules": {"type": "array", "items": RULE, "uniqueItems": True, "maxItems": 25000}},
                    {"informationUri": PAGE},
                )
            }
        ),
        "automationDetails": thing({"id": {"type": "string", "pattern": "^gate/[^/]+/$"}}),
        "originalUriBaseIds": thing({"%SRCROOT%": thing({"description": MESSAGE})}),
        "invocations": {
            "type": "array",
            "minItems": 1,
            "items": thing(
                {
                    "executionSuccessful": {"type": "boolean"},
                    "toolExecutionNotifications": {
                        "type": "array",
                        "items": thing({"level": LEVEL, "message": MESSAGE}),
                    },
                }
            ),
        },
        "results": {"type": "array", "items": RESULT, "maxItems": 5000},
    }
)
SCHEMA = thing(
    {
        "$schema": PAGE,
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN, "maxItems": 20},
    }
)


def broken(log: Any) -> list[str]:  # noqa: ANN401 - JSON
    """What no schema can say: each rule once, each result at the rule that it names, no fingerprint twice in a run."""
    found = []
    names = [run["tool"]["driver"]["name"] for run in log["runs"]]
    if len(names) != len(set(names)):
        found.append("a tool has two runs")
    for run in log["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        if len(rules) != len(set(rules)):
            found.append("a rule stands there twice")
        marks = [tuple(result["partialFingerprints"].values()) for result in run["results"]]
        if len(marks) != len(set(marks)):
            found.append("two results have one fingerprint")
        found += [row["ruleId"] for row in run["results"] if rules[row["ruleIndex"]] != row["ruleId"]]
    return found
