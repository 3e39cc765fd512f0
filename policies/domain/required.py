"""Which tags and labels every resource carries; `infra/naming.py` makes them, these rules demand them.

`infra` is above this package, so the keys stand here once more; a test keeps both equal.
"""

from __future__ import annotations

#: AWS tags, by key: cost is split by product and cost centre, and a found resource leads back to its owner.
TAGS = ("component", "cost-centre", "data-class", "managed-by", "owner", "product", "project", "stack")

#: Kubernetes labels, by key: alerts, network policies and `kubectl -l` select on them
#: (the first five: Kubernetes documentation, "Recommended Labels").
LABELS = (
    "app.kubernetes.io/component",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/managed-by",
    "app.kubernetes.io/name",
    "app.kubernetes.io/part-of",
    "groundwork.dev/alert-tier",
    "groundwork.dev/owner",
    "groundwork.dev/product",
    "groundwork.dev/stack",
)

#: How sensitive data is, as the tag ``data-class`` says it.
DATA_CLASSES = frozenset({"none", "internal", "confidential", "personal"})

#: The label that says whom an alert reaches, and the same as a tag of a cloud and a variable of a service.
ALERT_TIER = "groundwork.dev/alert-tier"
ALERT_TIER_TAG = "alert-tier"
ALERT_TIER_VARIABLE = "ALERT_TIER"

#: What it may say: a page, a channel, the log (`docs/requirements.md` OB-31).
ALERT_TIERS = ("critical", "info", "warning")
