"""网页: what the platform holds, masked, for the visitor of the demonstration. No script, nothing inline."""

import json
import time
from html import escape
from pathlib import Path

from daoli_credit.sandbox.platform.store import Found, Store

STYLE = (Path(__file__).parent / "style.css").read_bytes()
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
SHOWN = 50
CHINA = 8 * 3600


def _line(row: dict[str, str]) -> str:
    payload = json.loads(row["payload"])
    whole = payload.get("name") or payload["CF_XDR_MC"]
    name = whole[0] + "*" + (whole[-1] if len(whole) > 2 else "")
    at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(float(row["at"]) + CHINA))
    item = payload.get("item_title", "") + ("（本人有异议）" if payload.get("disputed") else "")
    item += "（复议、诉讼中）" if payload.get("contested") else ""
    cells = (row["record"], name, item, f"第 {row['revision']} 版", at)
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"


def record(title: str, store: Store, number: str) -> bytes | None:
    """一条: the page of one record by its number, masked; None when the platform does not hold it."""
    held = store.ask("SELECT * FROM held WHERE record = ? AND NOT gone", number)
    if not held:
        return None
    return page(title, f"<p>本平台持有这一条。</p>{_table(held)}")


def home(title: str, store: Store) -> bytes:
    """持有清单, the newest first; what was withdrawn is not in it."""
    held = store.ask("SELECT * FROM held WHERE NOT gone ORDER BY at DESC LIMIT ?", SHOWN)
    (count,) = store.ask("SELECT count(*) AS n, coalesce(sum(gone), 0) AS gone FROM held")
    says = (
        f"<p>本平台现在持有 <b>{count['n'] - count['gone']}</b> 条由道里区推送的信息，"
        f"另有 {count['gone']} 条已按要求撤下。下面是最近的 {len(held)} 条。</p>"
    )
    return page(title, says + (_table(held) if held else "<p>还没有收到任何信息。</p>"))


def _table(held: Found) -> str:
    head = "".join(f'<th scope="col">{word}</th>' for word in ("编号", "姓名", "事项", "版本", "收到时间"))
    rows = "".join(_line(row) for row in held)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def page(title: str, body: str) -> bytes:
    """一页 of this house."""
    return f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>
<link rel="stylesheet" href="/style.css"></head><body>
<p class="demo">演示平台：人物均为虚构，数据不作依据</p><main><h1>{escape(title)}</h1>
{body}</main></body></html>""".encode()
