"""The one reader of stack configuration: typed, frozen, and clear about what is wrong.

Two ways in, one set of rules (`infra.stackfile`): `load` reads what the engine hands to the program, `check_file`
reads a stack file without an engine, so that ``gw`` can refuse a bad one in under a second.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

import yaml
from pydantic import BaseModel, ValidationError

from infra import stackfile
from infra.naming import PROJECT
from infra.stackfile import SECRETS, Stack, StackConfig
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pulumi
    from pydantic_core import ErrorDetails

STACKS: tuple[Stack, ...] = get_args(Stack)
_PREFIX = f"{PROJECT}:"
#: The stack of the sandbox: its secrets are encrypted with a passphrase that the sandbox makes.
_EMBEDDED: Stack = "local"
#: What encrypts the secrets of every other stack (Pulumi documentation, "Secrets": cloud secrets providers).
CLOUD_KEYS = ("awskms://", "gcpkms://", "azurekeyvault://")
# Letters of a wrong value that a message repeats: enough to find it, too few to give a misplaced secret away whole.
_SHOWN = 24
# What Pulumi itself keeps at the top of a stack file beside `config`.
_TOP_KEYS = frozenset({"config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment"})


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a stack file.

    Attributes:
        key: the full key, as in ``groundwork:images`` or ``groundwork:amoisekai.volume``.
        what: what is wrong with it.
        allowed: what would be accepted.
        fix: the next thing to do: the nearest key, or a command.
    """

    key: str
    what: str
    allowed: str = ""
    fix: str = ""

    def __str__(self) -> str:
        rest = "; ".join(part for part in (self.allowed and f"allowed: {self.allowed}", self.fix) if part)
        return f"{self.key}: {self.what}" + (f" ({rest})" if rest else "")


class SettingsProblem(Problem):
    """A stack's configuration is wrong; all that is wrong is listed at once.

    Attributes:
        mistakes: each of them.
    """

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        count = len(self.mistakes)
        rows = "\n".join(f"  - {mistake}" for mistake in self.mistakes)
        super().__init__(
            f"{count} {'setting is' if count == 1 else 'settings are'} wrong\n{rows}",
            where=file,
            exit_code=ExitCode.CONFIG,
        )


@dataclass(frozen=True)
class StoreKeys:
    """A key pair of an object store; both are secret outputs."""

    access_key_id: pulumi.Output[str]
    secret_access_key: pulumi.Output[str]


@dataclass(frozen=True)
class EngineKeys:
    """What the story game's engine needs to know and nobody else may; all are secret outputs."""

    gemini_api_key: pulumi.Output[str]
    internal_key: pulumi.Output[str]
    sentry_dsn: pulumi.Output[str]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that the program is told.

    Attributes:
        stack: which stack this is.
        config: its plain values.
        object_store: keys of the bucket that backups go to.
        copy_store: keys of the second copy.
        engine: secrets of the story game's engine.
        slack_webhook_url: the web hook for alerts in Slack; a secret output.
    """

    stack: Stack
    config: StackConfig
    object_store: StoreKeys
    copy_store: StoreKeys
    engine: EngineKeys
    slack_webhook_url: pulumi.Output[str]

    @property
    def protect(self) -> bool:
        """Whether stateful resources are protected: in prod, unless the escape hatch is open."""
        return self.stack == "prod" and not self.unprotected

    @property
    def locked(self) -> bool:
        """Whether backups are locked: in prod, where they are of worth; elsewhere a lock would outlive its stack."""
        return self.stack == "prod"

    @property
    def unprotected(self) -> bool:
        """Whether the escape hatch is open."""
        return self.config.allow_unprotected == stackfile.ESCAPE_HATCH


def load() -> Settings:
    """Read what the engine handed over.

    Raises:
        SettingsProblem: a key is unknown, missing or wrong, or a secret is missing or not encrypted; all are listed.
    """
    import pulumi  # noqa: PLC0415 - half a second that `check_file` must not cost
    from pulumi.runtime import config as engine  # noqa: PLC0415 - as above

    stack = pulumi.get_stack()
    # The SDK offers no public way to list keys, and without a list an unknown key cannot be seen.
    flat = {**engine.get_config_env(), **engine.CONFIG.get()}
    values = {key: _decoded(str(value)) for key, value in flat.items()}
    secret = SECRETS.keys() & flat.keys()
    encrypted = {key for key in secret if engine.is_config_secret(key)}.union(engine.get_config_secret_keys_env())
    mistakes = [_exposed(key, stack) for key in sorted(secret - encrypted)]
    mistakes += [_absent(key, stack) for key in SECRETS if key not in secret]
    config = _parse(stack, {key: value for key, value in values.items() if key not in secret}, mistakes)
    reader = pulumi.Config(PROJECT)
    return Settings(
        stack=cast("Stack", stack),
        config=config,
        object_store=StoreKeys(
            reader.require_secret("objectStoreAccessKeyId"), reader.require_secret("objectStoreSecretAccessKey")
        ),
        copy_store=StoreKeys(
            reader.require_secret("copyStoreAccessKeyId"), reader.require_secret("copyStoreSecretAccessKey")
        ),
        engine=EngineKeys(
            reader.require_secret("geminiApiKey"),
            reader.require_secret("internalKey"),
            reader.require_secret("sentryDsn"),
        ),
        slack_webhook_url=reader.require_secret("slackWebhookUrl"),
    )


def check_file(path: Path, *, secrets: bool = True) -> StackConfig:
    """Check one stack file without an engine, in milliseconds.

    Args:
        path: a file named ``Pulumi.<stack>.yaml``.
        secrets: also ask that each secret is there; off for the tree's own ``Pulumi.local.yaml``, which gets its
            secrets by overlay. One that is there in plain text is a mistake either way.

    Raises:
        SettingsProblem: all that is wrong in the file.
    """
    stack = path.name.removeprefix("Pulumi.").removesuffix(".yaml")
    document = _read(path)
    mistakes = [
        Mistake(str(key), "unknown key at the top of a stack file", fix=_nearest(str(key), _TOP_KEYS))
        for key in document
        if key not in _TOP_KEYS
    ]
    values = document.get("config")
    if not isinstance(values, dict):
        raise SettingsProblem(path.name, [*mistakes, Mistake("config", "missing, or no mapping", "a mapping of keys")])
    held = {key: value for key, value in values.items() if key in SECRETS}
    mistakes += [_exposed(str(key), stack) for key, value in held.items() if not _encrypted(value)]
    if stack != _EMBEDDED:
        mistakes += _encryption(document, stack, any(_encrypted(value) for value in values.values()))
    if secrets:
        mistakes += [_absent(key, stack) for key in SECRETS if key not in held]
    return _parse(stack, {str(key): value for key, value in values.items() if key not in held}, mistakes, path.name)


def _parse(stack: str, values: Mapping[str, object], mistakes: list[Mistake], file: str = "") -> StackConfig:
    """The checked values, or a problem that lists the mistakes handed in and all found here."""
    name = file or f"Pulumi.{stack}.yaml"
    if stack not in STACKS:
        known = ", ".join(f"Pulumi.{one}.yaml" for one in STACKS)
        mistakes.append(Mistake("stack", f"no stack is named {stack!r}", known, _nearest(stack, STACKS)))
    own = {key.removeprefix(_PREFIX): value for key, value in values.items() if _ours(key)}
    try:
        config = StackConfig.model_validate(own, context={"stack": stack})
    except ValidationError as error:
        mistakes += [_mistake(details) for details in error.errors(include_url=False)]
        raise SettingsProblem(name, mistakes) from error
    if mistakes:
        raise SettingsProblem(name, mistakes)
    return config


def _ours(key: str) -> bool:
    """Keys that this project answers for: its namespace, those without one, the region. The rest is a provider's."""
    return key.startswith(_PREFIX) or ":" not in key or key == "aws:region"


def _mistake(details: ErrorDetails) -> Mistake:
    """One of pydantic's errors in words that name the key, what is allowed and the nearest key."""
    path = [str(part) for part in details["loc"]]
    key = (path[0] if ":" in path[0] else _PREFIX + path[0]) + "".join(f".{part}" for part in path[1:])
    allowed = _allowed(path)
    if details["type"] == "extra_forbidden":
        return Mistake(key, "unknown key", fix=_nearest(path[-1], _siblings(path[:-1])))
    if details["type"] == "missing":
        return Mistake(key, "missing", allowed)
    if details["type"] in {"string_pattern_mismatch", "literal_error"}:
        return Mistake(key, f"{str(details['input'])[:_SHOWN]!r} is not accepted", allowed)
    return Mistake(key, details["msg"].removeprefix("Value error, "), allowed)


def _model_at(path: list[str]) -> type[BaseModel] | None:
    """The model that holds the key at the end of a path; None inside a plain mapping or list."""
    model: type[BaseModel] | None = StackConfig
    for part in path:
        fields = {field.alias or name: field for name, field in model.model_fields.items()} if model else {}
        found = fields[part].annotation if part in fields else None
        model = found if isinstance(found, type) and issubclass(found, BaseModel) else None
    return model


def _siblings(parents: list[str]) -> list[str]:
    model = _model_at(parents)
    known = [field.alias or name for name, field in model.model_fields.items()] if model else []
    return known if parents else [*known, *(key.removeprefix(_PREFIX) for key in SECRETS)]


def _allowed(path: list[str]) -> str:
    """The description of the deepest field on the path that has one."""
    for depth in range(len(path), 0, -1):
        model = _model_at(path[: depth - 1])
        fields = {field.alias or name: field for name, field in model.model_fields.items()} if model else {}
        if path[depth - 1] in fields and (text := fields[path[depth - 1]].description):
            return text
    return ""


def _nearest(given: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(given, list(known), n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else f"known: {', '.join(sorted(known))}"


def _command(key: str, stack: str) -> str:
    # The value is left out on purpose: Pulumi then asks for it, and it never shows in a process list or a history.
    return f"pulumi config set --stack {stack} --secret {key}"


def _absent(key: str, stack: str) -> Mistake:
    return Mistake(key, "missing secret", SECRETS[key], f"set it with: {_command(key, stack)}")


def _exposed(key: str, stack: str) -> Mistake:
    fix = f"replace the credential, it may have leaked; then: {_command(key, stack)}"
    return Mistake(key, "a secret in plain text", "an encrypted value", fix)


def _encryption(document: Mapping[object, object], stack: str, held: bool) -> Iterator[Mistake]:  # noqa: FBT001 - a fact
    """What is wrong with how a stack outside of this machine is encrypted: by a key of a cloud, by nothing else."""
    allowed = f"a key of a cloud: {', '.join(f'{scheme}...' for scheme in CLOUD_KEYS)}"
    fix = (
        f"pulumi stack change-secrets-provider --stack {stack} 'awskms://alias/groundwork-{stack}-pulumi?region=REGION'"
    )
    if "encryptionsalt" in document:
        yield Mistake("encryptionsalt", "the stack's secrets are encrypted with a passphrase", allowed, fix)
    provider = document.get("secretsprovider")
    if provider is None and held:
        yield Mistake("secretsprovider", "missing, and the file holds secrets", allowed, fix)
    elif provider is not None and not (isinstance(provider, str) and provider.startswith(CLOUD_KEYS)):
        yield Mistake("secretsprovider", f"{str(provider)[:_SHOWN]!r} is not accepted", allowed, fix)


def _encrypted(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"secure"} and bool(value["secure"])


def _decoded(value: str) -> object:
    """The engine hands lists and mappings over as JSON, everything else as text."""
    if value.startswith(("{", "[")):
        try:
            return cast("object", json.loads(value))
        except ValueError:
            return value
    return value


class _Loader(yaml.SafeLoader):
    """YAML in which a key may stand once: by its standard; the usual loader quietly takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT001, FBT002 - yaml's own signature
        seen = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key_node.value!r} twice", key_node.start_mark)
            seen.add(key_node.value)
        return cast("dict[object, object]", super().construct_mapping(node, deep=deep))


def _read(path: Path) -> dict[object, object]:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader, made stricter
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsProblem(str(path), [Mistake(path.name, "cannot be read", fix=str(error))]) from error
    except yaml.YAMLError as error:
        raise SettingsProblem(
            str(path), [Mistake(path.name, "is no valid YAML", fix=" ".join(str(error).split()))]
        ) from error
    if not isinstance(document, dict):
        raise SettingsProblem(str(path), [Mistake(path.name, "is no mapping", "a mapping with the key config")])
    return document
