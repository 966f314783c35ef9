"""Other ways to see the same elements; parts along a dimension; joining; memory."""

from __future__ import annotations

from tests.cases.case import Case, case, truth, whole

SHAPING: list[Case] = [
    case("Tensor.view_as", lambda t, x: x.view_as(t.zeros(3, 2)), (2, 3)),
    case("Tensor.reshape_as", lambda t, x: x.t().reshape_as(t.zeros(6)), (2, 3)),
    case("Tensor.expand_as", lambda t, x: x.expand_as(t.zeros(2, 3)), (2, 1)),
    case("broadcast_to", lambda t, x: t.broadcast_to(x, (2, 2, 3)), (2, 1)),
    case("Tensor.broadcast_to", lambda t, x: x.broadcast_to((2, -1)), (3,)),
    case("broadcast_tensors", lambda t, x, y: tuple(t.broadcast_tensors(x, y)), (2, 1), (3,)),
    case("broadcast_shapes", lambda t: t.zeros(t.broadcast_shapes((2, 1), 3, (4, 1, 1)))),
    case("flatten", lambda t, x: t.flatten(x), (2, 3)),
    case("flatten", lambda t, x: t.flatten(x, 1), (2, 1, 3)),
    case("Tensor.flatten", lambda t, x: x.flatten(0, 1), (2, 1, 3)),
    case("Tensor.flatten", lambda t, x: x.flatten(start_dim=-2), (2, 2, 3)),
    case("flatten", lambda t, x: t.flatten(x), ()),
    case("flatten", lambda t, x: t.flatten(x, 1), (0, 2, 3)),
    case("unflatten", lambda t, x: t.unflatten(x, 0, (2, -1)), (6,)),
    case("Tensor.unflatten", lambda t, x: x.unflatten(-1, (2, 2)), (3, 4)),
    case("ravel", lambda t, x: t.ravel(x.t()), (2, 3)),
    case("Tensor.ravel", lambda t, x: x.ravel(), ()),
    case("swapaxes", lambda t, x: t.swapaxes(x, 0, -1), (2, 3)),
    case("Tensor.swapaxes", lambda t, x: x.swapaxes(0, 1), (2, 3)),
    case("swapdims", lambda t, x: t.swapdims(x, 0, 1), (2, 3)),
    case("Tensor.swapdims", lambda t, x: x.swapdims(0, 2), (2, 1, 3)),
    case("movedim", lambda t, x: t.movedim(x, 0, -1), (2, 1, 3)),
    case("Tensor.movedim", lambda t, x: x.movedim((0, 1), (2, 0)), (2, 1, 3)),
    case("moveaxis", lambda t, x: t.moveaxis(x, 2, 0), (2, 1, 3)),
    case("Tensor.moveaxis", lambda t, x: x.moveaxis(-1, 0), (2, 3)),
    case("Tensor.mT", lambda t, x: x.mT, (2, 1, 3)),
]

SPLITTING: list[Case] = [
    case("select", lambda t, x: t.select(x, 1, -1), (2, 3)),
    case("Tensor.select", lambda t, x: x.select(0, 1), (2, 3)),
    case("narrow", lambda t, x: t.narrow(x, 1, 1, 2), (2, 3)),
    case("Tensor.narrow", lambda t, x: x.narrow(0, -2, 1), (2, 3)),
    case("narrow", lambda t, x: t.narrow(x, 0, t.tensor(1), 0), (2, 3)),
    case("split", lambda t, x: t.split(x, 2), (5, 2)),
    case("split", lambda t, x: t.split(x, [1, 0, 2], dim=1), (2, 3)),
    case("Tensor.split", lambda t, x: x.split(4, -1), (2, 3)),
    case("split", lambda t, x: t.split(x, 2), (0, 2)),
    case("chunk", lambda t, x: t.chunk(x, 2), (5,)),
    case("chunk", lambda t, x: t.chunk(x, 4, 0), (5,)),
    case("Tensor.chunk", lambda t, x: x.chunk(2, dim=1), (2, 3)),
    case("chunk", lambda t, x: t.chunk(x, 2), (0, 2)),
    case("tensor_split", lambda t, x: t.tensor_split(x, 3), (7,)),
    case("tensor_split", lambda t, x: t.tensor_split(x, (1, 3, 9), dim=1), (2, 4)),
    case("Tensor.tensor_split", lambda t, x: x.tensor_split((3, 1, -1)), (4,)),
    case("tensor_split", lambda t, x: t.tensor_split(x, t.tensor([1, 2])), (4,)),
    case("tensor_split", lambda t, x: t.tensor_split(x, t.tensor(2)), (3,)),
    case("unbind", lambda t, x: t.unbind(x), (2, 3)),
    case("Tensor.unbind", lambda t, x: x.unbind(1), (2, 3)),
    case("Tensor.unbind", lambda t, x: x.unbind(-1)[0] * 2, (2, 3)),
]

JOINING: list[Case] = [
    case("cat", lambda t, x, y: t.cat((x, y)), (0,), (2, 3), smooth=False),
    case("hstack", lambda t, x, y: t.hstack((x, y)), (2,), (3,)),
    case("hstack", lambda t, x, y: t.hstack([x, y]), (2, 1), (2, 2)),
    case("hstack", lambda t, x, y: t.hstack([x, y]), (), (1,)),
    case("vstack", lambda t, x, y: t.vstack((x, y)), (3,), (2, 3)),
    case("dstack", lambda t, x, y: t.dstack((x, y)), (3,), (3,)),
    case("dstack", lambda t, x, y: t.dstack((x, y)), (2, 1), (2, 1)),
    case("column_stack", lambda t, x, y: t.column_stack((x, y)), (2,), (2, 2)),
    case("column_stack", lambda t, x: t.column_stack((x,)), ()),
    case("atleast_1d", lambda t, x: t.atleast_1d(x), ()),
    case("atleast_1d", lambda t, x, y: t.atleast_1d(x, y), (), (2,)),
    case("atleast_2d", lambda t, x, y: t.atleast_2d((x, y)), (), (2,)),
    case("atleast_2d", lambda t, x: t.atleast_2d(x), (1, 2)),
    case("atleast_3d", lambda t, x: t.atleast_3d(x), (2,)),
    case("atleast_3d", lambda t, x, y: t.atleast_3d(x, y), (), (2, 1)),
]

REARRANGING: list[Case] = [
    case("Tensor.repeat", lambda t, x: x.repeat(2), (3,)),
    case("Tensor.repeat", lambda t, x: x.repeat(2, 1, 3), (2, 1)),
    case("Tensor.repeat", lambda t, x: x.repeat((2, 0)), (2, 1)),
    case("Tensor.repeat", lambda t, x: x.repeat(2, 2), ()),
    case("tile", lambda t, x: t.tile(x, (2,)), (2, 2)),
    case("Tensor.tile", lambda t, x: x.tile((2, 1, 2)), (2, 1)),
    case("repeat_interleave", lambda t, x: t.repeat_interleave(x, 2), (2, 2)),
    case("Tensor.repeat_interleave", lambda t, x: x.repeat_interleave(2, 1), (2, 2)),
    case("repeat_interleave", lambda t, x, n: t.repeat_interleave(x, n, 0), (3,), whole([2, 0, 1])),
    case("repeat_interleave", lambda t, x, n: t.repeat_interleave(x, n, -1), (2, 2), whole(2)),
    case("flip", lambda t, x: t.flip(x, (0,)), (3, 2)),
    case("Tensor.flip", lambda t, x: x.flip(0, 1), (3, 2)),
    case("Tensor.flip", lambda t, x: x.flip([-1]), (2, 3)),
    case("flip", lambda t, x: t.flip(x, ()), (2,)),
    case("fliplr", lambda t, x: t.fliplr(x), (2, 3)),
    case("Tensor.fliplr", lambda t, x: x.fliplr(), (2, 2)),
    case("flipud", lambda t, x: t.flipud(x), (2,)),
    case("Tensor.flipud", lambda t, x: x.flipud(), (2, 2)),
    case("roll", lambda t, x: t.roll(x, 1), (2, 3)),
    case("roll", lambda t, x: t.roll(x, -2, 1), (2, 3)),
    case("Tensor.roll", lambda t, x: x.roll((1, 4), (0, 1)), (2, 3)),
    case("roll", lambda t, x: t.roll(x, 1, 0), (0, 2)),
    case("rot90", lambda t, x: t.rot90(x), (2, 3)),
    case("Tensor.rot90", lambda t, x: x.rot90(2), (2, 3)),
    case("rot90", lambda t, x: t.rot90(x, -1, (1, 2)), (1, 2, 3)),
    case("rot90", lambda t, x: t.rot90(x, 4), (2, 2)),
]

DIAGONALS: list[Case] = [
    case("diag", lambda t, x: t.diag(x), (2,)),
    case("diag", lambda t, x: t.diag(x, -1), (2,)),
    case("Tensor.diag", lambda t, x: x.diag(1), (2, 3)),
    case("diag", lambda t, x: t.diag(x, -1), (3, 2)),
    case("diag", lambda t, x: t.diag(x, 3), (2, 3)),
    case("diagonal", lambda t, x: t.diagonal(x), (3, 2)),
    case("diagonal", lambda t, x: t.diagonal(x, 1, 0, 2), (2, 2, 3)),
    case("Tensor.diagonal", lambda t, x: x.diagonal(-1, dim1=2, dim2=1), (2, 2, 3)),
    case("Tensor.diagonal", lambda t, x: x.t()[1:].diagonal(), (2, 3)),
    case("diagonal", lambda t, x: t.diagonal(x, 5), (2, 2)),
    case("diag_embed", lambda t, x: t.diag_embed(x), (2, 2)),
    case("diag_embed", lambda t, x: t.diag_embed(x, 1, 0, 2), (2, 2)),
    case("Tensor.diag_embed", lambda t, x: x.diag_embed(-1, 1, 0), (2, 2)),
    case("trace", lambda t, x: t.trace(x), (2, 3)),
    case("Tensor.trace", lambda t, x: x.trace(), whole([[1, 2], [3, 4]])),
    *(
        row
        for name in ("tril", "triu")
        for row in (
            case(name, lambda t, x, name=name: getattr(t, name)(x), (3, 3)),
            case(name, lambda t, x, name=name: getattr(x, name)(1), (2, 2, 3)),
            case(name, lambda t, x, name=name: getattr(x, name)(-1), (3, 2)),
            case(name, lambda t, x, name=name: getattr(t, name)(x), truth([[True, True]] * 2)),
            case(
                name,
                lambda t, x, name=name: getattr(t, name)(x),
                [[1.0, float("nan")], [float("inf"), 2.0]],
                smooth=False,
            ),
        )
    ),
]

MEMORY: list[Case] = [
    case("Tensor.stride", lambda t, x: t.zeros(x.t()[:, 1:].stride()), (2, 3), first=False),
    case("Tensor.stride", lambda t, x: t.zeros(x.stride(-2)), (2, 3), first=False),
    case("Tensor.storage_offset", lambda t, x: t.zeros(x[1:, 1].storage_offset()), (2, 3)),
    case("as_strided", lambda t, x: t.as_strided(x, (2, 2), (1, 2)), (5,)),
    case("as_strided", lambda t, x: t.as_strided(x, (2, 2), (1, 1), 1), (5,)),
    case("Tensor.as_strided", lambda t, x: x.t()[1:].as_strided((3,), (2,)), (2, 3), smooth=False),
    case("Tensor.as_strided", lambda t, x: x.as_strided((2, 2), (0, 1)), (2,)),
    case("Tensor.as_strided", lambda t, x: x.as_strided((), (), 3), (2, 2)),
    case("Tensor.unfold", lambda t, x: x.unfold(0, 3, 1), (5,)),
    case("Tensor.unfold", lambda t, x: x.unfold(1, 2, 2), (2, 5)),
    case("Tensor.unfold", lambda t, x: x.t().unfold(-1, 2, 1), (3, 2)),
    case("Tensor.unfold", lambda t, x: x.unfold(0, 1, 1), ()),
]

CASES = [*SHAPING, *SPLITTING, *JOINING, *REARRANGING, *DIAGONALS, *MEMORY]
