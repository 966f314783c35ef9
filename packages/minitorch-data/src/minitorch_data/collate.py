"""Collating samples into a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, overload

from minitorch_autograd import Tensor, float64, stack, tensor

if TYPE_CHECKING:
    from typing import TypeAlias

    Collatable: TypeAlias = "Tensor | float | str | Sequence[Collatable] | Mapping[str, Collatable]"
    Batch: TypeAlias = "Tensor | str | Sequence[Batch] | Mapping[str, Batch]"

Kind = TypeVar("Kind")


@overload
def default_collate(batch: Sequence[Tensor | float]) -> Tensor: ...
@overload
def default_collate(batch: Sequence[tuple[Tensor | float, ...]]) -> list[Tensor]: ...
@overload
def default_collate(batch: Sequence[Collatable]) -> Batch: ...
def default_collate(batch: Sequence[Collatable]) -> Batch:
    """Make a batch of samples, by the kind of the first.

    Tensors are stacked, numbers become a tensor (int64 of ints, float64 of floats, as in torch),
    strings stay a list. Samples with parts give a batch with the same parts: tuples and lists
    become a list with one batch for each place, mappings a dict with one for each key.

    Args:
        batch: at least one sample; all of one kind

    Raises:
        RuntimeError: if tensors differ in shape, or tuples in length.
        TypeError: if samples differ in kind, or are of no kind named above.

    >>> default_collate([(1, 0.5), (2, 0.25)])
    [tensor([1, 2]), tensor([0.5000, 0.2500], dtype=torch.float64)]
    """
    first = batch[0]
    if isinstance(first, Tensor):
        return stack(_alike(batch, Tensor))
    if isinstance(first, int | float):
        dtype = float64 if isinstance(first, float) else None
        return tensor(_alike(batch, (int, float)), dtype=dtype)
    if isinstance(first, str):
        return _alike(batch, str)
    if isinstance(first, Mapping):
        samples = _alike(batch, Mapping)
        return {key: default_collate([sample[key] for sample in samples]) for key in first}
    if isinstance(first, Sequence):
        return [default_collate(part) for part in _parts(_alike(batch, Sequence))]
    raise TypeError(
        "default_collate: batch must contain tensors, numbers, strings, dicts or lists; "
        f"found {type(first)}; for other samples give the loader a collate_fn"
    )


def _alike(batch: Sequence[object], kind: type[Kind] | tuple[type[Kind], ...]) -> list[Kind]:
    """Return the batch; raise TypeError if a sample is not of the kind of the first."""
    alike = [sample for sample in batch if isinstance(sample, kind)]
    if len(alike) < len(batch):
        odd = next(i for i, sample in enumerate(batch) if not isinstance(sample, kind))
        raise TypeError(
            "default_collate: the samples of a batch must be of one kind: "
            f"sample 0 is a {type(batch[0]).__name__}, sample {odd} a {type(batch[odd]).__name__}"
        )
    return alike


def _parts(batch: list[Sequence[Collatable]]) -> list[list[Collatable]]:
    """Transpose: from samples with parts to one list of samples for each part."""
    if len({len(sample) for sample in batch}) > 1:
        raise RuntimeError(
            "default_collate: each element in list of batch should be of equal size: "
            f"their lengths are {[len(sample) for sample in batch]}"
        )
    return [list(part) for part in zip(*batch, strict=True)]
