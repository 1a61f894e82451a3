"""停用密钥: an old key's person rows go, once nothing needs them, and the database lets nobody write under it again."""

from django.db import connection, transaction

from daoli_credit import cipher, sealed
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from records import rotation
from records.models import RetiredKey, SubjectKey

BEGUN = register("keys.rotation-begun", "开始换用密钥")
ROTATED = register("keys.rotated", "换用密钥")
RETIRED = register("keys.retired", "停用密钥")
NOUN = "keyring"


class NotYet(Exception):
    """还不能停用这把密钥."""


def rotate(*, actor: Actor, tell: rotation.Tell, portion: int | None = None) -> rotation.Tally:
    """换用密钥, with an event at its begin and one at its end: a run that was killed has only the first."""
    current = cipher.ring().current
    older = sorted(set(cipher.ring().keys) - {current})
    events.record(act=BEGUN, noun=NOUN, object_id=current, actor=actor, opinion=f"密钥环里另有 {older}")
    tally = rotation.run(tell, portion)
    counts = "，".join(f"{name} {count}" for name, count in tally.moved.items() if count) or "没有要换的"
    events.record(
        act=ROTATED,
        noun=NOUN,
        object_id=current,
        actor=actor,
        opinion=f"换到第 {current} 号密钥：{counts}；{len(tally.faults)} 处没有换成"[:500],
        count=max(1, tally.total),
    )
    return tally


def retire(key_id: int, *, actor: Actor) -> int:
    """停用: deletes the person rows of the key. Returns how many went; 0 when it was retired before.

    Raises NotYet while any process may still write under it, or anything is still under it alone.
    """
    ring = cipher.ring()
    if key_id not in ring.retired:
        raise NotYet(f"先把 {key_id} 写进密钥环的 retired，重启全部进程，再停用")
    if RetiredKey.objects.filter(pk=key_id).exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        # whoever is just registering somebody under this key ends first; whoever comes later is refused
        cursor.execute("LOCK TABLE records_subjectkey IN SHARE ROW EXCLUSIVE MODE")
        if left := _left(key_id):
            raise NotYet("；".join(left))
        RetiredKey.objects.create(pk=key_id)
        gone, _ = SubjectKey.objects.filter(key_id=key_id).delete()
        events.record(act=RETIRED, noun=NOUN, object_id=key_id, actor=actor, count=max(1, gone))
    return gone


def _left(key_id: int) -> list[str]:
    found = {rotation.title(column): rotation.stale(column, only=key_id) for column in sealed.envelopes()}
    found |= {rotation.title(column): rotation.across(column, only=key_id) for column in sealed.person_keys()}
    found["信用主体·个人标识"] = rotation.keyless()
    return [f"{name}还有 {count} 件在用，先运行 rotate_keys" for name, count in found.items() if count]
