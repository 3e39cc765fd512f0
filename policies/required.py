"""Which tags and labels every resource carries; `infra/naming.py` makes them, these rules demand them."""

from __future__ import annotations

#: AWS tags, by key: cost is split by product and stack, and a found resource leads back to its program.
TAGS = ("managed-by", "product", "project", "stack")

#: Kubernetes labels, by key: alerts, network policies and `kubectl -l` select on them
#: (Kubernetes documentation, "Recommended Labels").
LABELS = ("app.kubernetes.io/managed-by", "app.kubernetes.io/name", "app.kubernetes.io/part-of")
