"""The one table of tools: which module each is built from, how it tells its version, which versions are accepted.

The versions themselves stand in ``toolchain/<graph>/go.mod`` and are read from there. No version is repeated here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from toolchain.versions import Accept, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).resolve().parent
"""Where the graphs lie: one folder with ``go.mod`` and ``go.sum`` for each, because they do not resolve together."""


class Tool(StrEnum):
    """A binary that some part of Groundwork starts."""

    PULUMI = "pulumi"
    ETCD = "etcd"
    KUBE_APISERVER = "kube-apiserver"
    KUBE_CONTROLLER_MANAGER = "kube-controller-manager"
    VERSITYGW = "versitygw"
    HELM = "helm"
    PROMTOOL = "promtool"
    AMTOOL = "amtool"
    ACTIONLINT = "actionlint"


NEEDED_BY_UP: Final = (
    Tool.PULUMI,
    Tool.ETCD,
    Tool.VERSITYGW,
    Tool.KUBE_APISERVER,
    Tool.KUBE_CONTROLLER_MANAGER,
)
"""What ``gw up`` cannot do without; the others are built when a target asks for them."""
NEEDED_BY_GATE: Final = (Tool.ACTIONLINT, Tool.HELM)
"""What ``gw gate`` asks for besides, where there are workflows and charts to judge."""


@dataclass(frozen=True)
class Graph:
    """One Go module of ours: a set of dependencies that resolve together.

    Attributes:
        name: its folder below ``toolchain/``.
        module: the module whose version is the version of its tools.
        disk: bytes that a build takes on disk: modules, compiled packages, binaries. Those of pulumi and
            kubernetes were measured in a build from nothing and rounded up; of the others the modules were, the rest
            reckoned at 0.6 MB for each package.
        release: how the module version reads as the release; Prometheus' module v0.315.0 is release 3.15.0.
    """

    name: str
    module: str
    disk: int
    release: re.Pattern[str] = re.compile(r"v(?P<major>\d+)\.(?P<minor>\d+)\.(?P<patch>\d+)")

    @property
    def folder(self) -> Path:
        """The folder of its ``go.mod``."""
        return FOLDER / self.name

    def module_version(self) -> str:
        """The version of `module` in ``go.mod``, with its ``v``."""
        return module_version(self.folder / "go.mod", self.module)

    def version(self) -> Version:
        """The release that `module_version` is."""
        found = self.release.fullmatch(self.module_version())
        if found is None:
            raise ValueError(f"{self.folder / 'go.mod'}: {self.module} has no release version")
        return Version(int(found["major"]), int(found["minor"]), int(found["patch"]))

    def minimum_go(self) -> Version:
        """The oldest Go that builds it: the ``go`` line of ``go.mod``."""
        found = re.search(r"^go (\S+)$", (self.folder / "go.mod").read_text(), re.MULTILINE)
        if found is None:
            raise ValueError(f"{self.folder / 'go.mod'} has no go line")
        return Version.parse_go(found[1])


@dataclass(frozen=True)
class Pin:
    """How one tool is built, recognised and accepted.

    Attributes:
        tool: the tool.
        graph: the module it is built in.
        package: the Go package of its ``main``.
        probe: arguments that make it print its version and end.
        accept: which versions on PATH serve as well.
        stamps: linker variables to values; ``{version}`` is the release.
    """

    tool: Tool
    graph: Graph
    package: str
    probe: tuple[str, ...]
    accept: Accept
    stamps: Mapping[str, str]

    def version(self) -> Version:
        """The pinned release."""
        return self.graph.version()

    def accepted(self) -> str:
        """Which versions on PATH are accepted, in words."""
        return self.accept.describe(self.version())

    def linker_flags(self) -> str:
        """The value of ``go build -ldflags``: stripped, the version stamped in where upstream's release does so."""
        version = self.version()
        stamps = (
            f"-X {variable}={value.format(version=version, major=version.major, minor=version.minor)}"
            for variable, value in sorted(self.stamps.items())
        )
        return " ".join(("-s", "-w", *stamps))


def module_version(go_mod: Path, module: str) -> str:
    """The version that ``go_mod`` requires of ``module``.

    Raises:
        ValueError: it requires no such module.
    """
    found = re.search(rf"^(?:require\s+|\t){re.escape(module)} (v\S+)", go_mod.read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"{go_mod} does not require {module}")
    return found[1]


_GIB = 1024**3
_PULUMI = Graph("pulumi", "github.com/pulumi/pulumi/pkg/v3", disk=4 * _GIB)
_ETCD = Graph("etcd", "go.etcd.io/etcd/server/v3", disk=int(0.75 * _GIB))
_VERSITYGW = Graph("versitygw", "github.com/versity/versitygw", disk=int(0.75 * _GIB))
_KUBERNETES = Graph("kubernetes", "k8s.io/kubernetes", disk=5 * _GIB)
_HELM = Graph("helm", "helm.sh/helm/v3", disk=_GIB)
_PROMETHEUS = Graph(
    "prometheus",
    "github.com/prometheus/prometheus",
    disk=3 * _GIB,
    release=re.compile(r"v0\.(?P<major>\d)(?P<minor>\d\d)\.(?P<patch>\d+)"),
)
_ALERTMANAGER = Graph("alertmanager", "github.com/prometheus/alertmanager", disk=_GIB)
_ACTIONLINT = Graph("actionlint", "github.com/rhysd/actionlint", disk=int(0.25 * _GIB))

_KUBE_STAMPS = MappingProxyType(
    {
        "k8s.io/component-base/version.gitVersion": "v{version}",
        "k8s.io/component-base/version.gitMajor": "{major}",
        "k8s.io/component-base/version.gitMinor": "{minor}",
    }
)
_COMMON_STAMP = MappingProxyType({"github.com/prometheus/common/version.Version": "{version}"})
_NO_STAMP: Mapping[str, str] = MappingProxyType({})

PINS: Final[Mapping[Tool, Pin]] = MappingProxyType(
    {
        pin.tool: pin
        for pin in (
            Pin(
                Tool.PULUMI,
                _PULUMI,
                "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
                ("version",),
                Accept.SAME_MAJOR,
                MappingProxyType({"github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": "v{version}"}),
            ),
            Pin(Tool.ETCD, _ETCD, ".", ("--version",), Accept.SAME_MINOR, _NO_STAMP),
            Pin(
                Tool.KUBE_APISERVER,
                _KUBERNETES,
                "k8s.io/kubernetes/cmd/kube-apiserver",
                ("--version",),
                Accept.SAME_MINOR,
                _KUBE_STAMPS,
            ),
            Pin(
                Tool.KUBE_CONTROLLER_MANAGER,
                _KUBERNETES,
                "k8s.io/kubernetes/cmd/kube-controller-manager",
                ("--version",),
                Accept.SAME_MINOR,
                _KUBE_STAMPS,
            ),
            Pin(
                Tool.VERSITYGW,
                _VERSITYGW,
                "github.com/versity/versitygw/cmd/versitygw",
                ("--version",),
                Accept.SAME_MAJOR,
                MappingProxyType({"main.Version": "v{version}"}),
            ),
            Pin(
                Tool.HELM,
                _HELM,
                "helm.sh/helm/v3/cmd/helm",
                ("version", "--short"),
                Accept.SAME_MAJOR,
                MappingProxyType({"helm.sh/helm/v3/internal/version.version": "v{version}"}),
            ),
            Pin(
                Tool.PROMTOOL,
                _PROMETHEUS,
                "github.com/prometheus/prometheus/cmd/promtool",
                ("--version",),
                Accept.SAME_MAJOR,
                _COMMON_STAMP,
            ),
            Pin(
                Tool.AMTOOL,
                _ALERTMANAGER,
                "github.com/prometheus/alertmanager/cmd/amtool",
                ("--version",),
                Accept.SAME_MINOR,
                _COMMON_STAMP,
            ),
            Pin(
                Tool.ACTIONLINT,
                _ACTIONLINT,
                "github.com/rhysd/actionlint/cmd/actionlint",
                ("-version",),
                Accept.SAME_MAJOR,
                MappingProxyType({"github.com/rhysd/actionlint.version": "{version}"}),
            ),
        )
    }
)
