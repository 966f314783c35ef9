"""The base class of optimizers: parameter groups, `step`, gradients, saving, loading, hooks."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from minitorch_autograd import Tensor, enable_grad, no_grad

from .group_loop import GroupLoop
from .groups import ParamGroup, ParamsT, StateDict
from .hooks import Hooks, RemovableHandle, hooked, register
from .parameters import groups_in, leaves_in
from .rule import Rule, with_tensors
from .state_dict import (
    build_state_dict,
    check_options_present,
    copied_lists,
    copied_options,
    copied_tensors,
    match_parameters,
)

R = TypeVar("R")
Group = TypeVar("Group")
State = TypeVar("State", bound=Mapping[str, object])
if TYPE_CHECKING:
    # With defaults, so that `Optimizer` alone is a type: it is what a training loop takes. Type
    # checkers know this module whether it is installed or not.
    from typing_extensions import TypeVar as TypeVarWithDefault

    from .hooks import PostHook, PreHook, StateDictHook, StateHook

    Group_co = TypeVarWithDefault("Group_co", bound=ParamGroup, default=ParamGroup, covariant=True)
    State_co = TypeVarWithDefault(
        "State_co", bound=Mapping[str, object], default=Mapping[str, object], covariant=True
    )
else:
    Group_co = TypeVar("Group_co", covariant=True)
    State_co = TypeVar("State_co", covariant=True)


class Optimizer(Generic[Group_co, State_co]):
    """Changes parameters by their gradients.

    A subclass passes its options and its `Rule`; the loop over the parameters is here. (A subclass
    that does not update parameter by parameter overrides `step`.)

    Args:
        params: the parameters, or pairs of a name and a parameter, such as `named_parameters()`,
            or groups of them: mappings with `"params"` and options of their own; at least one.
        defaults: the options by name, for groups that do not set them.
        rule: how a parameter is updated.

    Attributes:
        param_groups: a dict for each group; its options, such as `group["lr"]`, may be changed
            between steps.
        state: a dict for each parameter that was updated.

    Raises:
        TypeError: if `params` is not a list, or another ordered collection, of tensors or groups.
        ValueError: if there are none, one isn't a leaf or is in two groups, some have names and
            some have none, or an option is out of its range.

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
        self._hooks = Hooks()
        self._steps = 0  # how often `step` was called: schedules ask
        self._steps_unscheduled: int | None = None  # how often before there was a schedule
        for group in groups_in(params):
            self.add_param_group(group)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "step" in vars(cls):
            cls.step = hooked(cls.step)  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, object]:
        # A copy or a pickle does not keep views: states would no longer be parts of a bucket.
        self._end_loops()
        return vars(self)

    def __repr__(self) -> str:
        lines = [f"{type(self).__name__} ("]
        for i, group in enumerate(self.param_groups):
            lines.append(f"Parameter Group {i}")
            options = sorted((name, value) for name, value in group.items() if name != "params")
            lines += [f"    {name}: {value}" for name, value in options]
        return "\n".join([*lines, ")"])

    def add_param_group(self, param_group: Mapping[str, object]) -> None:
        """Add a group: `{"params": [w, b], "lr": 0.1}`; other options are the defaults."""
        if not isinstance(param_group, Mapping):
            raise TypeError(f"param_group must be a dict, but got {type(param_group).__name__}")
        params, names = leaves_in(param_group["params"])
        if len(set(params)) != len(params):
            warnings.warn(
                "optimizer contains a parameter group with duplicate parameters: "
                "each is updated as often as it is there",
                stacklevel=3,
            )
        group = {**self.defaults, **param_group, "params": params}
        if names:
            group["param_names"] = names
        for other in self.param_groups:
            if ("param_names" in group) != ("param_names" in other):
                raise ValueError(
                    "all optimizer param groups should be with/without names. cannot add param "
                    f"group {'with' if names else 'without'} names to the optimizer"
                )
            if not set(params).isdisjoint(other["params"]):
                raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(self._checked(group))

    def _checked(self, group: Mapping[str, object]) -> Group_co:
        # From here on the options have a type: the rule checks each.
        options: Group_co = group  # type: ignore[assignment]
        if self._rule is not None:
            self._rule.check(options)
        return options

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Set the gradients to None, or overwrite them with zeros."""
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
            closure: computes the loss and its gradients again, with gradients enabled.

        Returns:
            What `closure` returned.
        """
        if self._rule is None:
            raise NotImplementedError(
                f"{type(self).__name__}: an optimizer needs a rule, or a `step` of its own"
            )
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        with no_grad():
            for i, group in enumerate(self.param_groups):
                if i == len(self._loops) or not self._loops[i].fits(group["params"]):
                    self._end_loops(i)
                    self._loops.append(GroupLoop(group, self._rule, self.state))
                self._loops[i].step(group)
        return loss

    def _end_loops(self, first: int = 0) -> None:
        for loop in self._loops[first:]:
            loop.end()
        del self._loops[first:]

    def state_dict(self) -> StateDict:
        """Return the options and states, in torch's layout; the tensors themselves, not copies."""
        for pre_hook in list(self._hooks.state_dict_pre.values()):
            pre_hook(self)
        state_dict = build_state_dict(self.param_groups, self.state)
        for post_hook in list(self._hooks.state_dict_post.values()):
            changed = post_hook(self, state_dict)
            state_dict = state_dict if changed is None else changed
        return state_dict

    def load_state_dict(self, state_dict: StateDict) -> None:
        """Take over the options, and copies of the states, that `state_dict` returned.

        Parameters are matched by their order; elements are cast to the type of the parameter.

        Raises:
            ValueError: if the groups differ in number or in length, an option is out of range, or
                it is of another optimizer.
        """
        for pre_hook in list(self._hooks.load_pre.values()):
            changed = pre_hook(self, state_dict)
            state_dict = state_dict if changed is None else changed
        parameters = match_parameters(self.param_groups, state_dict)
        check_options_present(type(self).__name__, self.defaults, state_dict)
        options = zip(self.param_groups, state_dict["param_groups"], strict=True)
        groups = [
            self._checked({**old, **copied_options(new), "params": old["params"]})
            for old, new in options
        ]
        group_of = {p: group for group in groups for p in group["params"]}
        states = {
            p: _loaded_state(self._rule, p, group_of[p], state_dict["state"][key])
            for key, p in parameters.items()
            if key in state_dict["state"]
        }
        self._loops.clear()
        self.param_groups[:] = groups
        self.state.clear()
        self.state.update(states)
        for post_hook in list(self._hooks.load_post.values()):
            post_hook(self)

    def register_step_pre_hook(self, hook: PreHook) -> RemovableHandle:
        """Let `hook(optimizer, args, kwargs)` be called before each step.

        The optimizer is the first of `args`, too. If the hook returns a pair, these are the args
        and kwargs of the step.
        """
        return register(self._hooks.step_pre, hook)

    def register_step_post_hook(self, hook: PostHook) -> RemovableHandle:
        """Let `hook(optimizer, args, kwargs)` be called after each step."""
        return register(self._hooks.step_post, hook)

    def register_state_dict_pre_hook(
        self, hook: StateHook, prepend: bool = False
    ) -> RemovableHandle:
        """Let `hook(optimizer)` be called before `state_dict`; `prepend`: first of all hooks."""
        return register(self._hooks.state_dict_pre, hook, prepend)

    def register_state_dict_post_hook(
        self, hook: StateDictHook, prepend: bool = False
    ) -> RemovableHandle:
        """Let `hook(optimizer, state_dict)` change or replace what `state_dict` returns."""
        return register(self._hooks.state_dict_post, hook, prepend)

    def register_load_state_dict_pre_hook(
        self, hook: StateDictHook, prepend: bool = False
    ) -> RemovableHandle:
        """Let `hook(optimizer, state_dict)` change or replace what is about to be loaded."""
        return register(self._hooks.load_pre, hook, prepend)

    def register_load_state_dict_post_hook(
        self, hook: StateHook, prepend: bool = False
    ) -> RemovableHandle:
        """Let `hook(optimizer)` be called when a state has been loaded."""
        return register(self._hooks.load_post, hook, prepend)


def _loaded_state(
    rule: Rule[Group, State] | None, parameter: Tensor, group: Group, state: Mapping[str, object]
) -> State:
    tensors = copied_tensors(parameter, state)
    if rule is None:
        lists = copied_lists(parameter, state)
        return {**state, **tensors, **lists}  # type: ignore[return-value]  # as it was saved
    start = rule.start(parameter, group)
    missing = [name for name in start if name not in state and not name.startswith("_")]
    if missing:
        raise ValueError(
            f"loaded state dict is of another optimizer: the state of a parameter has no {missing}"
        )
    return with_tensors(start, tensors)


Optimizer.step = hooked(Optimizer.step)  # type: ignore[assignment]
