"""`python -m daoli_credit.sandbox.platform --code hlj --port N --store FILE`; the secrets come from the environment."""

import argparse
import os
import signal
import sys
from pathlib import Path

from daoli_credit.sandbox.platform.callbacks import Caller
from daoli_credit.sandbox.platform.server import Platform, serve
from daoli_credit.sandbox.platform.signing import Keys
from daoli_credit.sandbox.platform.store import Store
from daoli_credit.sandbox.starting import secret, stop

TITLES = {"hlj": "信用中国（黑龙江）", "hrb": "信用中国（黑龙江哈尔滨）"}


def main() -> None:
    """Reads the command line and serves until told to stop."""
    words = argparse.ArgumentParser(prog="daoli_credit.sandbox.platform", description="演示信用中国平台")
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--code", required=True, help="平台代码，例如 hlj、hrb")
    words.add_argument("--store", type=Path, required=True, help="本平台自己的 SQLite 文件")
    words.add_argument("--callback", default="", help="回执送到哪里；默认 DAOLI_ORIGIN 下的回执地址，再默认不送")
    given = words.parse_args()
    if not given.store.parent.is_dir():
        words.error(f"存储文件的目录不存在：{given.store.parent}")
    origin = os.environ.get("DAOLI_ORIGIN", "")
    callback = given.callback or (f"{origin}/api/v1/receipts/{given.code}/" if origin else "")
    keys = Keys(os.environ.get("DAOLI_FEED_SENDER", "daoli"), "1", secret(f"DAOLI_FEED_{given.code.upper()}_KEY"))
    store = Store(given.store)
    caller = Caller(given.code, store, keys, callback)
    token = secret("DAOLI_PLATFORM_TOKEN")
    title = TITLES.get(given.code, f"演示平台 {given.code}")
    signal.signal(signal.SIGTERM, stop)
    caller.start()
    sys.stderr.write(f"{title} http://{given.host}:{given.port}/\n")
    serve(Platform(given.code, title, store, keys, token, caller), given.host, given.port)


if __name__ == "__main__":
    main()
