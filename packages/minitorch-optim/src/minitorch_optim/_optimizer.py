"""The base of all optimizers: groups, gradients, saving and loading, and the step."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from minitorch_autograd import Tensor, enable_grad, no_grad

from ._bundles import GroupLoop
from ._groups import ParamGroup, ParamsT, StateDict
from ._rule import Rule, with_tensors
from ._saving import matched, own_tensors, saved

R = TypeVar("R")
if TYPE_CHECKING:
    # With defaults, so that `Optimizer` alone is a type: it is what a training loop takes. Type
    # checkers know this module whether it is installed or not.
    from typing_extensions import TypeVar as TypeVarWithDefault

    Group_co = TypeVarWithDefault("Group_co", bound=ParamGroup, default=ParamGroup, covariant=True)
    State_co = TypeVarWithDefault(
        "State_co", bound=Mapping[str, object], default=Mapping[str, object], covariant=True
    )
else:
    Group_co = TypeVar("Group_co", covariant=True)
    State_co = TypeVar("State_co", covariant=True)


class Optimizer(Generic[Group_co, State_co]):
    """Changes parameters by their gradients.

    A subclass names its options and hands over its `Rule`; the loop is here. (One that doesn't
    update parameter by parameter overrides `step`.)

    Args:
        params: the parameters, or groups of them: mappings with `"params"` and options of their
            own. At least one.
        defaults: the options of groups that don't say otherwise, by name.
        rule: how a parameter is updated.

    Attributes:
        param_groups: a record for each group; its options, such as `group["lr"]`, may be changed
            between steps.
        state: a record for each parameter that was updated.

    Raises:
        TypeError: if `params` are not tensors, or groups of tensors, in an order.
        ValueError: if there are none, one isn't a leaf or is in two groups, or an option is out
            of its range.

    Source: https://docs.pytorch.org/docs/stable/optim.html
    """

    param_groups: list[Group_co]
    state: dict[Tensor, State_co]

    def __init__(
        self,
        params: ParamsT,
        defaults: Mapping[str, object],
        rule: Rule[Group_co, State_co] | None = None,
    ) -> None:
        self.defaults = dict(defaults)
        self.param_groups = []
        self.state = {}
        self._rule = rule
        self._loops: list[GroupLoop[Group_co, State_co]] = []
        self._steps = 0  # how often `step` was called: schedules ask
        if isinstance(params, Tensor) or not isinstance(params, Iterable):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, "
                f"but got {type(params).__name__}"
            )
        given = list(params)
        if not given:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(given[0], Mapping):
            given = [{"params": given}]
        for group in given:
            if not isinstance(group, Mapping):
                raise TypeError(f"param_group must be a dict, but got {type(group).__name__}")
            self.add_param_group(group)

    def __repr__(self) -> str:
        lines = [f"{type(self).__name__} ("]
        for i, group in enumerate(self.param_groups):
            lines.append(f"Parameter Group {i}")
            options = sorted((name, value) for name, value in group.items() if name != "params")
            lines += [f"    {name}: {value}" for name, value in options]
        return "\n".join([*lines, ")"])

    def add_param_group(self, param_group: Mapping[str, object]) -> None:
        """Take more parameters: `{"params": [w, b], "lr": 0.1}`, the rest from the defaults."""
        params = _leaves(param_group["params"])
        if len(set(params)) != len(params):
            warnings.warn(
                "optimizer contains a parameter group with duplicate parameters: "
                "each is updated as often as it is there",
                stacklevel=3,
            )
        if any(not set(params).isdisjoint(group["params"]) for group in self.param_groups):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(self._checked({**self.defaults, **param_group, "params": params}))

    def _checked(self, group: Mapping[str, object]) -> Group_co:
        # Where a caller's words become typed options: the rule looks at each.
        options: Group_co = group  # type: ignore[assignment]
        if self._rule is not None:
            self._rule.check(options)
        return options

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients, or overwrite them with zeros."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if set_to_none:
                    parameter.grad = None
                elif parameter.grad is not None:
                    parameter.grad = parameter.grad.detach()
                    with no_grad():
                        parameter.grad.zero_()

    @overload
    def step(self, closure: None = None) -> None: ...
    @overload
    def step(self, closure: Callable[[], R]) -> R: ...
    def step(self, closure: Callable[[], R] | None = None) -> R | None:
        """Update every parameter that has a gradient.

        Args:
            closure: computes the loss and its gradients anew, with recording on.

        Returns:
            What `closure` returned.
        """
        if self._rule is None:
            raise NotImplementedError(
                f"{type(self).__name__}: an optimizer needs a rule, or a `step` of its own"
            )
        self._steps += 1
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        with no_grad():
            for i, group in enumerate(self.param_groups):
                if i == len(self._loops) or not self._loops[i].fits(group["params"]):
                    self._end_loops(i)
                    self._loops.append(GroupLoop(group["params"], self._rule, self.state))
                self._loops[i].step(group)
        return loss

    def _end_loops(self, first: int = 0) -> None:
        for loop in self._loops[first:]:
            loop.end()
        del self._loops[first:]

    def state_dict(self) -> StateDict:
        """Return the options and states, in torch's layout; the tensors themselves, not copies."""
        return saved(self.param_groups, self.state)

    def load_state_dict(self, state_dict: StateDict) -> None:
        """Go on from what `state_dict` returned: its options, and copies of its states.

        Parameters are matched by their order; elements are cast to the type of the parameter.

        Raises:
            ValueError: if the groups differ in number or in length, or an option is out of range.
        """
        parameters = matched(self.param_groups, state_dict)
        options = zip(self.param_groups, state_dict["param_groups"], strict=True)
        groups = [self._checked({**old, **new, "params": old["params"]}) for old, new in options]
        states = {
            parameters[number]: self._restored(parameters[number], state)
            for number, state in state_dict["state"].items()
        }
        self._loops.clear()
        self.param_groups[:] = groups
        self.state.clear()
        self.state.update(states)

    def _restored(self, parameter: Tensor, state: Mapping[str, object]) -> State_co:
        tensors = own_tensors(parameter, state)
        if self._rule is None:
            return {**state, **tensors}  # type: ignore[return-value]  # as it was saved
        return with_tensors(self._rule.start(parameter), tensors)


def _leaves(params: object) -> list[Tensor]:
    """Return the tensors in `params`, each of which can be optimized."""
    if isinstance(params, Tensor):
        params = [params]
    if isinstance(params, (set, frozenset)) or not isinstance(params, Iterable):
        raise TypeError(
            "optimizer parameters need to be organized in ordered collections, but the ordering of "
            "tensors in sets will change between runs. Please use a list instead."
        )
    leaves = []
    for one in params:
        if not isinstance(one, Tensor):
            raise TypeError(
                "optimizer can only optimize Tensors, "
                f"but one of the params is {type(one).__name__}"
            )
        if not one.is_leaf:
            raise ValueError(
                f"can't optimize a non-leaf Tensor: one of shape {one.shape} was computed from "
                "others; make a parameter of it by detach().requires_grad_()"
            )
        leaves.append(one)
    return leaves
