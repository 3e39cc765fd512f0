"""What the program makes of the engine's configuration: the same rules as for a file, and secrets stay secret."""

from __future__ import annotations

import asyncio
import json
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pulumi
import pytest
import yaml
from pulumi.runtime import config as engine
from pulumi.runtime import reset_options

from infra.settings import SettingsProblem, load
from infra.stackfile import ESCAPE_HATCH, SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A loop for outputs, no configuration of the surrounding process, and none left behind."""
    monkeypatch.delenv("PULUMI_CONFIG", raising=False)
    monkeypatch.delenv("PULUMI_CONFIG_SECRET_KEYS", raising=False)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    # Outputs that nobody asked for still have a task each.
    loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop)))
    engine.set_all_config({}, [])
    asyncio.set_event_loop(None)
    loop.close()


def configured(stack: str, changes: Mapping[str, str | None] | None = None, *, encrypted: bool = True) -> None:
    """Hand a stack file of the tree over as the engine does: text, with JSON for lists and mappings."""
    values: dict[str, object] = yaml.safe_load((CHECKOUT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8"))[
        "config"
    ]
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
    texts |= {key: f"value of {key}" for key in SECRETS}
    for key, value in (changes or {}).items():
        texts.pop(f"groundwork:{key}", None)
        if value is not None:
            texts[f"groundwork:{key}"] = value
    reset_options(project="groundwork", stack=stack)
    engine.set_all_config(texts, [*SECRETS] if encrypted else [])


def mistakes() -> list[str]:
    """Everything that is wrong, a line each; there is something."""
    with pytest.raises(SettingsProblem) as error:
        load()
    return [str(mistake) for mistake in error.value.mistakes]


@pytest.mark.parametrize(("stack", "replicate"), [("local", False), ("staging", False), ("prod", True)])
def test_texts_become_typed_values(stack: str, replicate: bool) -> None:  # noqa: FBT001 - parametrized
    """The engine's texts turn into booleans, lists and sizes."""
    configured(stack)
    config = load().config

    assert (replicate, ("amoisekai",), "amoisekai.db") == (
        config.replicate_copies,
        config.products,
        config.amoisekai.database,
    )


def test_secrets_are_secret_outputs() -> None:
    """Each secret of the program comes as an output that the engine must not show."""
    configured("prod")
    held = load()
    groups = (held.object_store, held.copy_store, held.engine)
    outputs = [*(output for group in groups for output in vars(group).values()), held.slack_webhook_url]

    async def shown() -> list[tuple[bool, str | None]]:
        return [(await output.is_secret(), await output.future()) for output in outputs]

    own = [key for key in SECRETS if key.startswith("groundwork:")]
    assert [(True, f"value of {key}") for key in own] == asyncio.get_event_loop().run_until_complete(shown())


def test_an_unknown_key_of_the_engine_is_refused() -> None:
    """A key that nobody reads is a mistake in the engine too."""
    configured("local", {"ownr": "me"})

    assert ["groundwork:ownr: unknown key (did you mean owner?)"] == mistakes()


def test_missing_secrets_are_listed_with_their_commands() -> None:
    """Each missing secret comes with the command for this very stack, beside every other mistake."""
    configured("staging", {"copyStoreAccessKeyId": None, "owner": None})
    found = mistakes()

    assert found[0].endswith("set it with: pulumi config set --stack staging --secret groundwork:copyStoreAccessKeyId)")
    assert found[1].startswith("groundwork:owner: missing")


def test_a_secret_that_is_not_encrypted_is_refused() -> None:
    """A value in plain text is in the stack file, in git, and maybe elsewhere: it is not used."""
    configured("prod", encrypted=False)

    assert [f"{key}: a secret in plain text" for key in sorted(SECRETS)] == [
        line.partition(" (")[0] for line in mistakes()
    ]


def test_a_list_that_is_no_json_is_refused_by_its_key() -> None:
    """A broken value ends as a mistake of its key."""
    configured("local", {"products": "[amoisekai"})

    assert ["groundwork:products"] == [line.partition(": ")[0] for line in mistakes()]


def test_an_unknown_stack_is_refused() -> None:
    """Another stack of the same project has no rules here."""
    configured("prod")
    reset_options(project="groundwork", stack="production")

    assert mistakes()[0].startswith("stack: no stack is named 'production'")


@pytest.mark.parametrize(
    ("stack", "hatch", "protect"),
    [("local", "never", False), ("staging", "never", False), ("prod", "never", True), ("prod", ESCAPE_HATCH, False)],
)
def test_protection_is_on_in_prod_unless_the_hatch_is_open(stack: str, hatch: str, protect: bool) -> None:  # noqa: FBT001 - parametrized
    """One stack is protected, and one phrase takes that off."""
    configured(stack, {"allowUnprotected": hatch})

    assert protect is load().protect


def test_a_mistake_of_the_user_ends_the_program_without_a_stack_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry point hands the engine one message, which names the file and the key."""
    configured("local", {"ownr": "me"})
    monkeypatch.syspath_prepend(str(CHECKOUT))
    with pytest.raises(pulumi.RunError) as error:
        runpy.run_module("infra", run_name="__main__")

    assert "groundwork:ownr" in str(error.value)
    assert "Pulumi.local.yaml" in str(error.value)
