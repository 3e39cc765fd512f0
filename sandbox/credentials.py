"""The sandbox's keys, certificates, tokens and kubeconfigs: random, made once, each in a 0600 file of its own."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import trustme
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from sandbox.connections import ObjectStoreKeys
from sandbox.loopback import LOOPBACK
from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path

# In-cluster names of the API server; 10.96.0.1 is the first address of the service range given to it.
_SERVER_NAMES = (LOOPBACK, "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "10.96.0.1")
_TOKEN_BYTES = 32
#: Name in the certificate that the API server shows to etcd and to the node.
API_CLIENT = "kube-apiserver"


class User(StrEnum):
    """Who speaks to the API server; the value names its token's and kubeconfig's file."""

    ADMIN = "admin"
    NODE = "node"
    BINDER = "binder"
    PROVISIONER = "provisioner"
    CONTROLLERS = "controllers"


#: Name and groups of each user, as RBAC and the node authorizer know them (kubernetes.io, "Using RBAC Authorization").
IDENTITIES: dict[User, tuple[str, tuple[str, ...]]] = {
    User.ADMIN: ("groundwork:admin", ("system:masters",)),
    User.NODE: ("system:node:sandbox", ("system:nodes",)),
    User.BINDER: ("system:kube-scheduler", ()),
    User.PROVISIONER: ("groundwork:provisioner", ()),
    User.CONTROLLERS: ("system:kube-controller-manager", ()),
}


@dataclass(frozen=True)
class Pair:
    """A certificate and its private key, PEM files."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Credentials:
    """What is in the credentials folder.

    Attributes:
        folder: the folder, mode 0700.
    """

    folder: Path

    @property
    def authority(self) -> Path:
        """Certificate of the sandbox's own authority: every server shows a certificate that it signed."""
        return self.folder / "ca.crt"

    @property
    def server(self) -> Pair:
        """What etcd, the API server, the controllers and the node show to those who call them."""
        return self._pair("server")

    @property
    def client(self) -> Pair:
        """What the API server shows to etcd and to the node."""
        return self._pair("api-client")

    @property
    def service_accounts(self) -> Pair:
        """Keys that sign service accounts' tokens; the "certificate" is the bare public key."""
        return Pair(self.folder / "service-accounts.pub", self.folder / "service-accounts.key")

    @property
    def token_file(self) -> Path:
        """The API server's static tokens, one line a user."""
        return self.folder / "tokens.csv"

    @property
    def object_store_keys(self) -> Path:
        """The S3 server's key pair, `ObjectStoreKeys` as JSON."""
        return self.folder / "object-store.json"

    @property
    def edge_token(self) -> Path:
        """The bearer token that the fakes of Railway, UptimeRobot and Cloudflare take."""
        return self.folder / "edge.token"

    @property
    def services(self) -> tuple[Path, ...]:
        """The files that services read when they start: with other contents they have to be started again."""
        pairs = (self.server, self.client, self.service_accounts)
        each = [path for pair in pairs for path in (pair.certificate, pair.key)]
        return (self.authority, *each, self.token_file, self.object_store_keys, self.edge_token)

    def kubeconfig(self, user: User) -> Path:
        """The user's kubeconfig."""
        return self.folder / f"{user.value}.kubeconfig"

    def token(self, user: User) -> str:
        """The user's token.

        Raises:
            OSError: it has not been made yet.
        """
        return (self.folder / f"{user.value}.token").read_text()

    def keys(self) -> ObjectStoreKeys:
        """The S3 server's key pair."""
        return ObjectStoreKeys.model_validate_json(self.object_store_keys.read_bytes())

    def ensure(self) -> None:
        """Make what is missing; what is there stays, so that a second start shows nobody a new key.

        Raises:
            OSError: the folder cannot be written to.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._ensure_certificates()
        self._ensure_service_account_keys()
        for path in (*(self.folder / f"{user.value}.token" for user in User), self.edge_token):
            if not path.exists():
                files.write(path, secrets.token_urlsafe(_TOKEN_BYTES).encode())
        if not self.object_store_keys.exists():
            pair = ObjectStoreKeys(
                access_key_id=f"SANDBOX{secrets.token_hex(6).upper()}",
                secret_access_key=secrets.token_urlsafe(_TOKEN_BYTES),
            )
            files.write(self.object_store_keys, pair.model_dump_json().encode())
        _write_changed(self.token_file, self._tokens())

    def write_kubeconfigs(self, server: str) -> None:
        """Write a kubeconfig a user for the API server's URL.

        Raises:
            OSError: the folder cannot be written to.
        """
        for user in User:
            _write_changed(self.kubeconfig(user), self._kubeconfig(user, server))

    def _pair(self, name: str) -> Pair:
        return Pair(self.folder / f"{name}.crt", self.folder / f"{name}.key")

    def _ensure_certificates(self) -> None:
        pairs = (self.server, self.client)
        written = [self.authority, *(path for pair in pairs for path in (pair.key, pair.certificate))]
        if all(path.exists() for path in written):
            return
        # All together, and none of the old ones left if this is cut short: a new authority makes them void.
        for path in written:
            path.unlink(missing_ok=True)
        authority = trustme.CA(organization_name="Groundwork sandbox")
        server = authority.issue_cert(*_SERVER_NAMES, common_name="sandbox")
        client = authority.issue_cert("api-client.sandbox.invalid", common_name=API_CLIENT)
        # The authority's own key is not kept: nothing signs with it again.
        files.write(self.authority, authority.cert_pem.bytes())
        for pair, leaf in zip(pairs, (server, client), strict=True):
            files.write(pair.key, leaf.private_key_pem.bytes())
            files.write(pair.certificate, b"".join(part.bytes() for part in leaf.cert_chain_pems))

    def _ensure_service_account_keys(self) -> None:
        pair = self.service_accounts
        if pair.certificate.exists() and pair.key.exists():
            return
        key = ec.generate_private_key(ec.SECP256R1())
        files.write(pair.key, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        files.write(pair.certificate, public)

    def _tokens(self) -> bytes:
        rows = []
        for user, (name, groups) in IDENTITIES.items():
            row = [self.token(user), name, name]
            rows.append(",".join([*row, f'"{",".join(groups)}"'] if groups else row))
        return "".join(f"{row}\n" for row in rows).encode()

    def _kubeconfig(self, user: User, server: str) -> bytes:
        authority = {"server": server, "certificate-authority": str(self.authority)}
        context = {"cluster": "sandbox", "user": user.value, "namespace": "default"}
        document = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "sandbox",
            "clusters": [{"name": "sandbox", "cluster": authority}],
            "users": [{"name": user.value, "user": {"token": self.token(user)}}],
            "contexts": [{"name": "sandbox", "context": context}],
        }
        return json.dumps(document, indent=2).encode()


def _write_changed(path: Path, content: bytes) -> None:
    if not path.exists() or path.read_bytes() != content:
        files.write(path, content)
