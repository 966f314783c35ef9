"""Right rules pass; planted wrong ones are caught, with what they are and where."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

import pytest

from minitorch_autograd import (
    Tensor,
    float64,
    gradcheck,
    gradgradcheck,
    ones,
    record,
    tensor,
)


def leaf(values: list[float] | list[list[float]]) -> Tensor:
    return tensor(values, dtype=float64, requires_grad=True)


SQUARE = [[1.0, 2.0], [3.0, 5.0]]


def softmax(x: Tensor) -> Tensor:
    powers = x.exp()
    return powers / powers.sum()


# --- Right rules


def test_one_input_and_several_and_those_that_track_nothing() -> None:
    x, y = leaf([0.5, 2.0]), leaf([[1.0], [-3.0]])
    assert gradcheck(softmax, x)
    assert gradcheck(lambda x, y, c: x * y / c, [x, y, tensor([4, 5])])


def test_several_outputs_and_those_that_track_nothing() -> None:
    assert gradcheck(lambda x: (x.exp(), x.sum(), ones(2, dtype=float64)), [leaf([0.5, 2.0])])


def test_inputs_that_have_no_part() -> None:
    assert gradcheck(lambda x, y: x * 2, [leaf([1.0]), leaf([1.0])])
    assert gradgradcheck(lambda x, y: x * 2, [leaf([1.0]), leaf([1.0])])


def test_second_derivatives_from_given_gradients() -> None:
    x = leaf([0.5, 2.0])
    assert gradgradcheck(softmax, x)
    assert gradgradcheck(softmax, x, tensor([1.0, -2.0], dtype=float64))
    assert gradgradcheck(lambda x: (x.exp(), x**3), [x], [x.detach(), x.detach()])


def test_tensors_are_left_as_they_were() -> None:
    x = leaf(SQUARE)
    start = ones(2, 2, dtype=float64)
    gradgradcheck(lambda x: x * x, [x], [start])
    assert x.tolist() == SQUARE
    assert x.grad is None
    assert not start.requires_grad


def test_inputs_that_are_no_tensors() -> None:
    assert gradcheck(lambda x, dim: x.sum(dim), [leaf(SQUARE), 0])
    assert gradgradcheck(lambda x, n: x**n, [leaf(SQUARE), 3])


def test_indices_beside_values() -> None:
    assert gradcheck(lambda x: x.max(0), leaf(SQUARE))
    assert gradgradcheck(lambda x: x.max(0), leaf(SQUARE))


def test_tensors_that_the_function_knows_by_itself() -> None:
    w, b, x = leaf(SQUARE), leaf([0.5, 2.0]), tensor([1.0, 3.0], dtype=float64)
    assert gradcheck(lambda *parameters: (w @ x + b).tanh(), [w, b])
    assert gradgradcheck(lambda *parameters: (w @ x + b).tanh(), [w, b])


def test_graphs_made_before_can_still_be_walked() -> None:
    x = leaf([0.5, 2.0])
    y = (x * x).sum()
    assert gradcheck(softmax, x)
    y.backward()
    assert x.grad is not None
    assert x.grad.tolist() == [1.0, 4.0]


def test_a_function_that_raises_leaves_tensors_as_they_were() -> None:
    def raises(x: Tensor) -> Tensor:
        raise KeyError

    x = leaf([0.5, 2.0])
    with pytest.raises(KeyError):
        gradcheck(raises, x)
    assert x.tolist() == [0.5, 2.0]


# --- Planted wrong rules


def factor(x: Tensor) -> Tensor:
    return record("Cube", x.detach() ** 3, (x, lambda g: g * x * x))


def sign(x: Tensor) -> Tensor:
    return record("Minus", -x.detach(), (x, lambda g: g))


def transposed(x: Tensor) -> Tensor:
    return record("Transpose", x.detach().t().clone(), (x, lambda g: g))


def overwritten(x: Tensor) -> Tensor:
    def rule(g: Tensor) -> Tensor:
        dx = g.detach() * 0.0
        dx[[0, 0, 1]] = g.detach()  # the first is read twice: its gradients should add up
        return dx[:2]

    return record("Take", x.detach()[[0, 0, 1]], (x, rule))


def forgetful(x: Tensor) -> Tensor:
    return record("Square", x.detach() ** 2, (x, lambda g: 2 * x))


def undefined(x: Tensor) -> Tensor:
    return record("Nothing", x.detach() * nan, (x, lambda g: g * nan))


def unlike(x: Tensor) -> Tensor:
    return record("Exp", x.detach().exp(), (x, lambda g: g * (x + 3)))


def detached(x: Tensor) -> Tensor:
    return record("Exp", x.detach().exp(), (x, lambda g: g * 0.0))


def mean_for_sum(x: Tensor) -> Tensor:
    return record("Rows", x.detach() * ones(4, 2, dtype=float64), (x, lambda g: g.mean(0)))


def one_use(x: Tensor) -> Tensor:
    return record("Square", x.detach() ** 2, (x, lambda g: g * x))


def rectangle(x: Tensor) -> Tensor:
    def rule(g: Tensor) -> Tensor:
        return (g * weights).t().reshape(2, 3)

    weights = tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype=float64)
    return record("Weigh", x.detach() * weights, (x, rule))


def first_row_alone(x: Tensor) -> Tensor:
    return record("Rows", x.detach() * ones(3, 2, dtype=float64), (x, lambda g: g[0]))


def summed_over_rows(x: Tensor) -> Tensor:
    return record("Double", x.detach() * 2, (x, lambda g: g.sum(0) * 2 * ones(2, 2, dtype=float64)))


def summed_over_the_other(x: Tensor) -> Tensor:
    return record("Rows", x.detach() * ones(2, 2, dtype=float64), (x, lambda g: g.sum(1)))


def a_term_too_small(x: Tensor) -> Tensor:
    y = x.detach()
    return record("Both", y**2 + y.exp(), (x, lambda g: g * x.exp()))


def at_the_edge(x: Tensor) -> Tensor:
    return record("Sqrt", x.detach() ** 2, (x, lambda g: g / (x - x)))


class Clock:
    ticks = 0


def unsteady(x: Tensor) -> Tensor:
    Clock.ticks += 1
    return x * Clock.ticks


CASES: list[tuple[Callable[[Tensor], Tensor], list[float] | list[list[float]], str]] = [
    (
        factor,
        [1.0, 2.0],
        "for element (0,) of the output by element (0,) of the input, numerical 3, analytical"
        " 1; all are 0.3333 times what they should be: a wrong factor, a mean for a sum, or "
        "the gradient of one of 3 uses, overwritten where it should add up?",
    ),
    (
        forgetful,
        [3.0],
        "for element (0,) of the output by element (0,) of the input, numerical 6, analytical"
        " 3; backward not multiplied by grad_output: does a rule forget its g?",
    ),
    (
        undefined,
        [3.0],
        "for element (0,) of the output by element (0,) of the input, numerical nan, "
        "analytical nan; there are entries that are not finite: is the input at the edge of the "
        "domain?",
    ),
    (
        sign,
        [[0.0], [1.0]],
        "for element (0, 0) of the output by element (0, 0) of the input, numerical -1, "
        "analytical 1; all have the wrong sign",
    ),
    (
        transposed,
        SQUARE,
        "for element (0, 1) of the output by element (0, 1) of the input, numerical 0, "
        "analytical 1; it is the transpose of what it should be",
    ),
    (
        overwritten,
        [1.0, 2.0],
        "for element (0,) of the output by element (0,) of the input, numerical 1, analytical"
        " 0; some are zero, the others right: is a part overwritten where it should add up, "
        "or one of the uses forgotten?",
    ),
    (
        unlike,
        [0.0, 1.0],
        "for element (0,) of the output by element (0,) of the input, numerical 1, analytical 3",
    ),
    (
        detached,
        [1.0],
        "for element (0,) of the output by element (0,) of the input, numerical 2.71828, "
        "analytical 0; all are zero: is the input detached on the way, or its rule missing?",
    ),
    (
        mean_for_sum,
        [1.0, 2.0],
        "for element (0, 0) of the output by element (0,) of the input, numerical 1, "
        "analytical 0.25; all are 0.25 times what they should be: a wrong factor, a mean for "
        "a sum, or the gradient of one of 4 uses, overwritten where it should add up?",
    ),
    (
        one_use,
        [1.0, 2.0],
        "for element (0,) of the output by element (0,) of the input, numerical 2, analytical"
        " 1; all are 0.5 times what they should be: a wrong factor, a mean for a sum, or the "
        "gradient of one of 2 uses, overwritten where it should add up?",
    ),
    (
        rectangle,
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
        "for element (0, 1) of the output by element (0, 1) of the input, numerical 2, "
        "analytical 0; it is the transpose of what it should be",
    ),
    (
        first_row_alone,
        [1.0, 2.0],
        "for element (1, 0) of the output by element (0,) of the input, numerical 1, "
        "analytical 0; some are zero, the others right: the input was broadcast, is its "
        "gradient summed over all that it was repeated for?",
    ),
    (
        summed_over_rows,
        SQUARE,
        "for element (1, 0) of the output by element (0, 0) of the input, numerical 0, "
        "analytical 2; it is summed over dimension 0 of the input, which was not broadcast "
        "there",
    ),
    (
        summed_over_the_other,
        [1.0, 2.0],
        "for element (0, 1) of the output by element (0,) of the input, numerical 0, "
        "analytical 1; the numbers are right, but at other elements of the input: is the "
        "gradient permuted, or summed over another dimension than the input was broadcast in?",
    ),
    (
        a_term_too_small,
        [1.0, 2.0],
        "for element (0,) of the output by element (0,) of the input, numerical 4.71828, "
        "analytical 2.71828; entries are too small: is a part overwritten where it should add"
        " up?",
    ),
    (
        at_the_edge,
        [1.0],
        "for element (0,) of the output by element (0,) of the input, numerical 2, analytical"
        " inf; there are entries that are not finite: is the input at the edge of the "
        "domain?",
    ),
    (
        unsteady,
        [1.0],
        "for element (0,) of the output by element (0,) of the input, numerical -499998, "
        "analytical 1; the function is not deterministic: a second call returned other values",
    ),
]


OF_0_BY_0 = "Jacobian mismatch for output 0 with respect to input 0: "


@pytest.mark.parametrize(
    ("wrong", "values", "text"),
    [pytest.param(wrong, values, text, id=wrong.__name__) for wrong, values, text in CASES],
)
def test_a_wrong_rule_is_named(
    wrong: Callable[[Tensor], Tensor], values: list[float] | list[list[float]], text: str
) -> None:
    with pytest.raises(RuntimeError) as caught:
        gradcheck(wrong, leaf(values))
    assert str(caught.value) == OF_0_BY_0 + text
    assert not gradcheck(wrong, leaf(values), raise_exception=False)


def test_the_first_wrong_entry_comes_from_the_float_itself() -> None:
    x = tensor([1.5, 2.0], requires_grad=True)
    with pytest.warns(UserWarning, match="Input #0 requires gradient and is not a double"):
        assert gradcheck(softmax, x, eps=1e-2, atol=1e-3)


def test_the_fast_mode_compares_one_product() -> None:
    calls = 0

    def counted(x: Tensor) -> Tensor:
        nonlocal calls
        calls += 1
        return softmax(x)

    x = leaf([0.5, 2.0, 1.0, 3.0])
    assert gradcheck(counted, x, fast_mode=True)
    assert calls == 3
    assert x.tolist() == [0.5, 2.0, 1.0, 3.0]
    assert gradgradcheck(softmax, x, fast_mode=True)
    with pytest.raises(RuntimeError, match=r"all are 0\.3333 times"):
        gradcheck(factor, x, fast_mode=True)
    assert gradcheck(lambda x: (x * 2, x.detach()[0] * 0 + 1), x, fast_mode=True)


def test_walks_that_differ_are_tolerated_as_told() -> None:
    factors = iter([2.0, 2.001] * 2)

    def double(x: Tensor) -> Tensor:
        return record("Double", x.detach() * 2, (x, lambda g: g * next(factors)))

    assert gradcheck(double, leaf([1.0]), nondet_tol=0.01)
    assert not gradcheck(double, leaf([1.0]), raise_exception=False)


def test_the_output_and_the_input_are_named() -> None:
    with pytest.raises(
        RuntimeError, match="Jacobian mismatch for output 1 with respect to input 2"
    ):
        gradcheck(
            lambda x, c, y: (x * c * y, x * c * factor(y)), [leaf([2.0]), ones(1), leaf([3.0])]
        )


def test_a_rule_that_is_right_once_but_has_no_derivative_itself() -> None:
    def cut(x: Tensor) -> Tensor:
        y = softmax(x.detach())
        return record("Softmax", y.clone(), (x, lambda g: y * (g - (g * y).sum())))

    x = leaf([0.5, 2.0])
    assert gradcheck(cut, x)
    assert not gradgradcheck(cut, x, raise_exception=False)


def test_tolerances_decide() -> None:
    def nearly(x: Tensor) -> Tensor:
        return record("Double", x.detach() * 2, (x, lambda g: g * 2.01))

    assert not gradcheck(nearly, leaf([1.0]), raise_exception=False)
    assert gradcheck(nearly, leaf([1.0]), rtol=0.01)
    assert gradcheck(nearly, leaf([1.0]), atol=0.02, rtol=0.0)
    assert gradcheck(lambda x: x**2, leaf([1.0]), eps=0.5)  # exact for squares, for any step
