"""Whether a text looks as if a machine had drawn it."""

from __future__ import annotations

import math
import re
from collections import Counter

from policies.domain.secret_names import UUID

#: Letters of the shortest text that is judged: a shorter one has too few to tell a word from a draw. A longer one than
#: the longest is no token, and is read for the forms of keys all the same.
_SHORTEST = 16
_LONGEST = 4096
#: Bits a letter, and letters that are in no word. Of 5,000 draws each, 16 hexadecimal digits stay below in 3 of 100
#: cases, 32 in none, 40 letters of base64 in none (`tests/policies/test_secrets.py`).
_BITS = 2.75
_LETTERS = 10

#: A word as names have them: up to five in one, some digits behind; or a number; or a version.
_WORD = re.compile(
    r"(?:[A-Z]?[a-z]{1,24}(?:[A-Z][a-z]{1,24}){0,4}|[A-Z]{1,24})\d{0,4}|\d{1,12}|v\d{1,3}(?:alpha|beta)\d{1,3}"
)
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")
#: Digests and public keys look drawn, and are not secret.
_PUBLIC = re.compile(r"(?:.*@)?(?:sha(?:1|256|384|512)|md5)[:-].*|-----BEGIN .*")


def drawn(text: str) -> bool:
    """Whether a text looks drawn at random: long, of one piece, of many letters, and not made of words.

    A digest, a public key and a UUID are not meant.
    """
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and not any(letter.isspace() for letter in text)
        and _bits(text) >= _BITS
        and sum(len(part) for part in _BETWEEN.split(text) if not _WORD.fullmatch(part)) >= _LETTERS
        and not _PUBLIC.fullmatch(text)
        and not UUID.fullmatch(text)
    )


def _bits(text: str) -> float:
    """Shannon's entropy of a text's letters, bits each."""
    size = len(text)
    return -sum(count / size * math.log2(count / size) for count in Counter(text).values())
