"""几条命令，一个进程: manage.py's commands one behind the other, so that Django is read in once for all of them.

`python -m daoli_credit.embedded.several '[["load_rulepack"], ["load_plan"]]'`; the first that fails ends it, in words.
"""

import json
import os
import sys

import django
from django.core.management import CommandError, call_command


def main(given: str) -> int:
    """0 when every command is content."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daoli_credit.settings")
    django.setup()
    for words in json.loads(given):
        try:
            call_command(*words)
        except CommandError as why:
            print(f"manage.py {' '.join(words)} 失败：{why}", file=sys.stderr)
            return why.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
