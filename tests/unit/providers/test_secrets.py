"""What is secret, and what no text may show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from providers.kit.secrets import LONG, marked, redact, texts

if TYPE_CHECKING:
    from providers.kit import Properties

LONG_TEXT = st.text(st.characters(categories=("L", "N")), min_size=LONG, max_size=20)


def test_outputs_by_input_path() -> None:
    """An output at a secret input's path is secret."""
    assert frozenset({("password",)}) == marked({"password": "x"}, paths={("password",)})


def test_outputs_by_pattern() -> None:
    """An output that the handler names is secret."""
    assert frozenset({("data",)}) == marked({"data": {"a": "b"}}, paths=set(), patterns=[("data",)])


@given(LONG_TEXT, LONG_TEXT)
def test_outputs_by_content(secret: str, before: str) -> None:
    """An output that contains a long secret text is secret wherever it stands."""
    values: Properties = {"urls": [f"https://{before}:{secret}@host"]}
    assert frozenset({("urls", 0)}) == marked(values, paths=set(), known={secret})


def test_short_secrets_mark_nothing_else() -> None:
    """A short secret is found at its path only: "admin" is in many innocent texts."""
    values: Properties = {"user": "admin", "other": "administrator"}
    assert frozenset() == texts(values, [("user",)])


def test_texts_are_found_below_a_path() -> None:
    """Everything below a secret path is secret."""
    values: Properties = {"data": {"a": ["long enough"], "b": 1}}
    assert frozenset({"long enough"}) == texts(values, [("data",)])


@given(st.sets(LONG_TEXT, min_size=1, max_size=3))
def test_redacted_text_has_no_secret(secrets: set[str]) -> None:
    """No secret is left in a text, also when one is part of another."""
    text = redact(" and ".join(sorted(secrets)), secrets)
    assert [] == [secret for secret in secrets if secret in text]


def test_the_longest_secret_goes_first() -> None:
    """Of a secret that contains another, nothing is left."""
    assert "[secret]" == redact("long enough, and more", ["long enough", "long enough, and more"])
