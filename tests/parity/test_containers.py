"""Lists and dictionaries of modules and parameters do what torch's do, or refuse as they do."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
import torch

import minitorch

LISTS = {
    "ModuleList": "nn.ModuleList([nn.Linear(1, n) for n in (1, 2, 3)])",
    "Sequential": "nn.Sequential(*[nn.Linear(1, n) for n in (1, 2, 3)])",
    "ParameterList": "nn.ParameterList([nn.Parameter(t.ones(n)) for n in (1, 2, 3)])",
}
DICTS = {
    "ModuleDict": "nn.ModuleDict({k: nn.Linear(1, n + 1) for n, k in enumerate('abc')})",
    "ParameterDict": "nn.ParameterDict({k: nn.Parameter(t.ones(1)) for k in 'abc'})",
}
ONE = {
    "ModuleList": "nn.Tanh()",
    "Sequential": "nn.Tanh()",
    "ModuleDict": "nn.Tanh()",
    "ParameterList": "nn.Parameter(t.zeros(4))",
    "ParameterDict": "nn.Parameter(t.zeros(4))",
}
INDICES = ("0", "-1", "2", "3", "-4", "1:", "::2", "-2:", "'0'", "None", "1.0", "True")
OF_LISTS = [
    *(f"c[{i}]" for i in INDICES),
    *(f"c[{i}] = one" for i in ("0", "-1", "3", "-4", "'a'")),
    *(f"c[{i}] = 3" for i in ("0", "-1")),
    *(f"del c[{i}]" for i in ("0", "-1", "1:", "::2", "3", "'0'")),
    *("c.append(one)", "c.extend([one, one])", "c.extend(one)"),
    *("c.extend(3)", "c += [one]", "c + [one]", "c + c", "c * 2", "c *= 2", "c * -1"),
    *(
        "c.insert(0, one)",
        "c.insert(2, one)",
        "c.insert(9, one)",
        "c.pop(0)",
        "c.pop(-1)",
        "c.pop(1)",
        "c.pop(7)",
        "c.pop(slice(2))",
    ),
    *("r(len(c))", "r(list(c))", "r(c[0] in c)", "r(one in c)", "r(bool(c))"),
    *("r(list(reversed(c)))", "r([k for k, _ in c.named_children()])", "r(c == c)"),
]
OF_DICTS = [
    *("c['a']", "c['z']", "c['a'] = one", "c['z'] = one", "del c['a']", "del c['z']"),
    *("c.pop('b')", "c.pop('z')", "c.clear()", "c.update({'a': one, 'z': one})", "c.update(c)"),
    *("c.update([('z', one), ('y', one)])", "c.update(3)", "c.update([3])", "c.update([('a',)])"),
    *("r(len(c))", "r(list(c))", "r(list(c.keys()))", "r(list(c.values()))", "r(list(c.items()))"),
    *("r('a' in c)", "r('z' in c)", "r(0 in c)", "r(bool(c))"),
]
# What torch's dictionary of parameters takes, and then can't show.
OF_MODULES = [
    *(f"c[{k}]" for k in ("0", "None")),
    *(f"c[{k}] = one" for k in ("0", "''", "'a.b'", "'training'", "'forward'")),
    *("c['a'] = 3", "del c[0]", "c('a')"),
]
OF_PARAMETERS = [
    *("c.popitem()", "c.get('a')", "c.get('z')", "c.get('z', 3)", "c.setdefault('a', one)"),
    *("c.setdefault('z', one)", "c.copy()", "c | c", "c | {'z': one, 'y': one}"),
    *("c | nn.ParameterDict({'z': one, 'y': one})", "c | {'z': one}"),
    *(
        "c |= c",
        "c | {}",
        "r(list(reversed(c)))",
        "c.fromkeys(['x', 'y'], one)",
        "c['z'] = t.ones(2)",
    ),
]
ROWS = [
    *((name, line) for name in LISTS for line in OF_LISTS),
    *((name, line) for name in DICTS for line in OF_DICTS),
    *(("ModuleDict", line) for line in OF_MODULES),
    *(("ParameterDict", line) for line in OF_PARAMETERS),
]
REFUSED = (IndexError, KeyError, TypeError, ValueError, RuntimeError, NotImplementedError)


def shown(value: object) -> object:
    """Return what can be compared of a result."""
    if isinstance(value, (torch.nn.Module, minitorch.nn.Module)):
        return repr(value).replace("minitorch", "torch"), list(value.state_dict())
    if isinstance(value, (torch.Tensor, minitorch.Tensor)):
        return value.tolist(), type(value).__name__
    if isinstance(value, (list, tuple)):
        return [shown(one) for one in value]
    return value


def outcome(module: Any, name: str, line: str) -> object:
    """Return what a line gives and leaves behind, or the error."""
    names: dict[str, Any] = {"nn": module.nn, "t": module, "r": lambda x: x}
    names["c"] = eval((LISTS | DICTS)[name], names)
    names["one"] = eval(ONE[name], names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(f"found = {line}" if "=" not in line and "del" not in line else line, names)
        except AttributeError:
            return TypeError, shown(names["c"])  # of what is no index
        except REFUSED as error:
            return type(error), shown(names["c"])
    return shown(names.get("found")), shown(names["c"])


@pytest.mark.parametrize(("name", "line"), ROWS)
def test_container(name: str, line: str) -> None:
    assert outcome(minitorch, name, line) == outcome(torch, name, line)
