"""收尾: what the supervisor sees of it all, and the evidence."""

import subprocess
import sys

from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.smoke.story import DOCUMENT
from daoli_credit.embedded.world import World

SUPERVISOR = "hezhiyuan"


def the_supervisor_sees_the_tasks(world: World) -> None:
    """Sixteen tasks, and no person anywhere."""
    supervisor = staff(world, SUPERVISOR)
    supervisor.open("/supervision/tasks/")
    supervisor.must_show("共 16 项任务", "二（一）1", "三（三）")
    supervisor.open("/supervision/")
    supervisor.must_show("16")
    supervisor.must_not_show("林*云", DOCUMENT)
    supervisor.open("/desk/records/", expect=403)


def the_evidence_holds(world: World) -> None:
    """Seal what was done and verify all of it from the outside."""
    for act in ("seal", "verify"):
        command = [sys.executable, "manage.py", "audit", act]
        done = subprocess.run(command, cwd=CLONE, env=world.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"audit {act} 未通过：{done.stdout}{done.stderr}")


STATIONS = [
    ("督导看到 16 项任务，看不到任何人", the_supervisor_sees_the_tasks),
    ("存证封存并核对", the_evidence_holds),
]
