"""`vmap`: from a function of one example to the function of a whole batch."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from minitorch_tensor import default_generator

from ..engine.value import Tensor
from ..ops.core.creation import zeros
from ..ops.shapes.joining import stack
from ..ops.shapes.splitting import select
from .trees import Tree, form, leaves, refill, spread

if TYPE_CHECKING:
    Function: TypeAlias = Callable[..., Tree]
    Dims: TypeAlias = int | Sequence["Dims"] | dict[str, "Dims"] | None


def vmap(
    func: Function,
    in_dims: Dims = 0,
    out_dims: Dims = 0,
    randomness: str = "error",
    *,
    chunk_size: int | None = None,
) -> Function:
    """Return the function that maps `func` over a dimension of its arguments.

    `func` is called once for each example, and what it returns is stacked: the result is torch's,
    but it is no faster than a loop. So `func` may do what torch's `vmap` refuses, such as `item`
    and branches on values.

    Args:
        func: a function of one example; its arguments may be nests of tensors.
        in_dims: which dimension is mapped over: one for all, or a tuple with one for each
            positional argument, or for each leaf of its nest; None for arguments that every example
            gets as they are, as it gets keyword arguments.
        out_dims: where the dimension is in each output; None for outputs that are the same for all.
        randomness: what the default generator gives: "different" numbers to each example, the
            "same" to all, or "error" if it is used.
        chunk_size: how many examples are computed at once, in torch; here it is always one.

    Raises:
        ValueError: if the sizes differ, a dimension is out of range, or `in_dims` or `out_dims`
            don't fit.
        RuntimeError: if `func` draws from the default generator, and `randomness` is "error";
            if `randomness` is unknown.

    >>> func.vmap(dot)(tensor([[1.0, 2.0], [3.0, 4.0]]), tensor([[1.0, 1.0], [0.0, 2.0]]))
    tensor([3., 8.])
    """
    refuse_randomness(randomness)
    if chunk_size is not None and chunk_size <= 0:
        raise ValueError(f"vmap: chunk_size should be None or greater than 0. (got {chunk_size})")
    name = getattr(func, "__name__", repr(func))

    @functools.wraps(func)
    def mapped(*args: Tree, **kwargs: Tree) -> Tree:
        where = f"vmap({name}, in_dims={in_dims}, ...)(<inputs>)"
        dims = _in_dims(where, in_dims, args)
        values = leaves(args)
        number = _batch_size(where, dims, values)

        def example(index: int | None) -> Tree:
            chosen = [
                x if dim is None else _example_of(x, dim, index)
                for x, dim in zip(values, dims, strict=True)
            ]
            return func(*refill(args, chosen), **kwargs)

        # An empty batch: the form of the result is found by one example of zeros.
        results = _run_examples(example, range(number) if number else [None], randomness)
        return _stacked(name, results, out_dims, number)

    return mapped


def refuse_randomness(randomness: str) -> None:
    """Raise if `randomness` is none of the options that `vmap` has."""
    if randomness not in ("error", "different", "same"):
        raise RuntimeError(
            "Only allowed values for randomness are 'error', 'different', or 'same'. Got "
            f"{randomness}"
        )


def _in_dims(where: str, in_dims: Dims, args: tuple[Tree, ...]) -> list[int | None]:
    """Return the dimension to map over for each leaf of the arguments, not negative."""
    if not isinstance(in_dims, int | tuple):
        raise ValueError(
            f"{where}: expected `in_dims` to be int or a (potentially nested) tuple matching the "
            f"structure of inputs, got: {type(in_dims).__name__}."
        )
    if not args:
        raise ValueError(
            f"{where}: got no inputs. Maybe you forgot to add inputs, or you are trying to vmap "
            "over a function with no inputs. The latter is unsupported."
        )
    dims = spread(in_dims, args)
    if dims is None:
        raise ValueError(
            f"{where}: in_dims is not compatible with the structure of `inputs`. in_dims has "
            f"structure {form(in_dims)} but inputs has structure {form(args)}."
        )
    return [_in_dim(where, dim, x) for dim, x in zip(dims, leaves(args), strict=True)]


def _in_dim(where: str, dim: Tree, x: Tree) -> int | None:
    """Return the dimension to map over in `x`, from the left; None if it is not mapped over."""
    if dim is None:
        return None
    if not isinstance(dim, int):
        raise ValueError(
            f"{where}: Got in_dim={dim} for an input but in_dim must be either an integer "
            "dimension or None."
        )
    if not isinstance(x, Tensor):
        raise ValueError(
            f"{where}: Got in_dim={dim} for an input but the input is of type {type(x).__name__}. "
            "We cannot vmap over non-Tensor arguments, please use None as the respective in_dim"
        )
    n = len(x.shape)
    if not -n <= dim < n:
        raise ValueError(
            f"{where}: Got in_dim={dim} for some input, but that input is a Tensor of "
            f"dimensionality {n} so expected in_dim to satisfy -{n} <= in_dim < {n}."
        )
    return dim % n


def _batch_size(where: str, dims: list[int | None], values: list[Tree]) -> int:
    """Return the size of the dimension that is mapped over, which all arguments share."""
    sizes = [x.shape[dim] for x, dim in zip(values, dims, strict=True) if dim is not None]
    if not sizes:
        raise ValueError(f"{where}: Expected at least one Tensor to vmap over")
    if len(set(sizes)) > 1:
        raise ValueError(
            f"{where}: Expected all tensors to have the same size in the mapped dimension, got "
            f"sizes {sizes} for the mapped dimension"
        )
    return int(sizes[0])


def _example_of(x: Tensor, dim: int, index: int | None) -> Tensor:
    """Return the example of that index; if it is None, zeros of the shape of an example."""
    if index is None:
        return zeros(*x.shape[:dim], *x.shape[dim + 1 :], dtype=x.dtype)
    return select(x, dim, index)


def _run_examples(
    example: Callable[[int | None], Tree], indices: Sequence[int | None] | range, randomness: str
) -> list[Tree]:
    """Return the results of all examples, with the random numbers that `randomness` says."""
    start = default_generator.get_state()
    results = []
    for index in indices:
        if randomness == "same":
            default_generator.set_state(start)
        results.append(example(index))
    unmoved = (default_generator.get_state() == start).amin((0,)).item()
    if randomness == "error" and not unmoved:
        raise RuntimeError(
            "vmap: called random operation while in randomness error mode. Please either use "
            "the 'same' or 'different' randomness flags on vmap or perform the randomness "
            "operation out of vmap"
        )
    return results


def _stacked(name: str, results: list[Tree], out_dims: Dims, number: int) -> Tree:
    """Return the results stacked, in each tensor along the dimension that `out_dims` says."""
    pattern = results[0]
    for y in leaves(pattern):
        if not isinstance(y, Tensor):
            raise ValueError(
                f"vmap({name}, ...): `{name}` must only return Tensors, got type "
                f"{type(y).__name__}."
            )
    dims = spread(out_dims, pattern)
    if dims is None and isinstance(out_dims, tuple) and len(out_dims) == len(leaves(pattern)) == 1:
        dims = list(out_dims)  # one output may stand for a tuple of one
    where = f"vmap({name}, ..., out_dims={out_dims})"
    if dims is None:
        raise ValueError(
            f"{where}(<inputs>): out_dims is not compatible with the structure of `outputs`. "
            f"out_dims has structure {form(out_dims)} but outputs has structure {form(pattern)}."
        )
    columns = list(zip(*map(leaves, results), strict=True))
    joined = []
    for dim, column in zip(dims, columns, strict=True):
        if dim is None:
            joined.append(_same_for_all(name, column))
        elif isinstance(dim, int):
            batch = stack(list(column), dim)
            joined.append(batch if number else _emptied(batch, dim))
        else:
            raise ValueError(
                f"{where}: `out_dims` must be an int, None or a python collection of ints "
                "representing where in the outputs the vmapped dimension should appear."
            )
    return refill(pattern, joined)


def _same_for_all(name: str, column: Sequence[Tensor]) -> Tensor:
    """Return the output for `out_dims` None, which has to be the same for all examples."""
    first = column[0]
    for y in column[1:]:
        # Without batched tensors, only the values tell what depends on the example.
        if y is not first and (y.shape != first.shape or y.tolist() != first.tolist()):
            raise ValueError(
                f"vmap({name}, ...): `{name}` can not return a BatchedTensor when out_dim is None: "
                "it returned different values for different examples"
            )
    return first


def _emptied(batch: Tensor, dim: int) -> Tensor:
    """Return `batch` without examples."""
    return batch.narrow(dim % len(batch.shape), 0, 0)
