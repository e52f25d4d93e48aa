"""An authority of the tests' own and a real TLS server under a name, which one mount space resolves to an address.

Nothing of this machine is changed: the list of hosts is another one only for the programs that are run with it.
"""

import datetime
import secrets
import shutil
import ssl
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.practice import REPO

_DAY = datetime.timedelta(days=1)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass(frozen=True)
class Authority:
    """Who signs certificates; `file` is what a machine trusts that trusts it."""

    key: ec.EllipticCurvePrivateKey
    file: Path

    def certificate(self, host: str, days: int = 10) -> ssl.SSLContext:
        """A server that shows a certificate for this name, valid up to so many days from now."""
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
        made = x509.CertificateBuilder().subject_name(_name(host)).issuer_name(_name("tests"))
        made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
        made = made.not_valid_before(now - 20 * _DAY).not_valid_after(now + days * _DAY)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        made = made.add_extension(_of(self.key), critical=False)
        path = self.file.with_name(f"{secrets.token_hex(4)}.pem")
        path.write_bytes(_pem(key) + _octets(made.sign(self.key, hashes.SHA256())))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _of(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _octets(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.PEM)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())


def make(folder: Path) -> Authority:
    """An authority whose file lies in this folder."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(_name("tests")).issuer_name(_name("tests"))
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - 20 * _DAY).not_valid_after(now + 20 * _DAY)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
    )
    signs = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    made = made.add_extension(signs, critical=True)
    file = folder / f"authority-{secrets.token_hex(4)}.pem"
    file.write_bytes(_octets(made.sign(key, hashes.SHA256())))
    return Authority(key, file)


@dataclass(frozen=True)
class Named:
    """Programs that are run here find these names at these addresses, and trust who is named by the file."""

    hosts: Path
    trusted: Path

    def run(
        self, *command: object, cwd: Path = REPO, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program in a mount space in which only the list of hosts is another one."""
        if shutil.which("unshare") is None:
            raise RuntimeError("no list of hosts can be put in place here; install util-linux")
        bound = 'mount --bind "$0" /etc/hosts && exec "$@"'
        given = ["unshare", "--mount", "--map-root-user", "bash", "-c", bound, self.hosts, *command]
        trust = {"SSL_CERT_FILE": str(self.trusted), "CURL_CA_BUNDLE": str(self.trusted)}
        return subprocess.run(
            list(map(str, given)),
            cwd=cwd,
            env={**(env or {}), **trust},
            capture_output=True,
            text=True,
            check=False,
        )


def named(folder: Path, trusted: Path, **addresses: str) -> Named:
    """The names, with `_` for a dot, at these addresses."""
    hosts = folder / f"hosts-{secrets.token_hex(4)}"
    lines = [f"{address} {name.replace('_', '.')}\n" for name, address in addresses.items()]
    hosts.write_text("".join(("127.0.0.1 localhost\n", *lines)), "ascii")
    return Named(hosts, trusted)
