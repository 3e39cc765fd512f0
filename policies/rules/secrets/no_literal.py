"""No property of any resource holds a secret as plain text.

What the program has marked secret is not meant: the engine encrypts it in the state and hides it in every output. A
preview shows ``[secret]`` in its place, the policy pack is told where it is (`policies/crossguard.py`). A value that
is not known yet is no literal; where a secret is expected it is told, and the update judges it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.domain.entropy import drawn
from policies.domain.secret_formats import decoded, secret_form
from policies.domain.secret_names import UUID, assigned, literal, password_name, railway_name, secret_name
from policies.domain.walk import leaves
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

#: Their SDK marks these secret whatever the program gives; `kubernetes-secret-external` judges them.
_MARKED = re.compile(r"kubernetes:core/v1:Secret(?:Patch)?")


def check(facts: Facts) -> Iterator[Result]:
    """No text may have the form of a known secret, or be drawn at random under a name for secrets."""
    always = {"data", "stringData"} if _MARKED.fullmatch(facts.token) else set()
    for leaf in leaves(facts.props, facts.secret | always):
        if not leaf.known:
            if secret_name(leaf.name):
                yield Pending(where=leaf.path)
        elif what := _held(leaf.name, leaf.text):
            yield Violation(where=leaf.path, what=f"it holds {what}, in plain text")


def _held(name: str, text: str) -> str:
    """What a text under a name holds that is secret, in words without the text; empty when it holds nothing."""
    if form := secret_form(text):
        return form
    if secret_name(name) and literal(text):
        if password_name(name):
            return "a password"
        if drawn(text):
            return "what looks drawn at random, under a name for secrets"
        if railway_name(name) and UUID.fullmatch(text):
            return "a Railway token"
    # A script for a machine to start with is in base64 as often as not.
    if any(literal(value) and drawn(value) for part in (text, decoded(text)) for _, value in assigned(part)):
        return "what looks drawn at random, assigned to a name for secrets"
    return ""


RULE = Rule(
    id="no-literal-secret",
    title="No property holds a secret in plain text",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="It is in git, in the state, in every preview's output and in the log of every run, for whoever can read one.",
    fix="take it out, make it void where it was given out, and give it as a secret of the stack "
    "(`pulumi config set --secret`, read as a secret) or as a reference",
    link="https://www.pulumi.com/docs/iac/concepts/secrets/",
    applies=lambda _token: True,
    check=check,
)
