"""checkov's findings: on the resources of a preview, on the repository's files, on what its charts render."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from policies.checkov.findings import findings
from policies.checkov.manifests import manifests
from policies.checkov.plan import bridge
from policies.checkov.verdicts import Framework, Request, Results
from policies.gate import charts
from policies.gate.outcome import Verdict
from policies.preview import declared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from policies.finding import Finding
    from policies.preview import Preview
    from toolchain.events import Emit

    #: What asks checkov: `policies.checkov.run.run`.
    Scan: TypeAlias = Callable[[Request, Emit], Results]

_FILES = frozenset({Framework.DOCKERFILE, Framework.GITHUB_ACTIONS, Framework.SECRETS})


@dataclass(frozen=True)
class Resources:
    """The resources of a preview as checkov takes them.

    Attributes:
        preview: the stack.
        plan: those of providers that Terraform knows.
        addresses: address in the plan -> URN.
        objects: URN -> manifest, of Kubernetes' objects.
    """

    preview: Preview
    plan: Mapping[str, Any]
    addresses: Mapping[str, str]
    objects: Mapping[str, dict[str, Any]]

    @classmethod
    def of(cls, preview: Preview) -> Resources:
        """Everything of a preview that checkov can be given."""
        bridged = bridge(preview)
        return cls(preview, bridged.plan, bridged.addresses, manifests(preview))

    @property
    def urns(self) -> frozenset[str]:
        """What checkov is given."""
        given = {*self.addresses.values(), *self.objects}
        return frozenset(row.urn for row in declared(self.preview.resources) if row.urn in given)

    def judge(self, scan: Scan, emit: Emit) -> Verdict:
        """What checkov says of them.

        Raises:
            Problem: it did not judge (exit codes 4, 7, 8, 13).
        """
        if not self.urns:
            return Verdict()
        results = scan(Request(plan=self.plan if self.addresses else None, manifests=self.objects), emit)
        return _verdict(results, findings(results, self.preview, self.addresses), judged=len(self.urns))


def of_files(checkout: Path, files: Sequence[str], scan: Scan, emit: Emit) -> Verdict:
    """What checkov says of the repository's Dockerfiles and workflows, and of secrets in any file that git tracks.

    Raises:
        Problem: it did not judge (exit codes 4, 7, 8, 13).
    """
    results = scan(Request(folder=checkout, frameworks=_FILES), emit)
    return _verdict(results, findings(results), judged=len(files))


def of_charts(checkout: Path, files: Sequence[str], scan: Scan, emit: Emit) -> Verdict:
    """What checkov says of Kubernetes manifests in the repository: those that lie there, and those that charts render.

    A finding on a rendered manifest names the template that it came from; which of its lines is not known.

    Raises:
        Problem: a chart does not render (exit code 13), Helm cannot be built (4), or checkov did not judge.
    """
    found = charts.find(checkout, files)
    if not found:
        return Verdict()
    folder = Path(tempfile.mkdtemp(prefix="groundwork-charts-"))
    try:
        sources = charts.render(checkout, found, folder, emit)
        results = scan(Request(rendered=folder, frameworks=frozenset({Framework.KUBERNETES})), emit)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = {_at_source(row, sources) for row in findings(results)}
    return _verdict(results, sorted(rows), judged=len(sources))


def _at_source(row: Finding, sources: Mapping[str, charts.Source]) -> Finding:
    source = sources.get(row.file) or sources.get(row.where)
    if source is None:
        return row
    return replace(row, file=source.file, line=0 if source.rendered else row.line)


def _verdict(results: Results, found: Sequence[Finding], judged: int) -> Verdict:
    counted = results.judged().values()
    passed, failed = sum(row[0] for row in counted), sum(row[1] for row in counted)
    return Verdict(tuple(found), judged=judged, passed=passed, failed=failed)
