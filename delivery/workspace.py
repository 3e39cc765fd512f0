"""The engine's own folder in the sandbox: state, passphrase and the stack file with what only this run knows.

The stack files of the checkout are never written to. The copy of `Pulumi.local.yaml` below `.sandbox/` adds the
addresses of the S3 server and of the fakes, their keys and tokens, and made-up secrets of the products (all encrypted),
because those are made by this sandbox and mean nothing to anyone else. The copy of another stack's file holds
placeholders where that one holds secrets: it is previewed offline, and never made.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from delivery import overrides
from infra.stackfile import SECRETS
from sandbox import processes
from sandbox.plugins.install import ONLY_STAND_INS
from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.connections import Connections

#: The one stack that is made here; every other one is only previewed.
STACK = "local"
PROJECT = "groundwork"

_LOOPBACK = "127.0.0.1,localhost"  # where the sandbox is: never behind the user's proxy
_ENDPOINTS = ("objectStoreEndpoint", "copyStoreEndpoint")
_KEY_IDS = ("objectStoreAccessKeyId", "copyStoreAccessKeyId")
_SECRET_KEYS = ("objectStoreSecretAccessKey", "copyStoreSecretAccessKey")
_TOKENS = ("railway:token", "uptimerobot:apiKey", "cloudflare:apiToken")
# Made up for each sandbox: nothing outside knows them, and the two URLs lead nowhere.
_MADE_UP = {
    "geminiApiKey": "{}",
    "internalKey": "{}",
    "sentryDsn": "https://{}@sentry.invalid/1",
    "slackWebhookUrl": "https://slack.invalid/{}",
}
#: What stands for a secret of a stack that is previewed offline.
_PLACEHOLDER = "placeholder"
# At the top of a stack file: whose key its secrets are encrypted with. Here it is the workspace's own.
_ENCRYPTION = ("secretsprovider", "encryptedkey", "encryptionsalt")


@dataclass(frozen=True)
class Workspace:
    """Paths of one stack's engine, all below the sandbox's folder.

    Attributes:
        checkout: the repository, where `Pulumi.yaml` is.
        root: the sandbox's folder.
        stack: the stack's name.
    """

    checkout: Path
    root: Path
    stack: str = STACK

    @property
    def embedded(self) -> bool:
        """Whether the stack is made in this sandbox; else it is only previewed, with no cloud asked."""
        return self.stack == STACK

    @property
    def mark(self) -> Path:
        """What its processes carry, so that they are found when the `gw` that started them was killed."""
        return self.root

    @property
    def folder(self) -> Path:
        """Everything of this stack's engine."""
        return self.root / "pulumi" if self.embedded else self.root / "pulumi" / "offline" / self.stack

    @property
    def project(self) -> Path:
        """A project of the same name, where the engine may write its salt and secrets."""
        return self.folder / "project"

    @property
    def stack_file(self) -> Path:
        """The stack file that the engine is given: the checkout's, with the sandbox's own values over it."""
        return self.project / f"Pulumi.{self.stack}.yaml"

    @property
    def overrides(self) -> Path:
        """Images that `gw deploy` put into this stack, over the checkout's."""
        return self.folder / "images.json"

    @property
    def state(self) -> Path:
        """The file backend's folder."""
        return self.folder / "state"

    @property
    def checkpoint(self) -> Path:
        """Where the file backend keeps the stack's state."""
        return self.state / ".pulumi" / "stacks" / PROJECT / f"{self.stack}.json"

    @property
    def home(self) -> Path:
        """PULUMI_HOME, with the stand-in plugins; the same for all stacks."""
        return self.root / "pulumi" / "home"

    @property
    def passphrase(self) -> Path:
        """The file that holds the passphrase of the stack's secrets, mode 0600."""
        return self.root / "credentials" / ("passphrase" if self.embedded else f"passphrase-{self.stack}")

    @property
    def initialised(self) -> bool:
        """Whether the engine made the stack and its salt is known."""
        return "encryptionsalt" in self._current()

    @property
    def settings(self) -> dict[str, Any]:
        """The stack file's values by their full keys, secrets encrypted."""
        found: dict[str, Any] = self._current().get("config") or {}
        return found

    def prepare(self) -> None:
        """Make the folders, the passphrase and the project file, where they are not there yet."""
        for folder in (self.folder, self.project, self.state, self.home, self.passphrase.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.passphrase.exists():
            files.write(self.passphrase, secrets.token_urlsafe(32).encode())
        files.write(self.project / "Pulumi.yaml", yaml.safe_dump({"name": PROJECT, "runtime": "python"}).encode())

    def overlay(self, connections: Connections) -> dict[str, str]:
        """Write the stack file and return the secrets that the engine must still encrypt, by key.

        Secrets already encrypted are kept, so that an unchanged sandbox gives an unchanged file.
        """
        current = self._current()
        known: dict[str, Any] = current.get("config", {})
        document: dict[str, Any] = yaml.safe_load((self.checkout / f"Pulumi.{self.stack}.yaml").read_bytes()) or {}
        config: dict[str, Any] = document.setdefault("config", {})
        if self.embedded:
            config |= {f"{PROJECT}:{name}": connections.object_store for name in _ENDPOINTS}
            config |= {"railway:endpoint": connections.railway, "uptimerobot:endpoint": connections.uptimerobot}
            overrides.apply(self.overrides, config, PROJECT)
        missing: dict[str, str] = {}
        for key, value in self._secrets(config, connections).items():
            encrypted = known.get(key)
            if _secure(encrypted):
                config[key] = encrypted
            else:
                config.pop(key, None)
                missing[key] = value
        for key in _ENCRYPTION:
            document.pop(key, None)
        if "encryptionsalt" in current:
            document["encryptionsalt"] = current["encryptionsalt"]
        files.write(self.stack_file, yaml.safe_dump(document, sort_keys=False).encode())
        return missing

    def _secrets(self, config: dict[str, Any], connections: Connections) -> dict[str, str]:
        """Every secret of the stack by its full key: the sandbox's own, or placeholders."""
        if self.embedded:
            keys = connections.keys()
            given = dict.fromkeys(_KEY_IDS, keys.access_key_id) | dict.fromkeys(_SECRET_KEYS, keys.secret_access_key)
            given |= {name: form.format(secrets.token_hex(24)) for name, form in _MADE_UP.items()}
            token = connections.edge_token.read_text(encoding="utf-8").strip()
            return {f"{PROJECT}:{name}": value for name, value in given.items()} | dict.fromkeys(_TOKENS, token)
        held = [key for key, value in config.items() if _secure(value)]
        return dict.fromkeys([*SECRETS, *held], _PLACEHOLDER)

    def environment(self, connections: Connections | None, python: str, tools: Path) -> dict[str, str]:
        """The environment of every engine process: nothing of the user's clouds, everything of the sandbox."""
        dropped = (
            "AWS_",
            "RAILWAY_",
            "UPTIMEROBOT_",
            "CLOUDFLARE_",
            "PULUMI_",
            "KUBE",
            "GRAFANA_",
            "VIRTUAL_ENV",
            "PYTHON",
        )
        kept = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
        kept |= {
            "PATH": f"{tools}{os.pathsep}{kept.get('PATH', os.defpath)}",
            "PULUMI_HOME": str(self.home),
            "PULUMI_BACKEND_URL": self.state.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE_FILE": str(self.passphrase),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            **ONLY_STAND_INS,
            "PULUMI_DEBUG_COMMANDS": "true",  # --event-log is a debug flag
            "GROUNDWORK_PYTHON": python,
            # The engine asks for a name, which a user without an entry in /etc/passwd does not have.
            "USER": kept.get("USER") or f"uid-{os.getuid()}",
            "NO_PROXY": (hosts := ",".join(filter(None, (kept.get("NO_PROXY") or kept.get("no_proxy"), _LOOPBACK)))),
            "no_proxy": hosts,
            processes.MARK: str(self.mark),
            "PYTHONPATH": str(self.checkout),  # the program, the policies and the plugins of this very checkout
        }
        if connections is not None:
            kept |= {
                "KUBECONFIG": str(connections.kubeconfig),
                "GROUNDWORK_CONNECTIONS": str(connections.root / "connections.json"),
            }
        return kept

    def _current(self) -> dict[str, Any]:
        try:
            loaded = yaml.safe_load(self.stack_file.read_bytes())
        except FileNotFoundError:
            return {}
        return loaded if isinstance(loaded, dict) else {}


def _secure(value: object) -> bool:
    """Whether a value of a stack file is encrypted."""
    return isinstance(value, dict) and "secure" in value
