"""Programs about hooks of all modules, as `programs.py` has them about modules."""

from __future__ import annotations

from typing import Any

from tests.cases.case import quietly
from tests.cases.nn.logs import Log, tried


def global_hooks(t: Any) -> Log:
    hooks = t.nn.modules.module
    log: Log = []
    inner = t.nn.Tanh()
    model = t.nn.Sequential(inner, t.nn.Identity())

    def name(module: Any) -> str:
        return type(module).__name__

    inner.register_forward_pre_hook(lambda m, x: log.append("own before"))
    inner.register_forward_hook(lambda m, x, y: log.append("own after"))
    inner.register_full_backward_hook(lambda m, g, h: log.append("own backward"))
    handles = [
        hooks.register_module_forward_pre_hook(lambda m, x: log.append(f"before {name(m)}")),
        hooks.register_module_forward_pre_hook(lambda m, x: (x[0] * 2,)),
        hooks.register_module_forward_hook(lambda m, x, y: log.append(f"after {name(m)}")),
        hooks.register_module_forward_hook(lambda m, x, k, y: y + len(k), with_kwargs=True),
        hooks.register_module_full_backward_pre_hook(lambda m, g: log.append(f"pre {name(m)}")),
        hooks.register_module_full_backward_hook(
            lambda m, g, h: log.append(f"backward {name(m)} {g[0].tolist()} {h[0].tolist()}")
        ),
    ]
    x = t.zeros(1, requires_grad=True)
    y = model(x)
    y.sum().backward()
    log += [str(y.tolist()), str(x.grad.tolist())]
    handles[1].remove()
    log.append(str(model(x + 1).tolist() == inner(x + 1).tolist()))
    for handle in handles:
        handle.remove()
    log.append("removed")
    model(x)
    inner.register_buffer("count", t.zeros(1))
    with hooks.register_module_forward_hook(lambda m, x, y: y * 0):
        log.append(str(model(x + 1).tolist()))
    return [*log, str(t.nn.Identity()(x + 1).tolist())]


@quietly
def hooks_of_failures(t: Any) -> Log:
    hooks = t.nn.modules.module
    log: Log = []

    class Failing(t.nn.Module):  # type: ignore[misc]  # either module's
        def forward(self, x: Any) -> Any:
            raise ValueError("no")

    def bad(m: Any, x: Any, y: Any) -> Any:
        raise ValueError(f"bad {y is None}")

    always = lambda m, x, y: log.append(f"always {y is None}")  # noqa: E731  (one line)
    with hooks.register_module_forward_hook(always, always_call=True):
        log.append(tried(lambda: Failing()(t.ones(1))))
        fine = t.nn.Identity()
        fine.register_forward_hook(bad)
        fine.register_forward_hook(always, always_call=True)
        log.append(tried(lambda: fine(t.ones(1))))
    with hooks.register_module_forward_hook(bad, always_call=True):
        log.append(tried(lambda: Failing()(t.ones(1))))
        log.append(tried(lambda: t.nn.Identity()(t.ones(1))))
    return log


def registration_hooks(t: Any) -> Log:
    hooks = t.nn.modules.module
    log: Log = []

    def told(kind: str) -> Any:
        def hook(module: Any, name: str, value: Any) -> None:
            # What is assigned as a buffer is of a class of its own here.
            given = value is None if kind == "buffer" else type(value).__name__
            log.append(f"{kind} {type(module).__name__}.{name} {given}")

        return hook

    handles = [
        hooks.register_module_parameter_registration_hook(told("parameter")),
        hooks.register_module_buffer_registration_hook(told("buffer")),
        hooks.register_module_module_registration_hook(told("module")),
        hooks.register_module_buffer_registration_hook(lambda m, n, x: x if x is None else x + 1),
    ]
    model = t.nn.Module()
    model.linear = t.nn.Linear(1, 1)
    model.register_parameter("absent", None)
    model.register_parameter("absent", t.nn.Parameter(t.ones(1)))
    model.register_parameter("absent", t.nn.Parameter(t.zeros(2)))
    model.register_buffer("kept", t.ones(1))
    model.register_buffer("kept", None)
    model.kept = t.ones(1)
    model.other = t.nn.Buffer(t.ones(1))
    model.add_module("linear", None)
    model.add_module("linear", t.nn.Identity())
    model.linear = t.nn.Tanh()
    model.number = 1
    log.append(str({k: v.tolist() for k, v in model.state_dict().items()}))
    for handle in handles:
        handle.remove()
    model.kept = t.ones(1)
    return [*log, str(model.kept.tolist()), repr(model)]


PROGRAMS = [
    global_hooks,
    hooks_of_failures,
    registration_hooks,
]
