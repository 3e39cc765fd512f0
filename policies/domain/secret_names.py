"""Names under which secrets are kept, and values that are plainly none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_CHOSEN = r"pass(?:word|wd|phrase|code)|pwd"
_KEY = (
    r"(?:access|account|api|app|application|auth|encryption|hmac|internal|jwt|license|master|private|secret|service"
    r"|session|shared|signing|webhook)_keys?"
)
#: What may follow and changes nothing: the value of a secret is a secret.
_TAIL = r"(?:_(?:b64|base|data|plain|plaintext|string|text|value|wo|\d+))*"
#: Tokens that guard nothing: of a request that is made once, of the next page.
_HARMLESS = re.compile(r"(?:^|_)(?:client|creation|csrf|idempotency|next|page|request)(?:_request)?_token$")

_SECRET_NAME = re.compile(rf"(?:^|_)(?:{_CHOSEN}|{_KEY}|apikeys?|credentials?|secrets?|token){_TAIL}$")
_PASSWORD_NAME = re.compile(rf"(?:^|_)(?:{_CHOSEN}){_TAIL}$")
_RAILWAY_NAME = re.compile(r"(?:^|_)railway(?:_\w+)?_token$")

_NO_LITERAL = re.compile(
    r"""
    \s*
    | .*(?:\$\{|\$\(|\{\{).*                            # a template, filled in elsewhere
    | \$\w+ | <[^<>]*> | %\(?\w+\)?s? | \*+ | \[secret\]  # what stands for a value
    | (?:arn|ref|vault|op|ssm|file|secretsmanager)[:+].*  # a reference to where it is kept
    | \.{0,2}/[a-z0-9_./@-]*                              # a path
    | [a-z][a-z0-9+.-]*://\S*                             # an address; one with a password has a form of its own
    | (?i:true|false|yes|no|on|off|none|null|enabled|disabled)
    | [\d.,_:%+-]+[A-Za-z]{0,3}                           # a number, a time, a quantity
    """,
    re.VERBOSE | re.DOTALL,
)
#: A form that much is named by and few things are guarded by.
UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


#: What a line of a script or a file says to be what, as in ``export TOKEN="..."`` or ``token: ...``.
_ASSIGNMENT = re.compile(r"""(?<![\w.-])([A-Za-z][\w.-]{0,63})["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([^\s"',;&]{1,512})""")


# Names are the same few in every resource.
@lru_cache(maxsize=4096)
def secret_name(name: str) -> bool:
    """Whether a secret is what one expects under a name, as ``DB_PASSWORD``, ``clientSecret`` or ``api-key``."""
    words = _words(name)
    return _SECRET_NAME.search(words) is not None and _HARMLESS.search(words) is None


def password_name(name: str) -> bool:
    """Whether it is a password: one that people choose, so that any text can be one."""
    return _PASSWORD_NAME.search(_words(name)) is not None


def railway_name(name: str) -> bool:
    """Whether it is a token of Railway: those are UUIDs, which anywhere else are no secret."""
    return _RAILWAY_NAME.search(_words(name)) is not None


def literal(value: str) -> bool:
    """Whether a text under such a name could be the secret itself: no reference, template, path, number or switch."""
    return _NO_LITERAL.fullmatch(value) is None


def assigned(text: str) -> Iterator[tuple[str, str]]:
    """Names for secrets in a text, each with what the text assigns to it."""
    for name, value in _ASSIGNMENT.findall(text):
        if secret_name(name):
            yield name, value


def _words(name: str) -> str:
    """A name's words in small letters, joined by an underline."""
    return "_".join(_WORD.findall(name)).lower()
