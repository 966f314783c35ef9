"""The base of all layers and models.

Theory of operation. A module's parameters, buffers and submodules are ordinary attributes, so that
a type checker and a debugger see what is there. The module finds them by looking at itself:
a `Parameter` is a parameter, a `Module` a submodule, and a tensor is a buffer if it was announced
by `register_buffer`. Their names are their paths: `encoder.0.weight`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, ParamSpec, Protocol, Self, TypeVar

from minitorch_autograd import Tensor, no_grad
from minitorch_autograd import dtype as element_type

from ..common.argument_types import refuse_misfits
from ..common.extensions import types
from .casting import Caster, casting
from .dictionaries import AttributeDict
from .global_hooks import REGISTRATIONS, registered
from .hook_methods import HasHooks
from .hooks import Hooks, call
from .load_state_dict import EXTRA, IncompatibleKeys, load
from .parameter import Buffer, Parameter, Uninitialized

__all__ = ["Module"]

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)


class HasForward(Protocol[P, R_co]):
    """What makes a module callable: calls are typed as its `forward` is."""

    _hooks: Hooks | None

    def forward(self, *args: P.args, **kwargs: P.kwargs) -> R_co: ...


def _no_forward(self: Module, *_: object) -> object:
    raise NotImplementedError(
        f'Module [{type(self).__name__}] is missing the required "forward" function'
    )


class Module(HasHooks):
    """The base class of layers and models: assign parameters and modules, define `forward`.

    >>> class Scale(Module):
    ...     def __init__(self) -> None:
    ...         super().__init__()
    ...         self.factor = Parameter(tensor(2.0))
    """

    # The names that a state dict may lack: of buffers that were added later.
    _may_lack: ClassVar[frozenset[str]] = frozenset()

    training: bool
    _persistent: dict[str, bool]  # the names of buffers, and whether each is in the state dict
    _absent: set[str]  # the names of parameters that are None for now

    def __init__(self) -> None:
        # Not by assignment: that asks whether this was done.
        vars(self).update(training=True, _persistent={}, _absent=set())

    # Each module defines its own; with the type of any function, so that each may.
    forward: Callable[..., object] = _no_forward

    def __call__(self: HasForward[P, R_co], *args: P.args, **kwargs: P.kwargs) -> R_co:
        try:
            if self._hooks is None:
                return self.forward(*args, **kwargs)
            result: R_co = call(self, self._hooks, args, kwargs)
        except Exception as error:
            kind = type(self)
            if kind.__module__.startswith("minitorch_nn."):  # of others the annotations may err
                refuse_misfits(kind.forward, kind.__name__, (self, *args), kwargs, error)
            raise
        return result

    # --- What belongs to it

    @property
    def _parameters(self) -> AttributeDict[Parameter | None]:
        own, absent = vars(self), self._absent
        return AttributeDict(
            own,
            lambda name: name in absent or isinstance(own.get(name), Parameter),
            self.register_parameter,
            self.__delattr__,
        )

    @property
    def _buffers(self) -> AttributeDict[Tensor | None]:
        own, known = vars(self), self._persistent
        return AttributeDict(own, known.__contains__, self._put_buffer, self.__delattr__)

    @property
    def _non_persistent_buffers_set(self) -> set[str]:
        return {name for name, persistent in self._persistent.items() if not persistent}

    @property
    def _modules(self) -> AttributeDict[Module | None]:
        own = vars(self)
        return AttributeDict(
            own,
            lambda name: isinstance(own.get(name), Module),
            self.add_module,
            self.__delattr__,
        )

    def _put_buffer(self, name: str, tensor: Tensor | None) -> None:
        self.register_buffer(name, tensor, self._persistent.get(name, True))

    def __setattr__(self, name: str, value: object) -> None:
        own = vars(self)
        if "_persistent" not in own:
            kind = type(value).__name__
            if isinstance(value, (Parameter, Module)):
                raise AttributeError(
                    f"cannot assign {kind} before Module.__init__() call: "
                    f"{type(self).__name__}.__init__ must begin with super().__init__()"
                )
        elif name in own["_persistent"] and not (value is None or isinstance(value, Tensor)):
            raise TypeError(
                f"cannot assign '{type(value).__name__}' as buffer '{name}' "
                "(torch.nn.Buffer, torch.Tensor or None expected)"
            )
        elif isinstance(value, Buffer):
            own["_persistent"][name] = value.persistent
        elif isinstance(own.get(name), Parameter) and not isinstance(value, Parameter):
            if value is not None:
                raise TypeError(
                    f"cannot assign '{type(value).__name__}' as parameter '{name}' "
                    "(torch.nn.Parameter or None expected)"
                )
            self._absent.add(name)
        if REGISTRATIONS:
            value = self._after_hooks(name, value)
        object.__setattr__(self, name, value)

    def _after_hooks(self, name: str, value: object) -> object:
        """Return `value` as the hooks of registrations want it, if it is one."""
        own = vars(self)
        if isinstance(value, Parameter):
            return registered(self, name, value, "parameter")
        if isinstance(value, Module) or isinstance(own.get(name), Module):
            return registered(self, name, value, "module")
        if name in own.get("_persistent", ()):
            return registered(self, name, value, "buffer")
        return value

    def __delattr__(self, name: str) -> None:
        object.__delattr__(self, name)
        self._persistent.pop(name, None)
        self._absent.discard(name)

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Add a parameter under `name`; None says that there is none for now."""
        known = name in self._absent or isinstance(vars(self).get(name), Parameter)
        self._refuse_name(name, known)
        if param is None:
            self._absent.add(name)
        elif not isinstance(param, Parameter):
            raise TypeError(
                f"cannot assign '{type(param).__name__}' object to parameter '{name}' "
                "(torch.nn.Parameter or None required)"
            )
        setattr(self, name, param)

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Add a tensor that is part of the state but is not trained.

        Args:
            name: its name, which is then an attribute.
            tensor: its value.
            persistent: whether it is in the state dict.
        """
        self._refuse_name(name, name in self._persistent)
        if not (tensor is None or isinstance(tensor, Tensor)):
            raise TypeError(
                f"cannot assign '{type(tensor).__name__}' object to buffer '{name}' "
                "(torch Tensor or None required)"
            )
        self._persistent[name] = persistent
        setattr(self, name, tensor)

    def add_module(self, name: str, module: Module | None) -> None:
        """Add a submodule under `name`."""
        known = name in vars(self) and isinstance(vars(self)[name], Module | None)
        self._refuse_name(name, known)
        if not (module is None or isinstance(module, Module)):
            raise TypeError(f"{type(module).__name__} is not a Module subclass")
        setattr(self, name, module)

    def register_module(self, name: str, module: Module | None) -> None:
        """Same as `add_module`."""
        self.add_module(name, module)

    def _refuse_name(self, name: str, known: bool) -> None:
        """Raise the error of a name that cannot be, or that is something else's."""
        if "." in name:
            raise KeyError(f'name can\'t contain ".", got: {name}')
        if not name:
            raise KeyError('name can\'t be empty string ""')
        if hasattr(self, name) and not known:
            raise KeyError(f"attribute '{name}' already exists")

    def _named_attributes(self) -> list[tuple[str, Module]]:
        return [(name, value) for name, value in vars(self).items() if isinstance(value, Module)]

    # --- Looking through it

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """Yield the direct submodules with their names; one that has two names, once."""
        seen: set[Module] = set()
        for name, value in vars(self).items():
            if isinstance(value, Module) and value not in seen:
                seen.add(value)
                yield name, value

    def children(self) -> Iterator[Module]:
        """Yield the direct submodules."""
        return (child for _, child in self.named_children())

    def named_modules(
        self, memo: set[Module] | None = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Module]]:
        """Yield this module and all below it with their paths; one that has two, once."""
        seen = set() if memo is None else memo
        waiting: list[tuple[str, Module]] = [(prefix, self)]
        while waiting:
            path, module = waiting.pop()
            if module not in seen:
                if remove_duplicate:
                    seen.add(module)
                yield path, module
                waiting += [
                    (f"{path}.{name}" if path else name, child)
                    for name, child in reversed(module._named_attributes())
                ]

    def modules(self) -> Iterator[Module]:
        """Yield this module and all below it, each once."""
        return (module for _, module in self.named_modules())

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """Yield the parameters with their paths; one that has two paths, once."""
        seen: set[int] = set()
        for path, module in self._holders(prefix, recurse, remove_duplicate):
            for name, value in vars(module).items():
                if isinstance(value, Parameter) and id(value) not in seen:
                    if remove_duplicate:
                        seen.add(id(value))
                    yield path + name, value

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """Yield the parameters, each once."""
        return (parameter for _, parameter in self.named_parameters(recurse=recurse))

    def named_buffers(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Tensor]]:
        """Yield the buffers with their paths; one that has two paths, once."""
        seen: set[int] = set()
        for path, module in self._holders(prefix, recurse, remove_duplicate):
            for name in module._persistent:
                value = vars(module).get(name)
                if isinstance(value, Tensor) and id(value) not in seen:
                    if remove_duplicate:
                        seen.add(id(value))
                    yield path + name, value

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """Yield the buffers, each once."""
        return (buffer for _, buffer in self.named_buffers(recurse=recurse))

    def _holders(
        self, prefix: str, recurse: bool, remove_duplicate: bool
    ) -> Iterator[tuple[str, Module]]:
        """Return the modules to look at, each with what its names begin with."""
        own = iter([(prefix, self)])
        modules = self.named_modules(None, prefix, remove_duplicate) if recurse else own
        return ((f"{path}." if path else "", module) for path, module in modules)

    def get_submodule(self, target: str) -> Module:
        """Return the module at a path such as `encoder.0`; of the empty path, this one."""
        module = self
        for name in target.split(".") if target else []:
            inner = vars(module).get(name)
            if not isinstance(inner, Module):
                raise AttributeError(f"{type(module).__name__} has no attribute `{name}`")
            module = inner
        return module

    def get_parameter(self, target: str) -> Parameter:
        """Return the parameter at a path such as `encoder.0.weight`."""
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        parameter = vars(module).get(name)
        if not isinstance(parameter, Parameter):
            raise AttributeError(f"{type(module).__name__} has no attribute `{name}`")
        return parameter

    def get_buffer(self, target: str) -> Tensor:
        """Return the buffer at a path such as `encoder.0.running_mean`."""
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        buffer = vars(module).get(name)
        if name not in vars(module):
            raise AttributeError(f"{type(module).__name__} has no attribute `{name}`")
        if name not in module._persistent or not isinstance(buffer, Tensor):
            raise AttributeError(f"`{name}` is not a buffer")
        return buffer

    def set_submodule(self, target: str, module: Module) -> None:
        """Put a module at a path such as `encoder.0`.

        Raises:
            ValueError: if the path is empty, or `module` is no module.
            AttributeError: if what is above it is not there.
        """
        path, _, name = target.rpartition(".")
        if not name:
            raise ValueError("Cannot set the submodule without a target name!")
        if not isinstance(module, Module):
            raise ValueError(f"`{name}` is not an nn.Module, got {type(module)}")
        setattr(self.get_submodule(path), name, module)

    # --- Its state

    def _own_state(self) -> Iterator[tuple[str, Tensor]]:
        """Yield the parameters and persistent buffers that are attributes of this module."""
        own = vars(self)
        for name, value in own.items():
            if isinstance(value, Parameter):
                yield name, value
        for name, persistent in self._persistent.items():
            value = own[name]
            if persistent and isinstance(value, Tensor):
                yield name, value

    def get_extra_state(self) -> object:
        """Return what else belongs into the state dict; a module that has it defines both."""
        raise RuntimeError("a module without extra state was asked for it")

    def set_extra_state(self, state: object) -> None:
        """Restore what `get_extra_state` gave."""
        raise RuntimeError("a module without extra state was given one")

    def _has_extra_state(self) -> bool:
        return type(self).get_extra_state is not Module.get_extra_state

    def state_dict(
        self,
        destination: OrderedDict[str, Tensor] | None = None,
        prefix: str = "",
        keep_vars: bool = False,
    ) -> OrderedDict[str, Tensor]:
        """Return all parameters and persistent buffers by path; they share this module's memory.

        Args:
            destination: what they are added to; a new dictionary by default.
            prefix: what all paths begin with.
            keep_vars: whether to return the parameters themselves, with their gradients.
        """
        state: OrderedDict[str, Any] = OrderedDict() if destination is None else destination
        for hook in self._hooks.state_dict_pre.values() if self._hooks else ():
            hook(self, prefix, keep_vars)
        for name, value in self._own_state():
            whole = keep_vars or isinstance(value, Uninitialized)
            state[prefix + name] = value if whole else value.detach()
        if self._has_extra_state():
            state[prefix + EXTRA] = self.get_extra_state()
        for name, child in self._named_attributes():
            child.state_dict(state, f"{prefix}{name}.", keep_vars)
        for hook in self._hooks.state_dict_post.values() if self._hooks else ():
            hook(self, state, prefix, {})
        return state

    def load_state_dict(
        self, state_dict: Mapping[str, Tensor], strict: bool = True, assign: bool = False
    ) -> IncompatibleKeys:
        """Copy the tensors of `state_dict` into this module's parameters and buffers.

        Args:
            state_dict: tensors by path, as `state_dict()` gives them.
            strict: whether missing and unexpected keys are errors.
            assign: whether the tensors themselves take the place of those that are there, with
                their element types.

        Returns:
            The missing and the unexpected keys.

        Raises:
            RuntimeError: listing all that does not match; nothing is copied then.
            TypeError: if it is no mapping.

        Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.load_state_dict
        """
        may_lack = {
            f"{path}.{name}" if path else name
            for path, module in self.named_modules()
            for name in module._may_lack
        }
        return load(self, state_dict, strict, assign, may_lack)

    # --- Changing it

    def apply(self, fn: Callable[[Module], object]) -> Self:
        """Call `fn` with every module, the inner ones first; return this module."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def train(self, mode: bool = True) -> Self:
        """Put all modules into training mode (or evaluation mode); return this module."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        for module in self.modules():
            module.training = mode
        return self

    def eval(self) -> Self:
        """Put all modules into evaluation mode; return this module."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Let all parameters track gradients, or not; return this module."""
        for parameter in self.parameters():
            parameter.requires_grad = requires_grad
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Drop the gradients of all parameters, or write zeros into them."""
        for parameter in self.parameters():
            if set_to_none:
                parameter.grad = None
            elif parameter.grad is not None:
                with no_grad():
                    parameter.grad.mul_(0.0)

    def to(self, *args: object, **kwargs: object) -> Self:
        """Cast all floating-point parameters and buffers; return this module.

        The parameters stay the same objects, so that optimizers and shared weights go on.

        Args:
            *args: as torch has it: an element type, a device (the CPU), both, or a tensor whose
                type is meant; or `dtype=` and `device=`.
            **kwargs: these two, and `non_blocking`, which changes nothing.

        Raises:
            TypeError: for an element type that is no floating one, or other arguments.
            RuntimeError: for another device than the CPU.
        """
        return self._cast(casting(args, kwargs))

    def float(self) -> Self:
        """Cast all floating-point parameters and buffers to float32; return this module."""
        return self.to(types.float32)

    def double(self) -> Self:
        """Cast all floating-point parameters and buffers to float64; return this module."""
        return self.to(types.float64)

    def half(self) -> Self:
        """Cast all floating-point parameters and buffers to float16; return this module."""
        return self.to(types.float16)

    def cpu(self) -> Self:
        """Return this module: it is there."""
        return self

    def type(self, dst_type: element_type) -> Self:
        """Cast all parameters and buffers, integers too; return this module."""
        return self._cast(lambda x: x.to(dst_type))

    def _cast(self, cast: Caster) -> Self:
        done: set[int] = set()  # parameters that have two places are cast once
        for module in self.modules():
            for name, value in list(vars(module).items()):
                if isinstance(value, Parameter) and id(value) not in done:
                    done.add(id(value))
                    value.data = cast(value.detach())
                    if value.grad is not None:
                        value.grad = cast(value.grad)
                elif name in module._persistent and isinstance(value, Tensor):
                    object.__setattr__(module, name, cast(value))
        return self

    # --- As text

    def extra_repr(self) -> str:
        """Return what the text of this module says between its brackets."""
        return ""

    def __repr__(self) -> str:
        extra = self.extra_repr()
        children = [
            f"({name}): " + repr(child).replace("\n", "\n  ")
            for name, child in self._named_attributes()
        ]
        extra_lines = extra.split("\n") if extra else []
        if not children and len(extra_lines) < 2:
            return f"{type(self).__name__}({extra})"
        return f"{type(self).__name__}(\n  " + "\n  ".join([*extra_lines, *children]) + "\n)"
