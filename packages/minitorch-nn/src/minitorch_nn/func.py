"""Functions of modules: calls with other parameters than their own.

Source: https://docs.pytorch.org/docs/stable/generated/torch.func.functional_call.html
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any

from minitorch_autograd import Tensor

from .core.module import Module

__all__ = ["functional_call"]


# What a module takes and returns is its own affair.
def functional_call(
    module: Module,
    parameter_and_buffer_dicts: MutableMapping[str, Tensor] | Sequence[MutableMapping[str, Tensor]],
    args: Any = None,  # noqa: ANN401
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:  # noqa: ANN401
    """Call a module with tensors in the place of its parameters and buffers.

    What it writes into a buffer's place is in the mapping afterwards; the module is as before.

    Args:
        module: which module.
        parameter_and_buffer_dicts: tensors by path, in one mapping or several.
        args: the arguments in a tuple, or the one argument.
        kwargs: the arguments by name.
        tie_weights: whether a tensor that has several paths is replaced at all of them.
        strict: whether every path must be there, and no other.

    Raises:
        ValueError: if a path is there twice, or tied tensors get different ones.
        RuntimeError: if paths are missing or unexpected and `strict`.
        TypeError: if what is given is no tensor, or its place holds none.
    """
    given = _one_mapping(parameter_and_buffer_dicts)
    arguments = () if args is None else args if isinstance(args, tuple) else (args,)
    with _replaced(module, given, tie_weights, strict):
        return module(*arguments, **(kwargs or {}))


def _one_mapping(
    given: MutableMapping[str, Tensor] | Sequence[MutableMapping[str, Tensor]],
) -> MutableMapping[str, Tensor]:
    if isinstance(given, MutableMapping):
        return given
    if not isinstance(given, Sequence):
        raise ValueError(
            "Expected parameter_and_buffer_dicts to be a dict, or a list/tuple of dicts, but got "
            f"{type(given)}"
        )
    if not all(isinstance(one, MutableMapping) for one in given):
        raise ValueError("Expected all elements of parameter_and_buffer_dicts to be dictionaries")
    names = [name for one in given for name in one]
    repeated = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if repeated:
        raise ValueError(
            f"{repeated} appeared in multiple dictionaries; behavior of functional call is "
            "ambiguous"
        )
    return {name: tensor for one in given for name, tensor in one.items()}


@contextmanager
def _replaced(
    module: Module, given: MutableMapping[str, Tensor], tie_weights: bool, strict: bool
) -> Iterator[None]:
    """Put tensors in their places, and what was there back at the end."""
    wanted = _tied(module, given) if tie_weights else dict(given)
    if strict:
        _check_paths(module, wanted)
    before: dict[str, object] = {}
    try:
        for path, tensor in wanted.items():
            before[path] = _swap(module, path, tensor)
        yield
    finally:
        # The last comes first: a module that has two paths was given its tensors twice.
        after = {path: _put(module, path, old) for path, old in reversed(before.items())}
        for path in given.keys() & after.keys():
            new = after[path]
            if isinstance(new, Tensor):
                given[path] = new


_nothing = object()  # in the place of an attribute that was not there


def _swap(module: Module, path: str, tensor: object) -> object:
    owner, _, name = path.rpartition(".")
    if not name:
        raise KeyError('tensor name can\'t be empty string ""')
    held = vars(module.get_submodule(owner)).get(name, _nothing)
    if not (held is None or held is _nothing or isinstance(held, Tensor)):
        raise TypeError(f"attribute `{name}`: {held} is not an instance of torch.Tensor")
    if not (tensor is None or isinstance(tensor, Tensor)):
        raise TypeError(f"{tensor} is not an instance of torch.Tensor")
    return _put(module, path, tensor)


def _put(module: Module, path: str, value: object) -> object:
    """Set an attribute past all checks, and return what it was."""
    owner, _, name = path.rpartition(".")
    own = vars(module.get_submodule(owner))
    if value is _nothing:
        return own.pop(name, _nothing)
    before = own.get(name, _nothing)
    own[name] = value
    return before


def _tied(module: Module, given: MutableMapping[str, Tensor]) -> dict[str, Tensor]:
    """Return what is given, and the same for all other paths of the tensors that it replaces."""
    paths: dict[int, list[str]] = {}
    for path, tensor in _all_tensors(module):
        paths.setdefault(id(tensor), []).append(path)
    wanted = dict(given)
    for together in paths.values():
        named = [path for path in together if path in given]
        if len({id(given[path]) for path in named}) > 1:
            raise ValueError(
                f"functional_call got multiple values for keys {sorted(together)}, which are "
                "tied. Consider using tie_weights=False"
            )
        for path in together if named else ():
            wanted[path] = given[named[0]]
    return wanted


def _all_tensors(module: Module) -> Iterator[tuple[str, Tensor]]:
    yield from module.named_parameters(remove_duplicate=False)
    yield from module.named_buffers(remove_duplicate=False)


def _check_paths(module: Module, given: dict[str, Tensor]) -> None:
    own = {path for path, _ in _all_tensors(module)}
    unexpected = [repr(path) for path in sorted(given.keys() - own)]
    missing = [repr(path) for path in sorted(own - given.keys())]
    lines = [f"Unexpected key(s): {', '.join(unexpected)}."] if unexpected else []
    lines += [f"Missing key(s): {', '.join(missing)}."] if missing else []
    if lines:
        raise RuntimeError(
            f"Error(s) in reparametrizing for {type(module).__name__}:\n\t" + "\n\t".join(lines)
        )
