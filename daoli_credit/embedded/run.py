"""python3 run: 启动整套演示系统, or walk the story once with --smoke."""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from daoli_credit.embedded.binaries import MissingProgram
from daoli_credit.embedded.places import Taken, data_directory, hold, prepared
from daoli_credit.embedded.ports import kept_port
from daoli_credit.embedded.smoke.walk import walk
from daoli_credit.embedded.world import World, running


class Asked(BaseException):
    """Someone asked us to stop: Ctrl-C, SIGTERM, or the terminal closed."""


def on_signal(number: int, _frame: FrameType | None) -> None:
    """Only the first request counts; those during the stopping are ignored."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    raise Asked(number)


def told(step: str) -> None:
    print(f"· {step} …", flush=True)


def welcome(world: World) -> str:
    """Addresses and cast."""
    return f"""
道里诚信（演示：人物、数据与规则均为虚构，不作依据）
  网站        {world.origin}/
  个人中心    {world.origin}/me/
  工作台      {world.origin}/desk/
  督导看板    {world.origin}/supervision/
  实名沙箱    {world.issuer}/
  省平台沙箱  {world.platforms["hlj"]}/
  市平台沙箱  {world.platforms["hrb"]}/
  报送样表    {world.data}/sheets/

演示人物（用户名、口令、身份；口令只属于本数据目录 {world.data}）
{world.people}
按 Ctrl-C 停止
"""


def demo(host: str, port: int) -> int:
    """Start, print, watch; 0 when asked to stop."""
    begun = time.monotonic()
    data = data_directory()
    try:
        lock = hold(data, f"http://{host}:{port}/（进程 {os.getpid()}）")
    except Taken as who:
        print(f"本目录的道里诚信已在运行：{who}。先在那里按 Ctrl-C，或用 DAOLI_DATA 另指数据目录。", file=sys.stderr)
        return 1
    with lock, running(data, host, port, loud=True, told=told) as world:
        print(f"{welcome(world)}（启动用时 {time.monotonic() - begun:.1f} 秒）", flush=True)
        world.processes.watch()
    return 0


def smoke() -> int:
    """Everything on free ports in a throw-away folder; 0 when every station is reached."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="daoli-smoke-", ignore_cleanup_errors=True) as folder:
        data = prepared(Path(folder))
        with (
            hold(data),
            kept_port() as port,
            running(data, "127.0.0.1", port, loud=False, told=told) as world,
        ):
            print(f"启动用时 {time.monotonic() - begun:.1f} 秒", flush=True)
            passed = walk(world)
    print(f"共 {time.monotonic() - begun:.1f} 秒", flush=True)
    print("smoke ok" if passed else "smoke failed", flush=True)
    return 0 if passed else 1


def port_number(word: str) -> int:
    """一个端口号; argparse shows the words."""
    if not word.isascii() or not word.isdigit() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError("端口应为 1 至 65535 的整数")
    return int(word)


def main() -> int:
    parser = argparse.ArgumentParser(prog="run", description="启动道里诚信（演示）")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只有本机能访问")
    parser.add_argument("--port", type=port_number, default=8000, help="网站端口，默认 8000")
    parser.add_argument("--smoke", action="store_true", help="用空闲端口和临时目录走一遍全流程后退出")
    options = parser.parse_args()
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, on_signal)
    try:
        return smoke() if options.smoke else demo(options.host, options.port)
    except Asked:
        print("\n已停止。", flush=True)
        return 0 if not options.smoke else 130
    except (RuntimeError, PermissionError, MissingProgram) as why:
        print(f"\n{why}", file=sys.stderr)
        return 1
    except OSError as why:  # a full disk, a folder that may not be written
        print(
            f"\n没有启动：{why.strerror}（{why.filename or '没有指明文件'}）。改正以后重新启动即可。", file=sys.stderr
        )
        return 1


if __name__ == "__main__":
    sys.exit(main())
