"""`python -m daoli_credit.sandbox.platform --code hlj --port N --store FILE`; the secrets come from the environment."""

import argparse
import os
import signal
import ssl
import sys
from pathlib import Path

from daoli_credit.sandbox.platform import lists
from daoli_credit.sandbox.platform.callbacks import Caller
from daoli_credit.sandbox.platform.faults import Faults
from daoli_credit.sandbox.platform.mailroom import Mailroom
from daoli_credit.sandbox.platform.server import Platform, serve
from daoli_credit.sandbox.platform.signing import Keys
from daoli_credit.sandbox.platform.store import Store
from daoli_credit.sandbox.starting import secret, stop

TITLES = {"hlj": "信用中国（黑龙江）", "hrb": "信用中国（黑龙江哈尔滨）"}


def _agreed(mine: str) -> dict[str, str]:
    """Key id → secret; the old one, when there still is one, stands before the one that signs."""
    old = {os.environ[f"{mine}_OLD_KEY_ID"]: secret(f"{mine}_OLD_KEY")} if f"{mine}_OLD_KEY_ID" in os.environ else {}
    return {**old, os.environ.get(f"{mine}_KEY_ID", "1"): secret(f"{mine}_KEY")}


def _tls(given: argparse.Namespace) -> ssl.SSLContext | None:
    if not given.tls:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(given.tls)
    if given.client_ca:
        context.load_verify_locations(given.client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def main() -> None:
    """Reads the command line and serves until told to stop."""
    words = argparse.ArgumentParser(prog="daoli_credit.sandbox.platform", description="演示信用中国平台")
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--code", required=True, help="平台代码，例如 hlj、hrb")
    words.add_argument("--store", type=Path, required=True, help="本平台自己的 SQLite 文件")
    words.add_argument("--sftp-port", type=int, default=0, help="也收文件：SFTP 的端口")
    words.add_argument("--tls", type=Path, help="服务端证书和私钥（PEM），写了就只收 https")
    words.add_argument("--client-ca", type=Path, help="客户端证书的签发者（PEM），写了就要求客户端证书")
    words.add_argument("--callback", default="", help="回执送到哪里；默认 DAOLI_ORIGIN 下的回执地址，再默认不送")
    given = words.parse_args()
    if not given.store.parent.is_dir():
        words.error(f"存储文件的目录不存在：{given.store.parent}")
    origin = os.environ.get("DAOLI_ORIGIN", "")
    callback = given.callback or (f"{origin}/api/v1/receipts/{given.code}/" if origin else "")
    mine = f"DAOLI_FEED_{given.code.upper()}"
    keys = Keys(os.environ.get("DAOLI_FEED_SENDER", "daoli"), _agreed(mine))
    store, faults = Store(given.store), Faults()
    caller = Caller(given.code, store, keys, "" if given.sftp_port else callback, faults)
    token = secret("DAOLI_PLATFORM_TOKEN")
    title = TITLES.get(given.code, f"演示平台 {given.code}")
    signal.signal(signal.SIGTERM, stop)
    caller.start()
    if given.sftp_port:
        from daoli_credit.sandbox.platform import dropbox  # noqa: PLC0415  SSH is most of a start, and few need it

        mailroom = Mailroom(given.code, store, keys, faults, dropbox.folder_of(given.store))
        ours, theirs = secret(f"DAOLI_PLATFORM_{given.code.upper()}_HOST_KEY"), secret(f"{mine}_IDENTITY_PUBLIC")
        dropbox.serve(mailroom, given.host, given.sftp_port, ours, theirs)
        mailroom.start()
    sys.stderr.write(f"{title} http://{given.host}:{given.port}/\n")
    asked = f"DAOLI_INBOUND_{given.code.upper()}"
    may_ask = any(f"{asked}_KEY{ending}" in os.environ for ending in ("", "_FILE"))
    list_keys = Keys(keys.sender, _agreed(asked)) if may_ask else None
    lists.enter_invented(store, given.code)
    here = Platform(given.code, title, store, keys, token, caller, faults, list_keys)
    serve(here, given.host, given.port, _tls(given))


if __name__ == "__main__":
    main()
