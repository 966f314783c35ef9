"""Modules, optimizers and files that are not as in PyTorch. See `docs/differences.md`."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tests.parity.differences import SECTIONS, both, said

import minitorch

section = SECTIONS["Modules, optimizers and files"]
row = section.row


@row("`DataParallel`, `SyncBatchNorm`, `LinearCrossEntropyLoss`")
def test_modules_that_are_not_here() -> None:
    for name in ("DataParallel", "SyncBatchNorm", "LinearCrossEntropyLoss"):
        assert (hasattr(minitorch.nn, name), hasattr(torch.nn, name)) == (False, True)


@row("losses of two shapes")
def test_losses_of_two_shapes() -> None:
    for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"):

        def lines(t: Any, name: str = name) -> object:
            return getattr(t.nn.functional, name)(t.zeros(3, 1), t.zeros(3))

        with pytest.raises(ValueError, match="expected a target of the input's shape"):
            lines(minitorch)
        assert said(torch, lines) == [UserWarning]


@row("classes that are not `int64`")
def test_classes_that_are_not_int64() -> None:
    def lines(t: Any) -> object:
        return t.nn.functional.nll_loss(t.zeros(1, 2), t.tensor([1], dtype=t.uint8)).item()

    assert both(lines) == (RuntimeError, 0.0)


@row("`soft_margin_loss` of a large number")
def test_soft_margin_loss() -> None:
    def lines(t: Any) -> object:
        return t.nn.functional.soft_margin_loss(t.tensor([200.0]), t.tensor([-1.0])).item()

    assert both(lines) == (200.0, float("inf"))


@row("`CrossMapLRN2d`")
def test_cross_map_lrn2d() -> None:
    for size, right, theirs in [
        (1, [1, 2, 4, 8, 16], [1, 3, 5, 9, 17]),
        (2, [1, 3, 6, 12, 24], [1, 3, 5, 9, 17]),
        (3, [3, 7, 14, 28, 24], [3, 7, 15, 29, 25]),
    ]:

        def sums(t: Any, size: int = size) -> object:
            """Return the sum below each fraction, of some of 1, 2, 4, 8 and 16."""
            x = t.tensor([1.0, 2.0, 4.0, 8.0, 16.0]).sqrt().reshape(1, 5, 1, 1)
            y = t.nn.CrossMapLRN2d(size, size, 1.0, 1.0)(x)
            return (x / y - 1).flatten().round().tolist()

        assert both(sums) == (right, theirs)

    def gradient(t: Any) -> bool:
        x = t.arange(1, 6, dtype=t.float64).reshape(1, 5, 1, 1).requires_grad_()
        lrn = t.nn.CrossMapLRN2d(3, 3.0, 1.0, 1.0)
        return bool(t.autograd.gradcheck(lrn, x, raise_exception=False))

    assert both(gradient) == (True, False)


@row("`EmbeddingBag(scale_grad_by_freq=True)`")
def test_embedding_bag_by_frequency() -> None:
    def lines(t: Any) -> object:
        bags = t.nn.EmbeddingBag(4, 1, mode="sum", scale_grad_by_freq=True)
        bags(t.tensor([1, 1, 2, 3, 3, 3]), t.tensor([0, 2, 3])).sum().backward()
        return bags.weight.grad.flatten().tolist()

    def alone(t: Any) -> object:
        rows = t.nn.Embedding(4, 1, scale_grad_by_freq=True)
        rows(t.tensor([1, 1, 2, 3, 3, 3])).sum().backward()
        return rows.weight.grad.flatten().tolist()

    assert both(lines) == ([0.0, 1.0, 1.0, 1.0], [0.0, 1.0, 0.5, 3.0])
    assert both(alone) == ([0.0, 1.0, 1.0, 1.0], [0.0, 1.0, 1.0, 1.0])


@row("second derivatives")
def test_second_derivatives() -> None:
    def lines(t: Any) -> object:
        x = t.tensor([[0.0, 1.0], [2.0, 3.5]], requires_grad=True)
        t.nn.functional.pdist(x).sum().backward(create_graph=True)
        x.grad.sum().backward()
        return True

    assert both(lines)[0] is True
    assert both(lines)[1] is not True


@row("`Embedding(sparse=True)`")
def test_sparse_embedding() -> None:
    def lines(t: Any) -> object:
        return t.nn.Embedding(2, 1, sparse=True).sparse

    assert both(lines) == (NotImplementedError, True)


@row("`fractional_max_pool3d` whose windows just fit")
def test_windows_that_just_fit() -> None:
    def volumes(t: Any) -> object:
        return tuple(t.nn.functional.fractional_max_pool3d(t.zeros(1, 1, 3, 3, 3), 2, 2).shape)

    def images(t: Any) -> object:
        return tuple(t.nn.functional.fractional_max_pool2d(t.zeros(1, 1, 3, 3), 2, 2).shape)

    assert both(volumes) == ((1, 1, 2, 2, 2), RuntimeError)
    assert both(images) == ((1, 1, 2, 2), (1, 1, 2, 2))


@row('`pad` with "circular" and a negative number')
def test_circular_padding() -> None:
    def lines(t: Any) -> object:
        x = t.tensor([[1.0, 2.0, 3.0]])
        return t.nn.functional.pad(x, (-1, 1), mode="circular").tolist()

    ours, theirs = both(lines)
    assert ours == [[2.0, 3.0, 1.0]]
    assert theirs != ours


@row("`TransformerEncoder(enable_nested_tensor=True)`")
def test_padded_elements_of_an_encoder() -> None:
    def made(t: Any, batch_first: bool) -> Any:
        layer = t.nn.TransformerEncoderLayer(2, 2, 2, batch_first=batch_first)
        return t.nn.TransformerEncoder(layer, 1)

    def lines(t: Any) -> object:
        encoder = made(t, True).eval()
        with t.no_grad():
            y = encoder(t.ones(1, 2, 2), src_key_padding_mask=t.tensor([[False, True]]))
        return y[0, 1].any().item()

    assert both(lines) == (True, False)
    assert said(minitorch, lambda t: made(t, False)) == []
    assert said(torch, lambda t: made(t, False)) == [UserWarning]


@row("a mask for `scaled_dot_product_attention`")
def test_masks_of_one_dimension() -> None:
    def lines(t: Any) -> object:
        x = t.ones(1, 1, 2, 2)
        return t.nn.functional.scaled_dot_product_attention(x, x, x, t.zeros(2)).sum().item()

    assert both(lines) == (4.0, IndexError)


@row("`pack_padded_sequence` of lengths beyond the input")
def test_lengths_beyond_the_input() -> None:
    def lines(t: Any) -> object:
        packed = t.nn.utils.rnn.pack_padded_sequence(t.zeros(2, 1, 1), t.tensor([3]))
        return packed.data.shape[0]

    assert both(lines) == (RuntimeError, 2)


@row("`unpad_sequence`")
def test_unpad_sequence() -> None:
    def lines(t: Any) -> object:
        padded = t.zeros(3, 2)
        t.nn.utils.rnn.unpad_sequence(padded, t.tensor([3, 1]))
        return tuple(padded.shape)

    assert both(lines) == ((3, 2), (2, 3))


@row("a `Buffer` that is assigned")
def test_a_buffer_that_is_assigned() -> None:
    def lines(t: Any) -> object:
        module = t.nn.Module()
        module.own = t.nn.Buffer(t.zeros(1))
        return type(module.own).__name__

    assert both(lines) == ("Buffer", "Tensor")


@row("`load_state_dict` that does not fit")
def test_load_state_dict_that_does_not_fit() -> None:
    def lines(t: Any) -> object:
        model = t.nn.Linear(1, 1)
        with t.no_grad():
            model.weight.fill_(0.0)
        with pytest.raises(RuntimeError, match="size mismatch"):
            model.load_state_dict({"weight": t.ones(1, 1), "bias": t.ones(2)})
        return model.weight.tolist()

    assert both(lines) == ([[0.0]], [[1.0]])


@row("`save` and `load`")
def test_save() -> None:
    with pytest.raises(TypeError):
        minitorch.save({"epoch": 3}, "never-written")


@row("`state_dict`")
def test_state_dict() -> None:
    assert both(lambda t: hasattr(t.nn.Linear(1, 1).state_dict(), "_metadata")) == (False, True)


@row("tensors that shared or repeated memory when they were saved")
def test_tensors_that_shared_memory(tmp_path: Path) -> None:
    x = torch.zeros(4)
    torch.save([x, x[1:]], tmp_path / "shared.pt")
    torch.save(x[:1].expand(10**6), tmp_path / "repeated.pt")

    def shared(t: Any) -> object:
        whole, part = t.load(tmp_path / "shared.pt")
        part.fill_(1.0)
        return whole.sum().item()

    assert both(shared) == (0.0, 3.0)
    assert both(lambda t: t.load(tmp_path / "repeated.pt").numel()) == (RuntimeError, 10**6)


@row("`save` over a file")
def test_save_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pt"

    def lines(t: Any) -> object:
        """Return whether the file that was open before is still the old one."""
        path.write_bytes(b"old")
        with path.open("rb") as before:
            t.save({}, path)
            return before.read() == b"old"

    assert both(lines) == (True, False)

    def read_only(t: Any) -> object:
        path.chmod(0o444)
        t.save({}, path)
        return True

    superuser = os.access(path, os.W_OK)
    assert both(read_only) == (PermissionError, superuser or RuntimeError)


@row("archives that are damaged")
def test_archives_that_are_damaged() -> None:
    file = io.BytesIO()
    torch.save([torch.ones(2)], file)
    content = file.getvalue()

    def changed(old: bytes, new: bytes) -> bytes:
        """Return the archive with something else in an entry."""
        entries = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as before,
            zipfile.ZipFile(entries, "w") as after,
        ):
            for name in before.namelist():
                after.writestr(name, before.read(name).replace(old, new))
        return entries.getvalue()

    def lines(t: Any, content: bytes) -> object:
        return t.load(io.BytesIO(content))[0].tolist()

    middle = changed(b"little", b"middle")
    assert both(lambda t: lines(t, middle)) == (RuntimeError, ValueError)


@row("options of one group")
@pytest.mark.parametrize(
    ("name", "option"),
    [
        ("Adafactor", {"d": 0.5}),
        ("Adadelta", {"rho": 3.0}),
        ("Adam", {"betas": (2.0, 0.9)}),
        ("AdamW", {"weight_decay": -1.0}),
        ("Adamax", {"eps": -1.0}),
        ("ASGD", {"lr": -1.0}),
        ("NAdam", {"momentum_decay": -1.0}),
        ("RAdam", {"eps": -1.0}),
        ("RMSprop", {"alpha": -1.0}),
        ("Rprop", {"etas": (2.0, 3.0)}),
        ("SGD", {"momentum": -1.0}),
    ],
)
def test_options_of_one_group(name: str, option: dict[str, Any]) -> None:
    def lines(t: Any) -> object:
        p = t.ones(2, requires_grad=True)
        p.grad = t.ones(2)
        getattr(t.optim, name)([{"params": [p], **option}]).step()
        return True

    def of_all(t: Any) -> object:
        return getattr(t.optim, name)([t.ones(2)], **option)

    assert both(lines) == (ValueError, True)
    assert both(of_all) == (ValueError, ValueError)


@row("`initial_accumulator_value` of a group of `Adagrad`")
def test_where_adagrad_begins() -> None:
    def lines(t: Any) -> object:
        p, q, r = (t.ones(1, requires_grad=True) for _ in range(3))
        own = {"params": [p], "initial_accumulator_value": 4.0}
        adagrad = t.optim.Adagrad([own, {"params": [q]}], initial_accumulator_value=1.0)
        adagrad.add_param_group({"params": [r], "initial_accumulator_value": 9.0})
        for one in (p, q, r):
            one.grad = t.ones(1)
        adagrad.step()
        return [adagrad.state[one]["sum"].item() for one in (p, q, r)]

    assert both(lines) == ([5.0, 2.0, 10.0], [2.0, 2.0, 2.0])


@row("`Muon`")
def test_muon() -> None:
    def lines(t: Any) -> object:
        p = t.zeros(1, 1, dtype=t.float64, requires_grad=True)
        p.grad = t.ones(1, 1, dtype=t.float64)
        t.optim.Muon([p], lr=1.0, ns_steps=1, ns_coefficients=(1.001, 0.0, 0.0)).step()
        return round(p.item(), 9)

    assert both(lines) == (-1.001, -1.0)


@row("a second group for `LBFGS`")
def test_a_second_group_for_l_bfgs() -> None:
    def lines(t: Any) -> object:
        optimizer = t.optim.LBFGS([t.ones(1, requires_grad=True)])
        optimizer.add_param_group({"params": t.ones(1, requires_grad=True)})
        return len(optimizer.param_groups)

    assert both(lines) == (ValueError, 2)


@row("the state of `LBFGS`")
def test_the_state_of_l_bfgs() -> None:
    def lines(t: Any) -> object:
        p = t.tensor([1.0, 2.0], requires_grad=True)
        optimizer = t.optim.LBFGS([p], max_iter=3)

        def closure() -> Any:
            optimizer.zero_grad()
            loss = (p**4).sum()
            loss.backward()
            return loss

        optimizer.step(closure)
        state = optimizer.state_dict()["state"][0]
        return "al" in state, type(state["H_diag"]).__name__

    assert both(lines) == ((False, "float"), (True, "Tensor"))


@row("`Adafactor` with parameters of two types")
def test_adafactor_with_parameters_of_two_types() -> None:
    def lines(t: Any) -> object:
        params = [t.ones(1, dtype=dtype, requires_grad=True) for dtype in (t.float32, t.float64)]
        for p in params:
            p.grad = t.full((1,), 1e-12, dtype=p.dtype)
        t.optim.Adafactor(params, lr=1.0).step()
        return params[1].item() < 0.1  # its gradient is larger than its precision

    assert both(lines) == (True, False)


@row("options for speed")
def test_options_for_speed() -> None:
    ours, theirs = [set(t.optim.Adam([t.ones(1)]).param_groups[0]) for t in (minitorch, torch)]
    assert theirs - ours == {"foreach", "fused", "capturable", "differentiable"}


@row("deprecated arguments")
def test_deprecated_arguments() -> None:
    def lines(t: Any) -> object:
        return t.nn.functional.mse_loss(t.zeros(2), t.ones(2), None, None, "sum").item()

    assert both(lines) == (TypeError, 2.0)


def test_every_row_is_checked() -> None:
    assert section.checked == section.rows


@row("the state of another optimizer")
def test_the_state_of_another_optimizer() -> None:
    def lines(t: Any) -> object:
        x, y = (t.nn.Parameter(t.ones(1)) for _ in range(2))
        t.optim.SGD([x], lr=0.1).load_state_dict(t.optim.Adam([y]).state_dict())
        return True

    assert both(lines) == (ValueError, True)


@row("`_parameters`, `_buffers` and `_modules` of a module")
def test_the_dictionaries_of_a_module() -> None:
    def lines(t: Any) -> object:
        layer = t.nn.Linear(1, 1)
        layer.inner = t.nn.ReLU()
        layer.inner = None
        found = [isinstance(one, dict) for one in (layer._parameters, layer._modules)]
        return *found, "weight" in vars(layer), list(layer._parameters), list(layer._modules)

    names = ["weight", "bias"]
    assert both(lines) == ((False, False, True, names, []), (True, True, False, names, ["inner"]))


@row("arguments of a wrong type that work all the same")
def test_arguments_of_a_wrong_type_that_work() -> None:
    def flag(t: Any) -> object:
        return t.nn.functional.interpolate(t.ones(1, 1, 2), 2, antialias=0).shape[2]

    def kept(t: Any) -> object:
        return t.ones(2).argmax(0, keepdim="a").shape[0]

    def array(t: Any) -> object:
        return t.nn.functional.soft_margin_loss(np.ones(1), t.ones(1)).shape

    assert both(flag) == (2, 2)
    assert both(kept) == (1, TypeError)
    assert both(array) == ((), TypeError)


@row("attributes given to a tensor")
def test_attributes_given_to_a_tensor() -> None:
    def lines(t: Any) -> object:
        x, file = t.ones(1), io.BytesIO()
        x.tag = 1
        t.save(x, file)
        file.seek(0)
        return hasattr(t.load(file), "tag")

    assert both(lines) == (False, True)
