"""存证: the audit administrator finds an act, proves it without us, takes a list out and has all of it verified."""

import subprocess
import sys
import tempfile
from pathlib import Path

import requests

from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.people import person, staff
from daoli_credit.embedded.smoke.platforms import until
from daoli_credit.embedded.smoke.story import CITIZEN, left
from daoli_credit.embedded.world import World

AUDITOR, SUPERVISOR, CLERK = "qinfeng", "hezhiyuan", "zhaomin"
FOUND = "/desk/evidence/?act=record.approved&department=market-regulation"
CHECK = CLONE / "daoli_credit" / "audit" / "check_proof.py"


def _post(desk: Browser, address: str, **fields: str) -> requests.Response:
    body = {"csrfmiddlewaretoken": desk.session.cookies["csrftoken"], **fields}
    there = desk.url.split("/desk/")[0] + address
    answer = desk.session.post(there, data=body, headers={"Referer": desk.url}, timeout=60)
    if answer.status_code != 200:
        raise AssertionError(f"{address} 回答 {answer.status_code}：{answer.text[:300]}")
    return answer


def the_auditor_finds_an_act_and_no_person(world: World) -> None:
    """Filters by department and act; names of officials, never of the people they wrote about; no record opens."""
    auditor = staff(world, AUDITOR)
    auditor.open(FOUND)
    auditor.must_show("复核通过", "孙建国", "由“待复核”到“已生效”")
    auditor.must_not_show(person(world, CITIZEN)["display_name"], "林*云")
    number = left("record").rstrip("/").rsplit("/", 1)[-1]
    auditor.open(f"/desk/evidence/looks/?kind=look&case_number={number}")
    auditor.must_show("对照决定书核对当事人", "完整姓名和证件号码")
    auditor.must_not_show(person(world, CITIZEN)["display_name"], "林*云")
    auditor.open("/desk/records/", expect=403)
    for other in (SUPERVISOR, CLERK):
        staff(world, other).open("/desk/evidence/", expect=403)


def a_proof_is_checked_without_us(world: World) -> None:
    """The downloaded proof and the roots outside the database, read by the stand-alone program and nothing else."""
    sealing = [sys.executable, "manage.py", "audit", "seal"]
    subprocess.run(sealing, cwd=CLONE, env=world.environment, capture_output=True, check=True)
    auditor = staff(world, AUDITOR)
    auditor.open(FOUND)
    number = next(link.caption for link in auditor.page.links if link.caption.isdecimal())
    auditor.open(f"/desk/evidence/{number}/")
    auditor.must_show("已封存", "check_proof.py")
    proof = _post(auditor, f"/desk/evidence/{number}/proof/").content
    roots = Path(world.environment["DAOLI_EVIDENCE_DIR"]) / "roots.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        for kept, ends in ((proof, 0), (proof.replace(b"record.approved", b"record.returned"), 1)):
            file = Path(folder) / "proof.json"
            file.write_bytes(kept)
            told = subprocess.run(
                [sys.executable, "-I", str(CHECK), str(file), str(roots)], capture_output=True, text=True, check=False
            )
            if told.returncode != ends:
                raise AssertionError(f"独立核对程序应以 {ends} 结束：{told.stdout}{told.stderr}")


def a_list_is_taken_out_and_that_is_evidence_too(world: World) -> None:
    """CSV with who took it in its first line; the taking stands among the events."""
    auditor = staff(world, AUDITOR)
    auditor.open(FOUND)
    text = _post(auditor, "/desk/evidence/export/", act="record.approved").content.decode("utf-8-sig")
    if "导出人：秦峰" not in text.splitlines()[0] or "复核通过" not in text:
        raise AssertionError(f"导出的清单不对：{text[:300]}")
    auditor.open("/desk/evidence/?act=evidence.exported")
    auditor.must_show("导出存证清单", "行为：复核通过")


def all_of_it_is_verified_by_a_worker(world: World) -> None:
    """One press; the worker answers on the page."""
    auditor = staff(world, AUDITOR)
    auditor.open("/desk/evidence/seals/")
    if "现在核验" in auditor.page.text:
        auditor.submit("现在核验")

    def ended() -> bool:
        auditor.open("/desk/evidence/seals/")
        return "现在核验" in auditor.page.text and "全部相符" in auditor.page.text

    until("核验有了结果", ended)


STATIONS = [
    ("审计管理员查得到谁办了什么，看不到任何当事人", the_auditor_finds_an_act_and_no_person),
    ("下载一条证明，独立程序核对通过；改一个字就不通过", a_proof_is_checked_without_us),
    ("导出清单有水印，导出本身也留痕", a_list_is_taken_out_and_that_is_evidence_too),
    ("按一下，后台核验全部存证，全部相符", all_of_it_is_verified_by_a_worker),
]
