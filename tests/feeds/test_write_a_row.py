"""行的写法: what goes over the wire is the JSON of its parts, whichever way it was put together."""

import json

from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.feeds.adapters import Row
from daoli_credit.feeds.adapters.lines import line
from records.models.revision import Kind

ROWS = st.builds(
    Row,
    key=st.uuids().map(lambda one: one.hex),
    record=st.text(max_size=24),
    revision=st.integers(1, 10**6),
    kind=st.sampled_from(Kind),
    digest=st.binary(min_size=32, max_size=32).map(bytes.hex),
    payload=st.dictionaries(st.text(max_size=5), st.text(max_size=5)).map(
        lambda content: json.dumps(content, ensure_ascii=True).encode()
    ),
)


@given(row=ROWS)
def test_a_row_is_the_json_of_its_parts_in_the_order_of_their_names(row: Row) -> None:
    head = {"hash": row.digest, "key": row.key, "kind": row.kind, "record": row.record, "revision": row.revision}
    plain = json.dumps(head, sort_keys=True, separators=(",", ":")).encode()
    assert line(row) == plain[:-1] + b',"payload":' + row.payload + b"}"
    assert json.loads(line(row)) == {**head, "payload": json.loads(row.payload)}
