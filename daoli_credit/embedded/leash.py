"""牵绳: become another user, ask the kernel for a signal when the parent dies, then become the program.

Run as a file by the system's Python, never imported: `leash.py PARENT SIGNAL UID GID PROGRAM ARGUMENT...`.
The request stands after the change of user, because changing user clears it, and it survives exec.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1

parent, death_signal, uid, gid = (int(word) for word in sys.argv[1:5])
program = sys.argv[5:]
if uid != os.getuid():
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    os.chdir("/")
if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
    sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
if os.getppid() != parent:
    sys.exit(0)  # the parent died before the request was made
os.execv(program[0], program)  # noqa: S606 - becoming the program is the point; no shell is wanted
