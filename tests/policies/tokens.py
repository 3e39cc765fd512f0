"""Secrets made up for tests, in the forms of real ones; put together here, so that no scanner of files finds one."""

from __future__ import annotations

import base64
import json
import random
import string

_HEX = "0123456789abcdef"
_UPPER = string.ascii_uppercase + string.digits
_ALNUM = string.ascii_letters + string.digits
_URL = _ALNUM + "-_"


def made(seed: int) -> dict[str, str]:
    """One secret of each form, by a word for it; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - nothing is guarded by these

    def some(letters: str, count: int) -> str:
        return "".join(draw.choices(letters, k=count))

    def part(**claims: str) -> str:
        return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")

    return {
        "aws": "AKIA" + some(_UPPER, 16),
        "aws for a time": "ASIA" + some(_UPPER, 16),
        **{f"github {kind}": f"gh{kind}_" + some(_ALNUM, 36) for kind in "pousr"},
        "github, fine": "github_pat_" + some(_ALNUM, 22) + "_" + some(_ALNUM, 59),
        **{
            f"gitlab {kind}": f"gl{kind}-" + some(_URL, 20)
            for kind in ("agent", "cbt", "dt", "ffct", "ft", "imt", "oas", "pat", "ptt", "rt", "soat", "wt")
        },
        **{f"docker {kind}": f"dckr_{kind}_" + some(_URL, 27) for kind in ("pat", "oat")},
        **{f"slack {kind}": f"xox{kind}-" + some(string.digits, 12) + "-" + some(_ALNUM, 24) for kind in "abeoprs"},
        "slack app": "xapp-1-A" + some(_UPPER, 10) + "-" + some(string.digits, 13) + "-" + some(_HEX, 64),
        **{
            f"slack {kind}": f"https://hooks.slack.com/{kind}/T" + some(_UPPER, 8) + "/" + some(_ALNUM, 24)
            for kind in ("services", "workflows", "triggers")
        },
        "stripe": "sk_live_" + some(_ALNUM, 24),
        "stripe test": "sk_test_" + some(_ALNUM, 24),
        "stripe restricted": "rk_live_" + some(_ALNUM, 99),
        "stripe webhook": "whsec_" + some(_ALNUM, 32),
        "google": "AIza" + some(_URL, 35),
        "google, new": "AQ.Ab" + some(_URL, 45),
        "google client": "GOCSPX-" + some(_URL, 28),
        "google access": "ya29." + some(_URL, 160),
        "anthropic": "sk-ant-" + "api03-" + some(_URL, 95),
        "openai": "sk-" + some(_ALNUM, 48),
        **{f"openai {kind}": f"sk-{kind}-" + some(_URL, 100) for kind in ("proj", "svcacct", "admin")},
        "openrouter": "sk-or-" + "v1-" + some(_HEX, 64),
        "hugging face": "hf_" + some(string.ascii_letters, 34),
        **{f"cloudflare {kind}": f"cf{kind}_" + some(_ALNUM, 48) for kind in ("k", "ut", "at")},
        "cloudflare origin": "v1.0-" + some(_HEX, 24) + "-" + some(_HEX, 146),
        "railway": "rw_Fe26.2**" + some(_HEX, 64) + "*" + some(_URL, 22),
        "supabase": "sb_secret_" + some(_ALNUM, 31),
        "supabase access": "sbp_" + some(_HEX, 40),
        "posthog": "phx_" + some(_ALNUM, 43),
        "posthog of a project": "phs_" + some(_ALNUM, 43),
        "sentry of an organization": "sntrys_" + some(_ALNUM, 60),
        "sentry of a user": "sntryu_" + some(_HEX, 64),
        "grafana": "glsa_" + some(_ALNUM, 32) + "_" + some(_HEX, 8),
        "grafana cloud": "glc_" + some(_ALNUM, 80),
        "telegram": some("123456789", 10) + ":AA" + some(_URL, 32) + some(_ALNUM, 1),
        "uptimerobot": "u" + some("123456789", 7) + "-" + some(_HEX, 24),
        "uptimerobot monitor": "m" + some("123456789", 9) + "-" + some(_HEX, 24),
        "pulumi": "pul-" + some(_HEX, 40),
        "npm": "npm_" + some(_ALNUM, 36),
        "pypi": "pypi-" + "AgEIcHlwaS5vcmc" + some(_URL, 60),
        "age": "AGE-SECRET-KEY-1" + some(_UPPER, 58),
        "private key": "-----BEGIN " + "PRIVATE KEY-----\n" + some(_ALNUM, 64),
        "rsa key": "-----BEGIN RSA " + "PRIVATE KEY-----\n" + some(_ALNUM, 64),
        "pgp key": "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----\n" + some(_ALNUM, 64),
        "web token": f"{part(alg='HS256', typ='JWT')}.{part(sub=some(_ALNUM, 12))}.{some(_URL, 43)}",
        "address": "postgres://app:" + some(_ALNUM, 12) + "@db.example.com/app",
        "address without a user": "redis://:" + some(_ALNUM, 12) + "@cache.example.com:6379",
    }


def drawn(seed: int, letters: str = _ALNUM, count: int = 40) -> str:
    """A secret without a form of its own."""
    return "".join(random.Random(seed).choices(letters, k=count))  # noqa: S311 - nothing is guarded by it


#: What a program may well hold and what guards nothing, by the name that it stands under.
HARMLESS: tuple[tuple[str, str], ...] = (
    ("tokenId", "3f2c8a90-12cd-4b77-9a0e-5c1d2e3f4a5b"),
    ("secret", "3f2c8a90-12cd-4b77-9a0e-5c1d2e3f4a5b"),
    ("secretArn", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-aB3dE7"),
    ("secret", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-aB3dE7xYz9QwErTy"),
    ("clientSecret", "ref+awssecrets://prod/eval-platform/llm-keys#/openai"),
    ("secret", "prod/eval-platform/llm-keys"),
    ("secretName", "backup-stores"),
    ("secretKey", "copy-secret-access-key"),
    ("existingSecret", "eval-platform-database-2026"),
    ("password", "${random.password.result}"),
    ("password", "$(DATABASE_PASSWORD)"),
    ("password", "{{ .Values.database.password }}"),
    ("password", "$DATABASE_PASSWORD"),
    ("password", "<set in the console>"),
    ("password", "********"),
    ("password", "[secret]"),
    ("password", ""),
    ("manageMasterPassword", "true"),
    ("passwordFile", "/run/secrets/database"),
    ("token", "/var/run/secrets/kubernetes.io/serviceaccount/token"),
    ("token", "latest"),
    ("maxTokens", "4096"),
    ("accessTokenLifetime", "3600"),
    ("token", "12.5Gi"),
    ("clientRequestToken", "Zq7Xw2Lk9Pv4Rt8Ns3Mb"),
    ("creationToken", "Zq7Xw2Lk9Pv4Rt8Ns3Mb"),
    ("nextToken", "Zq7Xw2Lk9Pv4Rt8Ns3Mb"),
    ("tokenEndpoint", "https://auth.example.com/oauth/token"),
    ("token", "https://auth.example.com/oauth/3f2c8a9012cd4b779a0e5c1d2e3f4a5b"),
    ("image", "ghcr.io/someone/thing:1.2@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("token", "ghcr.io/someone/thing@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("token", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("digest", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("etag", "d41d8cd98f00b204e9800998ecf8427e"),
    (
        "sshPublicKey",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKrN0c7l0mFqk2b9c1D0xQ2J5pVZ8yTnWq3sRuXoLh ops@example.com",
    ),
    ("publicKey", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----"),
    ("certificate", "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJnVENDQVNlZ0F3SUJBZ0lVTXk="),
    ("signingKey", "-----BEGIN CERTIFICATE-----"),
    ("zoneId", "023e105f4ecef8ad9ca31a8372d0c353"),
    ("accountId", "f037e56e89293a057740de681ac9abbe"),
    ("kmsKeyId", "mrk-1234abcd12ab34cd56ef1234567890ab"),
    ("hostedZoneId", "Z2FDTNDATAQYW2"),
    ("vpcId", "vpc-0a1b2c3d4e5f67890"),
    ("policy", '{"Version": "2012-10-17", "Statement": [{"Sid": "AllowRead", "Effect": "Allow"}]}'),
    ("schedule", "0 * * * *"),
    ("endpoint", "https://user@example.com/path"),
    ("endpoint", "postgres://app:${DATABASE_PASSWORD}@db.example.com/app"),
    ("endpoint", "postgres://app:$(DATABASE_PASSWORD)@db.example.com/app"),
    ("endpoint", "postgres://app:<password>@db.example.com/app"),
    ("endpoint", "http://127.0.0.1:8001/api/health?at=12:00@noon"),
    ("userData", "#!/bin/sh\nexport DATABASE_PASSWORD=$(aws secretsmanager get-secret-value --secret-id prod/db)\n"),
    ("settings", "max_tokens: 4096\ntoken_limit = 12000\npassword_encryption: scram-sha-256\n"),
    ("description", "the key of a task-force, not sk-anything"),
    ("name", "risk-analysis-for-the-secret-service-of-tokens"),
    ("version", "v1.0-3f2c8a90"),
    ("role", "AmazonEKSWorkerNodePolicyForTheClusterOfMany"),
    ("json", "[not json at all"),
)
