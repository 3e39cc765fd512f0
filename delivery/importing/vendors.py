"""The three vendors' APIs, opened with the stack's own tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from delivery.importing import cloudflare, railway, uptimerobot
from providers.kit.handler import ProviderError
from providers.railway.client import Client as Railway
from providers.railway.graphql import ENDPOINT as RAILWAY
from providers.uptimerobot.client import Client as UptimeRobot
from providers.uptimerobot.kind import ENDPOINT as UPTIMEROBOT
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from delivery.engine import Engine
    from delivery.importing.live import Keys, Live
    from policies.preview import Resource

#: Secret keys of a stack, and the variables that may hold them before the stack file does.
TOKENS: Final[Mapping[str, str]] = {
    "railway:token": "RAILWAY_TOKEN",
    "uptimerobot:apiKey": "UPTIMEROBOT_API_KEY",
    "cloudflare:apiToken": "CLOUDFLARE_API_TOKEN",
}

#: How each type is known, parents first: a DNS record holds what Railway says of a domain.
KEYS: Final[Keys] = {**railway.KEYS, **uptimerobot.KEYS, **cloudflare.KEYS}

_PACKAGES = ("railway:", "uptimerobot:", "cloudflare:")


def theirs(token: str) -> bool:
    """Whether a type is one of the three vendors'."""
    return token.startswith(_PACKAGES)


@dataclass(frozen=True)
class Vendors:
    """What is live at all three.

    Attributes:
        engine: where the tokens are read from, when they are needed.
        cloudflare: base URL of Cloudflare's API.
    """

    engine: Engine
    cloudflare: str

    def look(self, resources: Sequence[Resource], project_id: str) -> list[Live]:
        """Everything live that could be what is declared; a vendor of whom nothing is declared is not asked.

        Raises:
            Problem: a token is missing (exit code 3), the project is not there (2), or a vendor does not answer (14).
        """
        asked = [package for package in _PACKAGES if any(one.token.startswith(package) for one in resources)]
        found: list[Live] = []
        try:
            if "railway:" in asked:
                found += railway.look(self._railway(), project_id)
            if "uptimerobot:" in asked:
                found += uptimerobot.look(self._uptimerobot())
            if "cloudflare:" in asked:
                client = cloudflare.Client(self.cloudflare, self._token("cloudflare:apiToken"))
                found += cloudflare.look(client, resources)
        except ProviderError as error:
            raise Problem(
                f"what is live could not be read: {error}",
                fix="see that the token may read it, then run it again: nothing was changed",
                exit_code=ExitCode.VENDOR,
            ) from error
        return found

    def _railway(self) -> Railway:
        endpoint = self.engine.setting("railway:endpoint") or RAILWAY
        project = self.engine.setting("railway:tokenKind") == "project"
        return Railway(endpoint, self._token("railway:token"), "project" if project else "account")

    def _uptimerobot(self) -> UptimeRobot:
        endpoint = self.engine.setting("uptimerobot:endpoint") or UPTIMEROBOT
        return UptimeRobot(endpoint, self._token("uptimerobot:apiKey"))

    def _token(self, key: str) -> str:
        if value := self.engine.setting(key):
            return value
        stack = self.engine.stack
        raise Problem(
            f"the stack {stack} has no {key}",
            where=f"Pulumi.{stack}.yaml",
            allowed=f"the secret in the stack file, or for the first time the variable {TOKENS[key]}",
            fix=f"pulumi config set --stack {stack} --secret {key}",
            exit_code=ExitCode.CONFIG,
        )
