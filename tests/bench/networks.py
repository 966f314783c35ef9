"""Networks and their fused operations: one training step of each, and inference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from typing import Any

from tests.bench.cases import Call, Case, Torch
from tests.bench.timing import Times

REACH = 1.3  # of the geometric mean
WORST = 2.5  # of any


@dataclass(frozen=True)
class Network:
    """A network to time.

    Attributes:
        name: what the rows are called.
        make: returns a module (or a function with `parameters`) and its inputs.
    """

    name: str
    make: Callable[[Torch], tuple[Any, tuple[Any, ...]]]


def lenet(torch: Torch) -> tuple[Any, tuple[Any, ...]]:
    """LeNet at batch 64, with cross entropy."""
    nn = torch.nn
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )
    return model, (torch.rand(64, 1, 28, 28),)


def residual(torch: Torch) -> tuple[Any, tuple[Any, ...]]:
    """Return a residual network of three blocks on 32x32 images, at batch 32."""
    nn = torch.nn

    class Block(nn.Module):  # type: ignore[name-defined,misc]  # either module's
        def __init__(self, inputs: int, outputs: int, stride: int) -> None:
            super().__init__()
            self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
            self.norm1 = nn.BatchNorm2d(outputs)
            self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
            self.norm2 = nn.BatchNorm2d(outputs)
            self.short = nn.Conv2d(inputs, outputs, 1, stride, bias=False)

        def forward(self, x: Any) -> Any:
            y = torch.relu(self.norm1(self.first(x)))
            return torch.relu(self.norm2(self.second(y)) + self.short(x))

    model = nn.Sequential(
        nn.Conv2d(3, 16, 3, 1, 1, bias=False),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        Block(16, 16, 1),
        Block(16, 32, 2),
        Block(32, 64, 2),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(64, 10),
    )
    return model, (torch.rand(32, 3, 32, 32),)


def lstm(torch: Torch) -> tuple[Any, tuple[Any, ...]]:
    """LSTM of 2 layers, hidden 128, length 64, batch 32."""
    model = torch.nn.LSTM(128, 128, num_layers=2)
    return model, (torch.rand(64, 32, 128),)


def gpt(torch: Torch) -> tuple[Any, tuple[Any, ...]]:
    """Return a GPT of 4 layers, width 128, 4 heads; length 64, batch 16."""
    nn = torch.nn

    class GPT(nn.Module):  # type: ignore[name-defined,misc]  # either module's
        def __init__(self) -> None:
            super().__init__()
            self.tokens, self.places = nn.Embedding(96, 128), nn.Embedding(64, 128)
            layer = nn.TransformerEncoderLayer(
                128, 4, 512, dropout=0.0, activation="gelu", batch_first=True, norm_first=True
            )
            self.layers = nn.TransformerEncoder(layer, 4, nn.LayerNorm(128), False)
            self.head = nn.Linear(128, 96)
            self.mask = nn.Transformer.generate_square_subsequent_mask(64)

        def forward(self, tokens: Any) -> Any:
            x = self.tokens(tokens) + self.places(torch.arange(64))
            return self.head(self.layers(x, self.mask, is_causal=True))

    return GPT(), (torch.randint(0, 96, (16, 64)),)


class Operation:
    """A function with parameters, as a module has them."""

    def __init__(self, call: Callable[..., Any], *parameters: Any) -> None:
        self._call = call
        self._parameters = parameters

    def __call__(self, *inputs: Any) -> Any:
        return self._call(*inputs)

    def parameters(self) -> list[Any]:
        return list(self._parameters)

    def train(self, mode: bool = True) -> None:
        """Do nothing: a function has no modes."""


def batch_norm(torch: Torch) -> tuple[Any, tuple[Any, ...]]:
    """Batch normalisation and ReLU of 32 images, 64 channels, 32x32."""
    model = torch.nn.Sequential(torch.nn.BatchNorm2d(64), torch.nn.ReLU())
    return model, (torch.rand(32, 64, 32, 32, requires_grad=True),)


def layer_norm(torch: Torch) -> tuple[Any, tuple[Any, ...]]:
    """Layer normalisation of 8,192 rows of 512."""
    return torch.nn.LayerNorm(512), (torch.rand(64, 128, 512, requires_grad=True),)


def cross_entropy(torch: Torch) -> tuple[Any, tuple[Any, ...]]:
    """Softmax cross entropy of 512 rows of 32,000 classes."""
    x = torch.rand(512, 32000, requires_grad=True)
    y = torch.randint(0, 32000, (512,))
    return Operation(torch.nn.functional.cross_entropy, x), (x, y)


def attention(torch: Torch) -> tuple[Any, tuple[Any, ...]]:
    """Attention of 4 heads at length 512, batch 4, width 32 a head."""
    q, k, v = (torch.rand(4, 4, 512, 32, requires_grad=True) for _ in range(3))
    return Operation(torch.nn.functional.scaled_dot_product_attention, q, k, v), (q, k, v)


NETWORKS = [
    Network("LeNet, batch 64", lenet),
    Network("residual network, 32 images of 32x32", residual),
    Network("LSTM, 2 layers of 128, length 64, batch 32", lstm),
    Network("GPT, 4 layers of 128, length 64, batch 16", gpt),
    Network("BatchNorm and ReLU, 32x64x32x32", batch_norm),
    Network("LayerNorm, 8192x512", layer_norm),
    Network("cross entropy, 512x32000", cross_entropy),
    Network("attention, length 512", attention),
]


def step(network: Network) -> Callable[[Torch], Call]:
    """Make a case of one training step: forward, backward and SGD."""

    def make(torch: Torch) -> Call:
        model, inputs = network.make(torch)
        optimizer = torch.optim.SGD(model.parameters(), lr=1e-9)

        def call() -> None:
            optimizer.zero_grad()
            output = model(*inputs)
            output = output[0] if isinstance(output, tuple) else output
            (output if not output.shape else (output * output).mean()).backward()
            optimizer.step()

        return call

    return make


def inference(network: Network) -> Callable[[Torch], Call]:
    """Make a case of one call in evaluation mode, unrecorded."""

    def make(torch: Torch) -> Call:
        model, inputs = network.make(torch)
        model.train(False)

        def call() -> None:
            with torch.no_grad():
                model(*inputs)

        return call

    return make


NETWORK_CASES = [
    Case(f"network: {network.name}, {what}", make(network), WORST)
    for network in NETWORKS
    for what, make in (("step", step), ("inference", inference))
]


def summary(measured: dict[Case, Times]) -> list[str]:
    """Return a line with the geometric mean of the ratios, and the largest."""
    rows = {case: times.ratio for case, times in measured.items() if case in NETWORK_CASES}
    if not rows:
        return []
    mean = exp(sum(map(log, rows.values())) / len(rows))
    worst = max(rows, key=lambda case: rows[case])
    return [
        f"networks: geometric mean {mean:.2f} (wanted {REACH}), worst {rows[worst]:.2f} (wanted "
        f"{WORST}): {worst.name}"
    ]
