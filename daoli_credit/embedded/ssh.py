"""SSH 密钥: Ed25519 pairs for the file exchange of the demonstration, in OpenSSH's own format."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def private_key() -> str:
    """A new private key."""
    made = Ed25519PrivateKey.generate()
    text = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    return text.decode()


def public_line(private: str) -> str:
    """The public line of a private key, as an authorized_keys file has it."""
    public = serialization.load_ssh_private_key(private.encode(), None).public_key()
    return public.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()
