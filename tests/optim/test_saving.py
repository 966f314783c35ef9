"""`state_dict` and `load_state_dict`, in torch's layout."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from minitorch_autograd import Tensor, float32, float64, ones, tensor, zeros
from minitorch_optim import SGD, Adam, Optimizer, StateDict


def parameter(size: int = 2, step: bool = True) -> Tensor:
    p = zeros(size, requires_grad=True)
    p.grad = ones(size) if step else None
    return p


def test_the_layout_is_torch_s() -> None:
    optimizer = Adam([{"params": [parameter(), parameter()]}, {"params": parameter(), "lr": 0.5}])
    optimizer.step()
    saved = optimizer.state_dict()
    assert list(saved) == ["state", "param_groups"]
    assert list(saved["state"]) == [0, 1, 2]
    assert list(saved["state"][0]) == ["step", "exp_avg", "exp_avg_sq"]
    assert saved["param_groups"][1] == {
        "lr": 0.5,
        "betas": (0.9, 0.999),
        "eps": 1e-8,
        "weight_decay": 0,
        "amsgrad": False,
        "maximize": False,
        "decoupled_weight_decay": False,
        "params": [2],
    }


def test_the_step_is_a_number_in_a_tensor() -> None:
    optimizer = Adam([parameter()])
    for _ in range(3):
        optimizer.step()
    step = optimizer.state_dict()["state"][0]["step"]
    assert isinstance(step, Tensor)
    assert (step.shape, step.dtype, step.item()) == ((), float32, 3.0)


def test_what_was_never_updated_has_no_state() -> None:
    optimizer = Adam([parameter(), parameter(step=False), parameter()])
    optimizer.step()
    assert list(optimizer.state_dict()["state"]) == [0, 2]


def test_a_parameter_twice_has_one_number() -> None:
    p = parameter()
    with pytest.warns(UserWarning, match="duplicate parameters"):
        optimizer = SGD([p, p, parameter()], momentum=0.9)
    optimizer.step()
    saved = optimizer.state_dict()
    assert saved["param_groups"][0]["params"] == [0, 0, 2]
    assert list(saved["state"]) == [0, 2]


def test_loading_copies_states_and_options() -> None:
    optimizer, other = SGD([parameter()], lr=0.5, momentum=0.9), SGD([parameter()], lr=0.1)
    optimizer.step()
    other.load_state_dict(optimizer.state_dict())
    (group,) = other.param_groups
    assert (group["lr"], group["momentum"]) == (0.5, 0.9)
    optimizer.step()
    (p,) = group["params"]
    assert other.state[p]["momentum_buffer"].tolist() == [1.0, 1.0]


def test_what_torch_says_beyond_our_options_is_kept() -> None:
    optimizer = SGD([parameter()])
    saved = optimizer.state_dict()
    saved["param_groups"][0]["foreach"] = None
    optimizer.load_state_dict(saved)
    assert optimizer.state_dict() == saved


def test_loading_casts_elements_but_no_numbers() -> None:
    optimizer = Adam([parameter()])
    optimizer.step()
    p = zeros(2, dtype=float64, requires_grad=True)
    other = Adam([p])
    other.load_state_dict(optimizer.state_dict())
    assert other.state[p]["exp_avg"].dtype is float64
    assert other.state[p]["step"].dtype is float32


def test_loading_a_bad_option_leaves_the_optimizer_as_it_was() -> None:
    optimizer = SGD([parameter()], lr=0.5)
    saved = optimizer.state_dict()
    saved["param_groups"][0]["lr"] = -1.0
    with pytest.raises(ValueError, match=r"^Invalid learning rate: -1.0; expected 0 or more$"):
        optimizer.load_state_dict(saved)
    assert optimizer.param_groups[0]["lr"] == 0.5


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (
            [],
            "loaded state dict has a different number of parameter groups: 0, "
            "and the optimizer has 1",
        ),
        (
            [{"lr": 0.1, "params": [0, 1]}],
            "loaded state dict contains a parameter group that doesn't match the size of "
            "optimizer's group: group 0 has 1 parameters, saved are [0, 1]",
        ),
    ],
)
def test_groups_that_do_not_match(groups: list[dict[str, object]], message: str) -> None:
    saved: StateDict = {"state": {}, "param_groups": groups}
    with pytest.raises(ValueError) as error:  # noqa: PT011  (the whole text is compared)
        SGD([tensor([1.0], requires_grad=True)]).load_state_dict(saved)
    assert str(error.value) == message


@pytest.mark.parametrize("way", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
@pytest.mark.parametrize("make", [lambda p: SGD(p, lr=0.1, momentum=0.9), Adam])
def test_a_copy_goes_on_by_itself(
    make: Callable[[list[Tensor]], Optimizer], way: Callable[[Any], Any]
) -> None:
    def step(params: list[Tensor], optimizer: Optimizer, without: int | None = None) -> None:
        for i, p in enumerate(params):
            p.grad = None if i == without else p.detach() * (i + 1.0)
        optimizer.step()

    params = [ones(2, 3).requires_grad_(), ones(4).requires_grad_(), ones(1).requires_grad_()]
    optimizer = make(params)
    step(params, optimizer)
    copied, copy_of_optimizer = way((params, optimizer))
    before = [p.tolist() for p in params]
    for without in (None, 0, None):
        step(copied, copy_of_optimizer, without)
    assert [p.tolist() for p in params] == before
    for without in (None, 0, None):
        step(params, optimizer, without)
    assert [p.tolist() for p in params] == [p.tolist() for p in copied]
