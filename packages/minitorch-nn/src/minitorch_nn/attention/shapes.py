"""What attention of several heads refuses."""

from __future__ import annotations

from minitorch_autograd import Tensor


def is_batched(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    padding: Tensor | None,
    mask: Tensor | None,
    heads: int,
) -> bool:
    """Return whether there is a batch dimension, of inputs and masks that agree about it."""
    ndim = len(query.shape)
    if ndim not in (2, 3):
        raise AssertionError(
            f"query should be unbatched 2D or batched 3D tensor but received {ndim}-D query tensor"
        )
    what = "For batched (3-D) `query`" if ndim == 3 else "For unbatched (2-D) `query`"
    if len(key.shape) != ndim or len(value.shape) != ndim:
        raise AssertionError(
            f"{what}, expected `key` and `value` to be {ndim}-D but found "
            f"{len(key.shape)}-D and {len(value.shape)}-D tensors respectively"
        )
    if padding is not None and len(padding.shape) != ndim - 1:
        raise AssertionError(
            f"{what}, expected `key_padding_mask` to be `None` or {ndim - 1}-D but "
            f"found {len(padding.shape)}-D tensor instead"
        )
    if mask is not None and len(mask.shape) not in (2, 3):
        raise AssertionError(
            f"{what}, expected `attn_mask` to be `None`, 2-D or 3-D but found "
            f"{len(mask.shape)}-D tensor instead"
        )
    wanted = (heads, query.shape[0], key.shape[0])
    if mask is not None and ndim == 2 and len(mask.shape) == 3 and mask.shape != wanted:
        raise AssertionError(f"Expected `attn_mask` shape to be {wanted} but got {mask.shape}")
    return ndim == 3


def check_width(query: Tensor, wanted: int, heads: int) -> None:
    """Raise AssertionError unless queries have the wanted features, the same for each head."""
    width = query.shape[2]
    if width != wanted:
        raise AssertionError(f"was expecting embedding dimension of {wanted}, but got {width}")
    if width % heads:
        raise AssertionError(f"embed_dim {width} not divisible by num_heads {heads}")


def check_mask(mask: Tensor, scores: tuple[int, int], heads: int) -> None:
    """Raise RuntimeError unless a mask is for `scores`, or for those of all the heads."""
    wanted: tuple[int, ...] = scores if len(mask.shape) == 2 else (heads, *scores)
    if mask.shape != wanted:
        raise RuntimeError(
            f"The shape of the {len(mask.shape)}D attn_mask is torch.Size({list(mask.shape)}), but "
            f"should be {wanted}."
        )


def check_padding(padding: Tensor, batch: int, keys: int) -> None:
    """Raise AssertionError unless a mask is for so many keys of so many examples."""
    for dim, wanted in enumerate((batch, keys)):
        if padding.shape[dim] != wanted:
            raise AssertionError(
                f"Expected key_padded_mask.shape[{dim}] to be {wanted}, but got "
                f"{padding.shape[dim]}"
            )


def check_static(name: str, static: Tensor, heads: int, features: int) -> None:
    """Raise AssertionError unless given keys or values are for all the heads."""
    for dim, wanted in ((0, heads), (2, features)):
        if static.shape[dim] != wanted:
            raise AssertionError(
                f"expecting {name}.size({dim}) of {wanted}, but got {static.shape[dim]}"
            )


def check_projection(name: str, x: Tensor, weight: Tensor, bias: Tensor | None, width: int) -> None:
    """Raise AssertionError unless a projection takes x to features of the wanted width."""
    wanted = (width, x.shape[-1])
    if weight.shape != wanted:
        raise AssertionError(f"expecting {name} weights shape of {wanted}, but got {weight.shape}")
    if bias is not None and bias.shape != (width,):
        raise AssertionError(f"expecting {name} bias shape of {(width,)}, but got {bias.shape}")
