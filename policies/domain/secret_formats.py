"""Secrets that can be told by their form alone, since whoever gives them out gave them one.

Each pattern is bounded and starts where a word starts, so that a text of a megabyte is read in one go. Forms are as
their vendors document them, or as their own tools check them; a test makes some of each and finds them.
"""

from __future__ import annotations

import base64
import binascii
import re
from string import digits

#: Where a token can start: not in the middle of a longer word.
_START = r"(?<![A-Za-z0-9_-])"

#: Access, agents, jobs, deployments, flags, feeds, mail, OAuth, triggers, runners, SCIM, workspaces (GitLab, "Token
#: prefixes").
_GITLAB = ("agent", "cbt", "dt", "ffct", "ft", "imt", "oas", "pat", "ptt", "rt", "soat", "wt")

#: What it is, texts of which one is in every such secret, and its whole form.
_FORMS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("an AWS access key", ("AKIA", "ASIA"), re.compile(r"(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])")),
    (
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        re.compile(_START + r"(?:gh[opusr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})"),
    ),
    (
        "a GitLab token",
        tuple(f"gl{kind}-" for kind in _GITLAB),
        re.compile(_START + rf"gl(?:{'|'.join(_GITLAB)})-[A-Za-z0-9_-]{{20,255}}"),
    ),
    (
        "a Docker token",
        ("dckr_pat_", "dckr_oat_"),
        re.compile(_START + r"dckr_[po]at_[A-Za-z0-9_-]{24,255}"),
    ),
    (
        "a Slack token",
        ("xox", "xapp-"),
        re.compile(_START + r"(?:xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-\d-[A-Za-z0-9-]{20,255})"),
    ),
    (
        "a Slack webhook",
        ("hooks.slack.com",),
        re.compile(r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9_/-]{20,255}"),
    ),
    (
        "a Stripe key",
        ("k_live_", "k_test_", "whsec_"),
        re.compile(_START + r"(?:[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}|whsec_[A-Za-z0-9+/=]{32,255})"),
    ),
    (
        "a Google key",
        ("AIza", "GOCSPX-", "ya29.", "AQ.Ab"),
        re.compile(
            _START + r"(?:AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{28}|ya29\.[A-Za-z0-9_-]{20,2048}"
            r"|AQ\.Ab[A-Za-z0-9_-]{20,255})"
        ),
    ),
    ("an Anthropic key", ("sk-ant-",), re.compile(_START + r"sk-ant-[a-z0-9]{3,12}-[A-Za-z0-9_-]{20,255}")),
    (
        "an OpenAI key",
        ("sk-",),
        re.compile(_START + r"sk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,255}|[A-Za-z0-9]{32,255})"),
    ),
    ("an OpenRouter key", ("sk-or-v1-",), re.compile(_START + r"sk-or-v1-[0-9a-f]{64}")),
    ("a Hugging Face token", ("hf_",), re.compile(_START + r"hf_[A-Za-z0-9]{30,255}")),
    (
        "a Cloudflare token",
        ("cfk_", "cfut_", "cfat_", "v1.0-"),
        re.compile(_START + r"(?:cf(?:k|ut|at)_[A-Za-z0-9_-]{40,255}|v1\.0-[0-9a-f]{24}-[0-9a-f]{100,255})"),
    ),
    ("a Railway token", ("rw_Fe26.2",), re.compile(_START + r"rw_Fe26\.2\*\*[A-Za-z0-9*_-]{40,2048}")),
    (
        "a Supabase key",
        ("sb_secret_", "sbp_"),
        re.compile(_START + r"(?:sb_secret_[A-Za-z0-9_-]{20,255}|sbp_[0-9a-f]{40})"),
    ),
    ("a PostHog key", ("phx_", "phs_"), re.compile(_START + r"ph[xs]_[A-Za-z0-9]{32,255}")),
    ("a Sentry token", ("sntrys_", "sntryu_"), re.compile(_START + r"sntry[su]_[A-Za-z0-9+/=_-]{40,1024}")),
    (
        "a Grafana token",
        ("glsa_", "glc_"),
        re.compile(_START + r"(?:glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_[A-Za-z0-9+/=]{32,1024})"),
    ),
    ("a Telegram bot's token", (":AA",), re.compile(r"(?<![A-Za-z0-9])\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])")),
    (
        "an UptimeRobot key",
        tuple(f"{kind}{digit}" for kind in "um" for digit in digits),
        re.compile(_START + r"[um]\d{5,10}-[0-9a-f]{24}(?![A-Za-z0-9])"),
    ),
    ("a Pulumi token", ("pul-",), re.compile(_START + r"pul-[0-9a-f]{40}")),
    ("an npm token", ("npm_",), re.compile(_START + r"npm_[A-Za-z0-9]{36}")),
    ("a PyPI token", ("pypi-",), re.compile(_START + r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,1024}")),
    ("an age key", ("AGE-SECRET-KEY-1",), re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]{58}")),
    ("a private key", ("PRIVATE KEY",), re.compile(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----")),
    (
        "a JSON web token",
        ("eyJ",),
        re.compile(_START + r"eyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{16,2048}"),
    ),
    # What stands for a password does not count: a variable, a template, a row of stars.
    ("an address with a password", ("://",), re.compile(r"://[^\s/:@?#]{0,128}:(?![${<%*\[])[^\s/@:]{1,256}@")),
)

#: All of those texts in one pattern: nearly every text that is looked at holds none, and is read once.
_HINT = re.compile("|".join(re.escape(hint) for _, hints, _ in _FORMS for hint in hints))

_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{24,}={0,2}\s*")


def secret_form(text: str) -> str:
    """What a text holds that is a secret by its form, as itself or in base64; empty when it holds none."""
    return _form(text) or _form(decoded(text))


def _form(text: str) -> str:
    if not _HINT.search(text):
        return ""
    for kind, hints, pattern in _FORMS:
        if any(hint in text for hint in hints) and pattern.search(text):
            return kind
    return ""


def decoded(text: str) -> str:
    """The text that a text is in base64; empty when it is none."""
    if not _BASE64.fullmatch(text):
        return ""
    try:
        return base64.b64decode(text).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
