"""What all optimizers have in common: groups, gradients, the step, and the errors."""

import gc
import tracemalloc
import weakref
from collections.abc import Callable

import pytest

from minitorch_autograd import Tensor, is_grad_enabled, ones, tensor, zeros
from minitorch_optim import SGD, Adam, AdamW, Optimizer
from minitorch_optim.rules import Options, ParamGroup, Rule


def parameter(*values: float, gradient: float | None = 1.0) -> Tensor:
    p = tensor(values, requires_grad=True)
    if gradient is not None:
        p.grad = ones(len(values)) * gradient
    return p


# --- Groups


def test_groups_have_options_of_their_own() -> None:
    p, q = parameter(1.0), parameter(1.0)
    optimizer = SGD([{"params": [p]}, {"params": q, "lr": 0.25}], lr=0.5)
    optimizer.step()
    assert (p.tolist(), q.tolist()) == ([0.5], [0.75])
    assert [group["lr"] for group in optimizer.param_groups] == [0.5, 0.25]


def test_an_option_may_change_between_steps() -> None:
    p = parameter(1.0)
    optimizer = SGD([p], lr=0.5)
    optimizer.step()
    optimizer.param_groups[0]["lr"] *= 0.5
    optimizer.step()
    assert p.tolist() == [0.25]


def test_a_group_may_be_added() -> None:
    p, q = parameter(1.0), parameter(1.0)
    optimizer = SGD([p], lr=0.5)
    optimizer.step()
    optimizer.add_param_group({"params": q, "lr": 0.25})
    optimizer.step()
    assert (p.tolist(), q.tolist()) == ([0.0], [0.75])


def test_a_parameter_may_be_appended_to_a_group() -> None:
    p, q = parameter(1.0), parameter(1.0)
    optimizer = SGD([p], lr=0.5)
    optimizer.step()
    optimizer.param_groups[0]["params"].append(q)
    optimizer.step()
    assert (p.tolist(), q.tolist()) == ([0.0], [0.5])


def test_the_caller_keeps_the_list_and_the_group() -> None:
    params = [parameter(1.0)]
    group = {"params": params}
    optimizer = SGD([group], lr=0.5)
    params.append(parameter(2.0))
    assert len(optimizer.param_groups[0]["params"]) == 1
    assert list(group) == ["params"]


def test_a_generator_of_parameters() -> None:
    params = [parameter(1.0), parameter(2.0)]
    SGD((p for p in params), lr=0.5).step()
    assert [p.tolist() for p in params] == [[0.5], [1.5]]


def test_repr_lists_the_options_of_each_group() -> None:
    optimizer = SGD([{"params": parameter(1.0)}, {"params": parameter(1.0), "lr": 0.25}], lr=0.5)
    assert repr(optimizer) == (
        "SGD (\n"
        "Parameter Group 0\n"
        "    dampening: 0\n"
        "    lr: 0.5\n"
        "    maximize: False\n"
        "    momentum: 0\n"
        "    nesterov: False\n"
        "    weight_decay: 0\n"
        "Parameter Group 1\n"
        "    dampening: 0\n"
        "    lr: 0.25\n"
        "    maximize: False\n"
        "    momentum: 0\n"
        "    nesterov: False\n"
        "    weight_decay: 0\n"
        ")"
    )


# --- The step


def test_a_parameter_without_a_gradient_stays() -> None:
    p, q = parameter(1.0), parameter(1.0, gradient=None)
    optimizer = Adam([p, q], weight_decay=0.1)
    optimizer.step()
    assert q.tolist() == [1.0]
    assert q not in optimizer.state


def test_nothing_is_recorded() -> None:
    p = parameter(1.0)
    AdamW([p], weight_decay=0.5).step()
    assert p.is_leaf
    assert p.requires_grad


def test_a_closure_runs_with_recording_on_and_its_loss_is_returned() -> None:
    p = parameter(1.0, gradient=None)
    optimizer = SGD([p], lr=0.25)

    def closure() -> float:
        assert is_grad_enabled()
        optimizer.zero_grad()
        loss = (p * p).sum()
        loss.backward()
        return loss.item()

    assert optimizer.step(closure) == 1.0
    assert p.tolist() == [0.5]


def test_zero_grad_forgets_or_overwrites() -> None:
    p, q = parameter(1.0), parameter(1.0, gradient=None)
    optimizer = SGD([p, q], lr=0.5)
    optimizer.zero_grad(set_to_none=False)
    assert p.grad is not None
    assert p.grad.tolist() == [0.0]
    assert q.grad is None
    optimizer.zero_grad()
    assert p.grad is None


@pytest.mark.relies_on("tensor")  # on `out=` that writes in place, where a plain one may copy
@pytest.mark.parametrize(
    "make",
    [
        lambda params: SGD(params, momentum=0.9, nesterov=True, weight_decay=0.1),
        lambda params: Adam(params, weight_decay=0.1, maximize=True),
        AdamW,
    ],
)
@pytest.mark.parametrize("shape", [(500, 100), (50, 100)], ids=["alone", "in a bucket"])
def test_no_step_allocates_once_warm(
    make: Callable[[list[Tensor]], Optimizer], shape: tuple[int, ...]
) -> None:
    params = [zeros(shape, requires_grad=True) for _ in range(3)]
    for p in params:
        p.grad = ones(shape)
    optimizer = make(params)
    optimizer.step()
    optimizer.step()
    tracemalloc.start()
    try:
        optimizer.step()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4096, "a tensor has 20,000 bytes or more"


def test_an_optimizer_is_freed_without_the_collector() -> None:
    params = [parameter(1.0), parameter(2.0)]
    optimizer = Adam(params)
    optimizer.step()
    gone = weakref.ref(optimizer)
    mean = weakref.ref(optimizer.state[params[0]]["exp_avg"])
    gc.disable()
    try:
        del optimizer
        assert gone() is None
        assert mean() is None
    finally:
        gc.enable()


# --- An optimizer of one's own


def test_a_rule_of_one_s_own() -> None:
    def start(parameter: Tensor, options: Options) -> dict[str, Tensor]:
        return {}

    def sign(
        parameter: Tensor, gradient: Tensor, state: dict[str, Tensor], options: Options
    ) -> None:
        parameter.add_((gradient / gradient.abs()) * -options["lr"])

    def check(options: Options) -> None:
        pass

    class SignSGD(Optimizer[ParamGroup, dict[str, Tensor]]):
        def __init__(self, params: list[Tensor], lr: float) -> None:
            super().__init__(params, {"lr": lr}, Rule(start, sign, check))

    p = parameter(1.0, gradient=-7.0)
    SignSGD([p], lr=0.5).step()
    assert p.tolist() == [1.5]


def test_a_step_of_one_s_own() -> None:
    class Stubborn(Optimizer):
        def step(self, closure: object = None) -> None:  # type: ignore[override]  # ignores it
            for group in self.param_groups:
                for p in group["params"]:
                    p.detach().zero_()

    p = parameter(1.0)
    optimizer = Stubborn([p], {"lr": 0.1})
    optimizer.step()
    assert p.tolist() == [0.0]


def test_neither_a_rule_nor_a_step() -> None:
    optimizer = Optimizer([parameter(1.0)], {"lr": 0.1})
    with pytest.raises(NotImplementedError) as error:
        optimizer.step()
    assert str(error.value) == "Optimizer: an optimizer needs a rule, or a `step` of its own"


# --- Errors


ORDERED = (
    "optimizer parameters need to be organized in ordered collections, but the ordering of tensors "
    "in sets will change between runs. Please use a list instead."
)
ITERABLE = (
    "params argument given to the optimizer should be an iterable of Tensors or dicts, but got "
)


@pytest.mark.parametrize(
    ("params", "kind", "message"),
    [
        (lambda p: [], ValueError, "optimizer got an empty parameter list"),
        (lambda p: p, TypeError, ITERABLE + "Tensor"),
        (lambda p: 3, TypeError, ITERABLE + "int"),
        (
            lambda p: [p, 3],
            TypeError,
            "optimizer can only optimize Tensors, but one of the params is int",
        ),
        (
            lambda p: [{"params": [p]}, p],
            TypeError,
            "param_group must be a dict, but got Tensor",
        ),
        (lambda p: [{"params": {p}}], TypeError, ORDERED),
        (
            lambda p: [p * 2],
            ValueError,
            "can't optimize a non-leaf Tensor: one of shape (1,) was computed from others; "
            "make a parameter of it by detach().requires_grad_()",
        ),
        (
            lambda p: [{"params": [p]}, {"params": [p]}],
            ValueError,
            "some parameters appear in more than one parameter group",
        ),
        (
            lambda p: [{"params": [p], "lr": -0.5}],
            ValueError,
            "Invalid learning rate: -0.5; expected 0 or more",
        ),
    ],
)
def test_parameters_that_are_refused(
    params: Callable[[Tensor], list[Tensor]], kind: type[Exception], message: str
) -> None:
    p = parameter(1.0)
    with pytest.raises(kind) as error:
        SGD(params(p), lr=0.5)
    assert str(error.value) == message


def test_a_bad_group_is_refused_when_it_is_added() -> None:
    optimizer = Adam([parameter(1.0)])
    with pytest.raises(ValueError, match=r"^Invalid beta parameter at index 0: 1.0; expected"):
        optimizer.add_param_group({"params": [parameter(1.0)], "betas": (1.0, 0.5)})
    assert len(optimizer.param_groups) == 1


def test_a_parameter_twice_in_a_group_is_updated_twice() -> None:
    p = parameter(1.0)
    message = (
        "optimizer contains a parameter group with duplicate parameters: "
        "each is updated as often as it is there"
    )
    with pytest.warns(UserWarning, match="duplicate") as warnings:
        optimizer = SGD([p, p], lr=0.25)
    assert [str(one.message) for one in warnings] == [message]
    optimizer.step()
    assert p.tolist() == [0.5]
