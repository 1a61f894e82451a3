"""`python -m daoli_credit.sandbox.identity --port N --users FILE`; the client's secrets come from the environment."""

import argparse
import os
import signal
import sys
from pathlib import Path

from daoli_credit.sandbox.identity.authorize import Client
from daoli_credit.sandbox.identity.provider import Provider
from daoli_credit.sandbox.identity.server import serve
from daoli_credit.sandbox.starting import secret, stop

CALLBACK = "/sign-in/citizen/back/"
# A unit of the demonstration, whose staff sign in here as well: a second client with its own people.
UNIT, UNIT_CALLBACK = "DAOLI_STAFF_OIDC_UNIT", "/sign-in/unit/unit/back/"


def main() -> None:
    """Reads the command line and serves until told to stop."""
    words = argparse.ArgumentParser(prog="daoli_credit.sandbox.identity", description="演示实名认证平台")
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--users", type=Path, required=True, help="人物文件（JSON）")
    words.add_argument("--issuer", default="", help="默认 OIDC_ISSUER，再默认 http://主机:端口")
    words.add_argument("--redirect", action="append", help="市民应用的回调地址，可多次；默认 DAOLI_ORIGIN 下的回调")
    words.add_argument("--staff-redirect", action="append", help="工作人员应用的回调地址，同上")
    given = words.parse_args()
    if not given.users.is_file():
        words.error(f"人物文件不存在：{given.users}")
    origin = os.environ.get("DAOLI_ORIGIN", "http://127.0.0.1:8000")
    redirects = given.redirect or [origin + CALLBACK]
    issuer = given.issuer or os.environ.get("OIDC_ISSUER") or f"http://{given.host}:{given.port}"
    clients = [Client(secret("OIDC_CLIENT_ID"), secret("OIDC_CLIENT_SECRET"), tuple(redirects))]
    if unit := os.environ.get(f"{UNIT}_CLIENT_ID"):
        staff = given.staff_redirect or [origin + UNIT_CALLBACK]
        clients.append(Client(unit, secret(f"{UNIT}_CLIENT_SECRET"), tuple(staff), face="staff"))
    signal.signal(signal.SIGTERM, stop)
    sys.stderr.write(f"演示实名认证平台 {issuer}\n")
    serve(Provider(issuer, tuple(clients), given.users), given.host, given.port)


if __name__ == "__main__":
    main()
