"""What a module shows that only collects: all that its lines `from ... import *` bring.

Each file says in its own `__all__` what of it is public, and type checkers follow `import *` by
themselves; an `__all__` that is put together of others they would not read.
"""

from __future__ import annotations

from types import FunctionType, ModuleType

from .argument_types import check_calls


def publish(
    namespace: dict[str, object], *modules: str, check: bool = False, home: bool = False
) -> None:
    """Set `__all__` to the public names of a module.

    Args:
        namespace: the module's, `globals()`.
        modules: its submodules that are public, too.
        check: whether its functions and constructors are to say which argument has a wrong type.
        home: whether a pickle of one of its functions is to name this module.
    """
    names = [
        name
        for name, value in namespace.items()
        if not (name.startswith("_") or isinstance(value, ModuleType))
    ]
    namespace["__all__"] = [*names, *modules]
    if check:
        check_calls(namespace, names)
    for value in (namespace[name] for name in names) if home else ():
        if isinstance(value, FunctionType):
            value.__module__ = str(namespace["__name__"])
