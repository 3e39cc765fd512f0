"""Secrets are found wherever they stand, are never repeated, and what guards nothing is let be."""

from __future__ import annotations

import base64
import json
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.domain.entropy import drawn
from policies.domain.secret_formats import secret_form
from policies.facts import UNKNOWN, Facts, Value
from policies.message import write
from policies.rule import Rule, Violation
from policies.rules import secrets
from policies.rules.secrets import no_literal
from tests.policies import tokens
from tests.policies.make import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEDS = st.integers(min_value=0, max_value=2**32)
FORMS = sorted(tokens.made(0))
BUCKET = "aws:s3/bucket:Bucket"
PLAIN = st.text(st.characters(categories=["L", "Zs"]), max_size=12)
SCALARS: st.SearchStrategy[Value] = st.none() | st.booleans() | st.floats(allow_nan=False) | PLAIN | st.just(UNKNOWN)


def said(judged: Facts) -> str:
    """All that the rules over secrets say of a resource, as the engine gets it."""
    single = [rule for rule in secrets.RULES if isinstance(rule, Rule) and rule.applies(judged.token)]
    found = [(row, rule.fix) for rule in single for row in rule.check(judged)]
    return "\n".join(write(row, fix) if isinstance(row, Violation) else row.where for row, fix in found)


def planted(secret: str) -> st.SearchStrategy[Value]:
    """A value with a secret in it somewhere: in a text, a list, a mapping, JSON, base64, or as a key."""
    around = st.tuples(PLAIN, PLAIN).map(lambda pair: f"{pair[0]} {secret} {pair[1]}")
    hidden = base64.b64encode(f"export A={secret}\n".encode()).decode()
    start: st.SearchStrategy[Value] = st.just(secret) | around | st.just(hidden) | st.just({secret: "x"})
    return st.recursive(
        start,
        lambda inner: st.one_of(
            st.tuples(SCALARS, inner).map(list),
            st.dictionaries(PLAIN, SCALARS, max_size=2).flatmap(
                lambda some: inner.map(lambda one: {**some, "held": one})
            ),
            inner.map(lambda one: json.dumps({"held": one}, default=str)),
        ),
        max_leaves=4,
    )


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_known(form: str) -> None:
    """A secret of each form is told by its form, by itself and inside a text."""
    texts = [text for seed in range(50) for text in (tokens.made(seed)[form], f"a='{tokens.made(seed)[form]}'; b")]

    assert [text for text in texts if not secret_form(text)] == []


@given(seed=SEEDS, form=st.sampled_from(FORMS), data=st.data())
def test_a_secret_is_found_wherever_it_stands_and_is_not_repeated(seed: int, form: str, data: st.DataObject) -> None:
    """However deep and in whatever it is hidden, it is found; nothing that is said holds any long part of it."""
    secret = tokens.made(seed)[form]
    judged = facts(BUCKET, {"some": data.draw(planted(secret))})
    words = said(judged)

    assert [row for row in no_literal.check(judged) if isinstance(row, Violation)]
    assert not any(secret[start : start + 12] in words for start in range(len(secret) - 11))


@given(seed=SEEDS, kind=st.sampled_from(["ConfigMap", "Secret", "Pod"]), stack=st.sampled_from(["local", "prod"]))
def test_no_rule_over_secrets_repeats_one(seed: int, kind: str, stack: str) -> None:
    """A secret in a ConfigMap, a Secret or a pod is not in what is said of it, under whatever name it stands."""
    secret = tokens.drawn(seed)
    props: dict[str, Value] = {
        "data": {"token": secret, "file": f"password: {secret}", secret: secret},
        "spec": {"containers": [{"name": "main", "env": [{"name": "API_TOKEN", "value": secret}]}]},
    }

    words = said(facts(f"kubernetes:core/v1:{kind}", props, stack=stack))

    assert words or (kind, stack) == ("Secret", "local")
    # A key that has no form of its own cannot be told from a name, and is shown.
    assert secret not in words.replace(f"data.{secret}", "")


@pytest.mark.parametrize(("name", "text"), tokens.HARMLESS)
def test_what_guards_nothing_is_let_be(name: str, text: str) -> None:
    """References, digests, names, numbers and public keys are no secrets, whatever they stand under."""
    assert list(no_literal.check(facts(BUCKET, {name: text}))) == []


def lengths() -> Iterator[object]:
    """Alphabets and lengths of real secrets, with how many of a thousand draws may be missed."""
    yield pytest.param("0123456789abcdef", 32, 0, id="hexadecimal, 32")
    yield pytest.param("0123456789abcdef", 64, 0, id="hexadecimal, 64")
    yield pytest.param(string.ascii_letters + string.digits + "+/", 40, 0, id="base64, 40: an AWS secret key")
    yield pytest.param(string.ascii_letters + string.digits, 32, 0, id="letters and digits, 32")
    yield pytest.param(string.ascii_letters + string.digits, 20, 10, id="letters and digits, 20")
    yield pytest.param(string.ascii_lowercase + string.digits, 24, 10, id="small letters and digits, 24")
    # Few letters are hard to tell from a word.
    yield pytest.param("0123456789abcdef", 16, 50, id="hexadecimal, 16")


@pytest.mark.parametrize(("letters", "count", "missed"), [*lengths()])
def test_what_a_machine_drew_is_told_from_words(letters: str, count: int, missed: int) -> None:
    """Of a thousand draws hardly one is taken for words."""
    draws = [tokens.drawn(seed, letters, count) for seed in range(1000)]

    assert sum(not drawn(text) for text in draws) <= missed


def test_a_text_of_a_megabyte_is_read_in_one_go() -> None:
    """Texts made to keep patterns busy are read without going back over them: a slow one would take hours."""
    size = 1 << 20
    hard = ("a" * size, "eyJ" * (size // 3), "a:" * (size // 2), "://a:" * (size // 5), "A" * size, "_-" * (size // 2))
    texts = [*hard, "token=" * (size // 6), "x" * size + "=", "-----BEGIN " * (size // 11) + "PRIVATE KEY", "[" * size]

    assert [] == [row for text in texts for row in no_literal.check(facts(BUCKET, {"apiToken": text}))]


def test_properties_nested_deeper_than_python_calls_are_read() -> None:
    """Ten thousand levels are walked through, and what is at their end is found."""
    value: Value = tokens.made(1)["aws"]
    for _ in range(10_000):
        value = [value]

    assert ["some" + "[0]" * 10_000] == [row.where for row in no_literal.check(facts(BUCKET, {"some": value}))]
