"""The import hook: it loads a layer from another file, or from another module.

Theory of operation. A *file* is loaded as the layer itself: it becomes `minitorch_tensor`, so its
relative imports and submodules work as they are. A *module* keeps its own name, and the layer's
name becomes an alias of it; so does the name of a file that has been imported already. In all cases
one file may be imported under two names, and two copies of a class would break `isinstance`: so
what is imported under an alias, submodules too, is imported under its real name, and the same
module object is returned.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Final

LAYERS: Final = ("tensor", "autograd", "nn", "optim")
IMPORT_NAMES: Final = tuple(f"minitorch_{layer}" for layer in LAYERS)


class SwapError(Exception):
    """A swap that can't be made; the text says why, and what to do."""

    __module__ = "minitorch_swap"  # as it is imported, and so printed

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.problems = problems  # all of them, where the text names the first few


class SwapFinder(MetaPathFinder):
    """Finds swapped layers; `loaded` is called with the name and the module of each, once."""

    def __init__(self, loaded: Callable[[str, ModuleType], None]) -> None:
        self.loaded = loaded
        self.sources: dict[str, Path | str] = {}  # layer's import name: its file, or a module name
        self.aliases: dict[str, str] = {}  # a name of a layer's file: the name it is loaded under
        self.error = ""  # why the start-up hook could not make the swaps
        self.unfinished = False  # whether layers need not meet their contracts
        self.announced = False  # whether the report is printed, or will be elsewhere

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a swapped layer, or of an alias of one; None for other modules."""
        if self.error and fullname in IMPORT_NAMES:
            raise SwapError(self.error)
        source = self.sources.get(fullname)
        if isinstance(source, Path):
            loaded_name = _loaded_name(source)
            if loaded_name is None or loaded_name == fullname:
                self.aliases.pop(fullname, None)
                return self._file_spec(fullname, source)
            self.aliases[fullname] = loaded_name
        elif source is not None:
            self.aliases[fullname] = source
        else:
            self._note_own_name(fullname, path)
        for alias, real in self.aliases.items():
            if fullname == alias or fullname.startswith(f"{alias}."):
                return self._alias_spec(fullname, real + fullname.removeprefix(alias))
        return None

    def _file_spec(self, layer: str, file: Path) -> ModuleSpec | None:
        return importlib.util.spec_from_file_location(
            layer,
            file,
            loader=_LayerLoader(layer, file, self.loaded),
            submodule_search_locations=[str(file.parent)] if file.name == "__init__.py" else None,
        )

    def _note_own_name(self, fullname: str, path: Sequence[str] | None) -> None:
        """Make `fullname` an alias if it is the ordinary name of the file of a layer."""
        for layer, source in self.sources.items():
            if isinstance(source, Path) and fullname.rpartition(".")[2] == _own_name(source):
                spec = PathFinder.find_spec(fullname, path)
                if spec and spec.origin and Path(spec.origin).resolve() == source:
                    self.aliases[fullname] = layer

    def _alias_spec(self, alias: str, real: str) -> ModuleSpec | None:
        try:
            spec = importlib.util.find_spec(real)
        except ModuleNotFoundError as error:
            if not f"{real}.".startswith(f"{error.name}."):
                raise  # raised by an import in a parent package
            spec = None
        if alias in IMPORT_NAMES and (spec is None or spec.origin is None):
            raise SwapError(
                f"{alias.removeprefix('minitorch_')}={real}: there is no module {real!r}; check "
                f"its name, or give a path, such as ./{real.replace('.', '/')}.py"
            )
        if spec is None:
            return None
        return importlib.util.spec_from_loader(
            alias, _AliasLoader(real, self.loaded), origin=spec.origin
        )


class _LayerLoader(SourceFileLoader):
    """Loads a layer from a file, and calls `loaded` to check it."""

    def __init__(self, name: str, file: Path, loaded: Callable[[str, ModuleType], None]) -> None:
        super().__init__(name, str(file))
        self.loaded = loaded

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        self.loaded(module.__name__, module)


class _AliasLoader(Loader):
    """Returns the module of another name."""

    def __init__(self, real: str, loaded: Callable[[str, ModuleType], None]) -> None:
        self.real = real
        self.loaded = loaded

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = importlib.import_module(self.real)
        self.own_spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        # It has run already. The import system has set the alias's spec: restore its own.
        alias, module.__spec__ = module.__spec__, self.own_spec
        # A module that is still being imported is checked when that is done.
        whole = not getattr(module.__spec__, "_initializing", False)
        if whole and alias is not None and alias.name in IMPORT_NAMES:
            self.loaded(alias.name, module)


def _own_name(file: Path) -> str:
    """Return the last part of the name by which `file` is imported where it is."""
    return file.parent.name if file.name == "__init__.py" else file.stem


def _loaded_name(file: Path) -> str | None:
    """Return the name under which `file` has been imported already, or None."""
    for name, module in sys.modules.items():
        if name.rpartition(".")[2] == _own_name(file):
            origin = getattr(module, "__file__", None)
            if origin is not None and Path(origin).resolve() == file:
                return name
    return None


def forget(name: str) -> None:
    """Unload the module `name` and its submodules, so that the next import runs them again."""
    for loaded in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
        del sys.modules[loaded]
