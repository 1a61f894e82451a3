"""No import goes round: whatever two rooms need of each other stands to the left of both."""

from collections.abc import Iterator, Mapping

from tests.house import sources


def _imports() -> dict[str, set[str]]:
    """Of every module of the product the modules that it imports, wherever in the file it says so."""
    paths = dict(sources.modules())
    found: dict[str, set[str]] = {}
    for name, path in paths.items():
        said = [target for target, _ in sources.imports(path)]
        nearest = (target if target in paths else target.rpartition(".")[0] for target in said)
        found[name] = {target for target in nearest if target in paths and target != name}
    return found


def circles(imports: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Each way that comes back to where it began, once: found from the module that was met first."""
    done: set[str] = set()
    for begin in imports:
        way: list[str] = []
        rest = [iter([begin])]
        while rest:
            here = next(rest[-1], None)
            if here is None:
                rest.pop()
                if way:
                    done.add(way.pop())
            elif here in way:
                yield [*way[way.index(here) :], here]
            elif here not in done:
                way.append(here)
                rest.append(iter(sorted(imports.get(here, ()))))


def test_no_import_goes_round() -> None:
    found = [" → ".join(one) for one in circles(_imports())]
    assert not found, "互相引用的：\n" + "\n".join(found)


def test_a_circle_is_found_and_a_fork_that_meets_again_is_none() -> None:
    assert list(circles({"a": {"b"}, "b": {"c"}, "c": {"a"}})) == [["a", "b", "c", "a"]]
    assert not list(circles({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}))
