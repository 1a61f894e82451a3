"""证书: an authority of our own for one test, the platform's certificate and the sender's."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Authority:
    """Signs what the test asks for; every file is certificate and private key in one."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.ca = self._file(f"{name}-ca", self.name, self.key, ca=True)

    def of(self, name: str, *, ago: timedelta = timedelta(0)) -> Path:
        """A certificate for 127.0.0.1, of now or of so long `ago`; it lives for an hour."""
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        return self._file(name, subject, ec.generate_private_key(ec.SECP256R1()), ca=False, ago=ago)

    def _file(
        self, name: str, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, ca: bool, ago: timedelta = timedelta(0)
    ) -> Path:
        now = datetime.now(UTC) - ago
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path = self.folder / f"{name}.pem"
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
        return path
