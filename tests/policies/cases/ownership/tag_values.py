"""Cases of `aws-tag-values`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from policies.rules.ownership.tag_values import PLACEHOLDERS
from tests.policies.make import facts

_BUCKET = "aws:s3/bucket:Bucket"
_GROUP = "aws:autoscaling/group:Group"
_GOOD: dict[str, Value] = {
    "cost-centre": "operations",
    "data-class": "personal",
    "owner": "platform",
    "product": "shared",
    "stack": "local",
}


def _tagged(**tags: Value) -> Facts:
    return facts(_BUCKET, {"tags": _GOOD | {key.replace("_", "-"): value for key, value in tags.items()}})


PASS = {
    "all": _tagged(),
    "no data": _tagged(data_class="none"),
    "nothing to pay": _tagged(cost_centre="none"),
    "a name with a placeholder in it": _tagged(owner="todoist"),
    "what is missing is another rule's": facts(_BUCKET, {}),
    "what is empty is another rule's": _tagged(owner=""),
    "wrong type: one without tags": facts("aws:s3/bucketVersioning:BucketVersioning", {"tags": {"owner": "todo"}}),
}
FAIL = {
    **{f"an owner {word!r}": (_tagged(owner=f"<{word}>"), ("tags.owner",)) for word in sorted(PLACEHOLDERS)},
    "an owner": (_tagged(owner="TODO"), ("tags.owner",)),
    "a product": (_tagged(product="change-me"), ("tags.product",)),
    "a cost centre": (_tagged(cost_centre="N/A"), ("tags.cost-centre",)),
    "nothing but signs": (_tagged(owner="???"), ("tags.owner",)),
    "a class of no one's": (_tagged(data_class="secret"), ("tags.data-class",)),
    "another stack": (_tagged(stack="prod"), ("tags.stack",)),
    "all at once": (
        _tagged(owner="xxx", product="TBD", data_class="x", stack="x"),
        ("tags.owner", "tags.product", "tags.data-class", "tags.stack"),
    ),
    "in a list": (
        facts(_GROUP, {"tags": [{"key": "owner", "value": "unknown", "propagateAtLaunch": True}]}),
        ("tags.owner",),
    ),
}
PENDING = {
    "the tags": (facts(_BUCKET, {"tags": UNKNOWN}), ("?tags",)),
    "an owner": (_tagged(owner=UNKNOWN), ("?tags.owner",)),
    "a class": (_tagged(data_class=UNKNOWN), ("?tags.data-class",)),
    "a stack": (_tagged(stack=UNKNOWN), ("?tags.stack",)),
    "a key of a list": (facts(_GROUP, {"tags": [UNKNOWN]}), ("?tags",)),
}
