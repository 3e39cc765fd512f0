"""What is secret, and what no text may show."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from providers.kit.secrets import BLANK, LONG, marked, redact, texts

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
    """A short secret marks its own path only: "admin" is in many innocent texts."""
    values: Properties = {"user": "admin", "other": "administrator"}
    assert frozenset() == marked(values, paths=set(), known=texts(values, [("user",)]))


def test_texts_are_found_below_a_path() -> None:
    """Everything below a secret path is secret, numbers too, but for a letter or two."""
    values: Properties = {"data": {"a": ["long enough"], "b": 4711, "c": "no", "d": True}}
    found = texts(values, [("data",)])
    assert {"long enough", "4711"} == found & {"long enough", "4711", "no", "True", "true"}


def test_short_secrets_are_blanked_as_words() -> None:
    """An error text shows no short secret, and keeps the words that it is only a part of."""
    known = texts({"pin": "fish7"}, [("pin",)])
    assert 'refused "[secret]", not xfish7x' == redact('refused "fish7", not xfish7x', known)


@given(st.text(min_size=LONG, max_size=30))
def test_every_form_is_blanked(secret: str) -> None:
    """A secret is blanked as it is, quoted by JSON or Go, and in base64, as Kubernetes shows a Secret's data."""
    encoded = base64.b64encode(secret.encode()).decode()
    known = texts({"key": secret}, [("key",)])
    shown = [secret, json.dumps(secret), json.dumps(secret, ensure_ascii=False), encoded]
    assert {"", '""'} >= {redact(text, known).replace(BLANK, "") for text in shown}


def test_what_base64_hides_is_blanked() -> None:
    """Of a secret that is given in base64, the text inside is blanked as well."""
    known = texts({"data": base64.b64encode(b"correct horse").decode()}, [("data",)])
    assert "the password [secret] is weak" == redact("the password correct horse is weak", known)


@given(st.sets(LONG_TEXT, min_size=1, max_size=3))
def test_redacted_text_has_no_secret(secrets: set[str]) -> None:
    """No secret is left in a text, also when one is part of another."""
    text = redact(" and ".join(sorted(secrets)), secrets)
    assert [] == [secret for secret in secrets if secret in text]


def test_the_longest_secret_goes_first() -> None:
    """Of a secret that contains another, nothing is left."""
    assert "[secret]" == redact("long enough, and more", ["long enough", "long enough, and more"])
