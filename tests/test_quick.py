"""What `hatch run quick` chooses: all of what changed, and one of each kind."""

from __future__ import annotations

from pathlib import Path

from tests.quick import chosen, names_in


def test_one_of_each_kind_is_run() -> None:
    tests = [(Path("test_a.py"), name) for name in ("test_x[1]", "test_x[2]", "test_y")]
    assert chosen(tests, [], set()) == [True, False, True]


def test_all_of_a_changed_file_of_tests_is_run() -> None:
    file = Path("test_a.py")
    assert chosen([(file, "test_x[1]"), (file, "test_x[2]")], [file], set()) == [True, True]


def test_of_a_changed_module_its_tests_and_its_names_are_run() -> None:
    tests = [
        (Path("test_engine.py"), "test_x[1]"),
        (Path("test_engine.py"), "test_x[2]"),
        *(
            (Path("test_law.py"), f"test_y[{case}]")
            for case in ("log 1", "exp 1", "exp 2", "expm1")
        ),
    ]
    assert chosen(tests, [Path("engine.py")], {"exp"}) == [True, True, True, True, False, False]


def test_the_names_of_a_module_are_those_for_others(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("def exp(): ...\ndef _help(): ...\nclass Node: ...\nLIMIT = 3\n")
    assert names_in(module) == {"exp", "Node"}
