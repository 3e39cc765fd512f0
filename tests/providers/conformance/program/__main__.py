"""Declares the resources that resources.json lists: name, type, properties; no SDK needs importing for it.

A property ``{"$secret": x}`` is the secret x; ``{"$output": ["name", "property"]}`` an output of one declared before.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pulumi

made: dict[str, Any] = {}


def _value(value: Any) -> Any:  # noqa: ANN401 - JSON in, outputs out
    if isinstance(value, dict) and "$secret" in value:
        return pulumi.Output.secret(value["$secret"])
    if isinstance(value, dict) and "$output" in value:
        name, output = value["$output"]
        return getattr(made[name], output)
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_value(item) for item in value]
    return value


for item in json.loads(Path("resources.json").read_text("utf-8")):
    properties = dict.fromkeys(item["outputs"]) | _value(item["properties"])
    made[item["name"]] = pulumi.CustomResource(item["type"], item["name"], properties)
