"""SSH 密钥: the host's and the sender's, made anew for each run, and a stranger's."""

from dataclasses import dataclass

from daoli_credit.embedded import ssh


@dataclass(frozen=True)
class Pair:
    """A private key and its public line."""

    private: str
    public: str


def pair() -> Pair:
    """A new one."""
    private = ssh.private_key()
    return Pair(private, ssh.public_line(private))


HOST, SENDER, STRANGER = pair(), pair(), pair()
