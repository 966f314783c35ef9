"""The pytest options `--swap tensor=./my_tensor.py` and `--swap-unfinished`."""

from __future__ import annotations

import pytest

from ._finder import SwapError
from ._swap import FINDER, install, parse, print_report, report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    parser.addoption(
        "--swap",
        action="append",
        default=[],
        metavar="LAYER=PATH",
        help="serve a layer of MiniTorch (tensor, autograd, nn, optim) from PATH",
    )
    parser.addoption(
        "--swap-unfinished",
        action="store_true",
        help="do not ask that swapped layers meet their contracts: test what there is of them",
    )


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Make the swaps before a conftest imports a layer; those of the environment variable, too."""
    FINDER.announced = True  # by the header
    options = early_config.known_args_namespace
    try:
        layers = parse(",".join(options.swap)) if options.swap else {}
        install(layers, unfinished=options.swap_unfinished)
    except SwapError as error:
        raise pytest.UsageError(str(error)) from None


def pytest_configure(config: pytest.Config) -> None:
    """With -q there is no header, but the report is always printed."""
    if FINDER.sources and config.get_verbosity() < 0:
        print_report()


def pytest_report_header() -> list[str]:
    """Say which file each layer comes from, if any is swapped."""
    return [f"minitorch_swap: {line}" for line in report()] if FINDER.sources else []
