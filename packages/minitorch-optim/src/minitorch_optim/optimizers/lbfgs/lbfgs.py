"""L-BFGS: a quasi-Newton method, which estimates the curvature from the last steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypedDict

from minitorch_autograd import Tensor, mul, no_grad

from ...engine.extensions import reductions
from ...engine.groups import Options, ParamGroup, ParamsT
from ...engine.optimizer import Optimizer
from ...engine.options import check_rate, number
from .objective import Loss, Objective
from .strong_wolfe import Line, Trial, strong_wolfe
from .two_loop_recursion import Memory, direction, dot, largest, remember

LineSearch = Literal["strong_wolfe"]


class LBFGSOptions(Options):
    """The options of `LBFGS`; see there."""

    max_iter: int
    max_eval: int
    tolerance_grad: float
    tolerance_change: float
    history_size: int
    line_search_fn: LineSearch | None


class LBFGSGroup(LBFGSOptions, ParamGroup):
    """The parameter group of L-BFGS."""


class _Counts(TypedDict):
    func_evals: int
    n_iter: int


class LBFGSState(_Counts, total=False):
    """What L-BFGS remembers, under the first parameter; all parameters are one vector here.

    Numbers are tensors where torch has saved them.
    """

    d: Tensor  # the last direction
    t: float | Tensor  # how far it went there
    old_dirs: list[Tensor]  # y
    old_stps: list[Tensor]  # s
    ro: list[float | Tensor]  # ρ
    H_diag: float | Tensor  # γ
    prev_flat_grad: Tensor
    prev_loss: float


class LBFGS(Optimizer[LBFGSGroup, LBFGSState]):
    """L-BFGS: Newton's method, with a Hessian that is estimated from the last steps.

    For losses without noise: the closure must compute the same loss whenever it is called.

    Args:
        params: the parameters; they are one group.
        lr: the length η of steps, 0 or more; with a line search, the first length it tries.
        max_iter: the most iterations in one call of `step`.
        max_eval: the most evaluations of the closure; 5/4 of `max_iter` unless given.
        tolerance_grad: stop when no element of the gradient is larger.
        tolerance_change: stop when no element of the step is larger, or the loss changes by less.
        history_size: how many of the last steps are kept; each takes the memory of the parameters
            twice.
        line_search_fn: None for steps of length `lr`, or "strong_wolfe" to search for a length.

    Raises:
        ValueError: if the rate is negative, there is more than one group, or as `Optimizer`.

    Source: Liu, Nocedal: On the limited memory BFGS method for large scale optimization, 1989;
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: LineSearch | None = None,
    ) -> None:
        defaults = LBFGSOptions(
            lr=lr,
            max_iter=max_iter,
            max_eval=max_iter * 5 // 4 if max_eval is None else max_eval,
            tolerance_grad=tolerance_grad,
            tolerance_change=tolerance_change,
            history_size=history_size,
            line_search_fn=line_search_fn,
        )
        super().__init__(params, defaults)

    def add_param_group(self, param_group: Mapping[str, object]) -> None:
        """Add the only group; raise ValueError for a second."""
        if self.param_groups:
            raise ValueError(
                "LBFGS doesn't support per-parameter options (parameter groups): "
                "give it all parameters in one list"
            )
        super().add_param_group(param_group)

    def _checked(self, group: Mapping[str, object]) -> LBFGSGroup:
        options = super()._checked(group)
        check_rate(options)
        return options

    # The closure is called several times: it is not optional here.
    def step(self, closure: Callable[[], Loss]) -> Loss:  # type: ignore[override]
        """Make up to `max_iter` iterations.

        Args:
            closure: computes the loss and its gradients again, with gradients enabled.

        Returns:
            What `closure` returned first.

        Raises:
            TypeError: if `closure` returns no number.
            RuntimeError: if `line_search_fn` is neither None nor "strong_wolfe".
        """
        group = self.param_groups[0]
        params = group["params"]
        state = self.state.setdefault(params[0], {"func_evals": 0, "n_iter": 0})
        objective = Objective(params, closure)
        with no_grad():
            returned, loss, gradient = objective.evaluate()
            if not largest(gradient) <= group["tolerance_grad"]:
                _iterate(objective, loss, gradient, state, group)
        state["func_evals"] += objective.evaluations
        return returned


def _iterate(
    objective: Objective[Loss],
    loss: float,
    gradient: Tensor,
    state: LBFGSState,
    options: LBFGSOptions,
) -> None:
    """Iterate until there is no progress, or no iteration or evaluation left."""
    tolerance = options["tolerance_change"]
    for left in reversed(range(options["max_iter"])):
        d, t = _choose_direction(loss, gradient, state, options)
        slope = dot(gradient, d)
        if slope >= -tolerance:
            break
        if options["line_search_fn"] is not None:
            start = Trial(0.0, loss, slope, gradient)
            t, loss, _, gradient = _search(objective, start, d, t, options)
            state["t"] = t
            objective.move(d, t)
        else:
            objective.move(d, t)
            if left:  # the loss after the last step is computed by the next call of `step`
                _, loss, gradient = objective.evaluate()
        if (
            objective.evaluations >= options["max_eval"]
            or largest(gradient) <= options["tolerance_grad"]
            or largest(d) * abs(t) <= tolerance
            or abs(loss - state["prev_loss"]) < tolerance
        ):
            break


def _choose_direction(
    loss: float, gradient: Tensor, state: LBFGSState, options: LBFGSOptions
) -> tuple[Tensor, float]:
    """Return a direction and the first length to try, and write both into the state."""
    state["n_iter"] += 1
    t = number(options["lr"])
    if state["n_iter"] == 1:
        memory = Memory([], [], [], 1.0)
        # The scale of the loss is not known yet.
        t /= max(1.0, reductions.norm(gradient, 1.0).item())
    else:
        y = mul(state["prev_flat_grad"], -1.0).add_(gradient)
        s = mul(state["d"], number(state["t"]))
        memory = remember(_memory(state), y, s, options["history_size"])
    state["d"], state["t"] = direction(gradient, memory), t
    state["old_dirs"], state["old_stps"] = memory.changes, memory.steps
    state["ro"], state["H_diag"] = [*memory.inverses], memory.scale
    state["prev_flat_grad"], state["prev_loss"] = gradient, loss
    return state["d"], t


def _memory(state: LBFGSState) -> Memory:
    inverses = [number(inverse) for inverse in state["ro"]]
    return Memory(state["old_dirs"], state["old_stps"], inverses, number(state["H_diag"]))


def _search(
    objective: Objective[Loss], start: Trial, d: Tensor, t: float, options: LBFGSOptions
) -> Trial:
    if options["line_search_fn"] != "strong_wolfe":
        raise RuntimeError(
            f"only 'strong_wolfe' is supported, or None, but line_search_fn is "
            f"{options['line_search_fn']!r}"
        )
    line = Line(objective.along(d), options["max_eval"] - objective.evaluations + 1)
    return strong_wolfe(line, start, t, options["tolerance_change"] / largest(d))
