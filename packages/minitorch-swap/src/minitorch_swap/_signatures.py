"""Comparing signatures: whether one accepts every call that another allows."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import Parameter, Signature


def plain(signature: Signature, *, bound: bool) -> Signature:
    """Return `signature` without annotations, and without `self` if `bound`."""
    parameters = [p.replace(annotation=Parameter.empty) for p in signature.parameters.values()]
    if bound and parameters and parameters[0].kind is not Parameter.VAR_POSITIONAL:
        del parameters[0]
    return Signature(parameters)


def call_problem(expected: Signature, found: Signature) -> str | None:
    """Return a call that `expected` allows and `found` does not, as text, or None.

    The value of each argument is the name of its parameter: so one sees to which parameter of
    `found` it goes, and the call as text reads like the signature.
    """
    by_any_way = {
        name for name, p in expected.parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD
    }
    for positional, named in _calls(expected):
        try:
            arguments = found.bind(*positional, **named).arguments
        except TypeError:
            shown = ", ".join([*positional, *(f"{name}=..." for name in named)])
            return f"can't be called with ({shown})"
        for name, meant in arguments.items():
            if name != meant and isinstance(meant, str) and meant in by_any_way:
                return f"has {name!r} in the place of {meant!r}"
    return None


def _calls(signature: Signature) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Yield calls that `signature` allows: with and without defaults, by position and by name."""
    parameters = list(signature.parameters.values())
    for wanted in ([p for p in parameters if p.default is p.empty], parameters):
        for by_name in (False, True):
            positional: list[str] = []
            named: dict[str, str] = {}
            for p in wanted:
                if p.kind is p.KEYWORD_ONLY or (by_name and p.kind is p.POSITIONAL_OR_KEYWORD):
                    named[p.name] = p.name
                elif p.kind is p.VAR_POSITIONAL:
                    positional += [] if by_name else [p.name, p.name]
                elif p.kind is not p.VAR_KEYWORD:
                    positional.append(p.name)
            yield positional, named
