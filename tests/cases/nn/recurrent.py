"""Recurrent networks, cells, and packed sequences."""

from __future__ import annotations

import importlib
from typing import Any

from tests.cases.case import case, quietly, refused, whole
from tests.cases.nn.module import ModuleCase, module

import minitorch

X = (3, 2, 2)  # T, N, I


def networks(name: str) -> list[ModuleCase]:
    """Make the cases that RNN, LSTM and GRU share."""

    def make(*options: Any, **named: Any) -> Any:
        return lambda nn: getattr(nn, name)(2, 3, *options, **named)

    def with_state(m: Any, x: Any, h: Any, c: Any) -> Any:
        return m(x, (h, c) if name == "LSTM" else h)

    def packed(m: Any, x: Any) -> Any:
        t = minitorch if isinstance(x, minitorch.Tensor) else importlib.import_module("torch")
        sequences = t.nn.utils.rnn.pack_padded_sequence(x, [1, 3], enforce_sorted=False)
        y, state = m(sequences)
        padded, lengths = t.nn.utils.rnn.pad_packed_sequence(y)
        return padded, lengths, state

    def packed_with_state(m: Any, x: Any, h: Any, c: Any) -> Any:
        t = minitorch if isinstance(x, minitorch.Tensor) else importlib.import_module("torch")
        sequences = t.nn.utils.rnn.pack_padded_sequence(x, [2, 3, 1], enforce_sorted=False)
        y, state = m(sequences, (h, c) if name == "LSTM" else h)
        return t.nn.utils.rnn.pad_packed_sequence(y)[0], state

    return [
        module(name, make(), X),
        module(name, make(bias=False), X),
        module(name, make(batch_first=True), (2, 3, 2)),
        module(name, make(), (3, 2)),
        module(name, make(num_layers=2, bidirectional=True), (2, 1, 2)),
        module(name, make(num_layers=2, dropout=0.5), (2, 1, 2)),
        module(name, make(), X, (1, 2, 3), (1, 2, 3), call=with_state),
        module(name, make(bidirectional=True), (3, 2), (2, 3), (2, 3), call=with_state),
        module(name, make(), X, call=packed),
        module(name, make(num_layers=2, bidirectional=True), X, call=packed),
        *[
            module(
                name,
                make(num_layers=layers, bidirectional=ways == 2),
                *((3, 3, 2), state, state),
                call=packed_with_state,
            )
            for layers, ways in [(1, 1), (1, 2), (2, 1), (2, 2)]
            for state in [(layers * ways, 3, 3)]
        ],
    ]


MODULES = [
    *networks("RNN"),
    *networks("GRU"),
    *networks("LSTM"),
    module("RNN", lambda nn: nn.RNN(2, 3, nonlinearity="relu"), X),
    # Torch warns that oneDNN has no projections.
    *[
        module("LSTM", make, (2, 1, 2), call=quietly(lambda m, x: m(x)))
        for make in (
            lambda nn: nn.LSTM(2, 3, proj_size=2, num_layers=2),
            lambda nn: nn.LSTM(2, 3, proj_size=1, bidirectional=True),
        )
    ],
    module(
        "LSTM",
        lambda nn: nn.LSTM(2, 3, proj_size=2, bidirectional=True),
        *(X, (2, 2, 2), (2, 2, 3)),
        call=quietly(lambda m, x, h, c: m(x, (h, c))),
    ),
    module("RNNCell", lambda nn: nn.RNNCell(2, 3), (2, 2)),
    module("RNNCell", lambda nn: nn.RNNCell(2, 3, nonlinearity="relu"), (2,), (3,)),
    module("GRUCell", lambda nn: nn.GRUCell(2, 3, bias=False), (2, 2), (2, 3)),
    module("GRUCell", lambda nn: nn.GRUCell(2, 3), (2,)),
    module(
        "LSTMCell",
        lambda nn: nn.LSTMCell(2, 3),
        (2, 2),
        (2, 3),
        (2, 3),
        call=lambda m, x, h, c: m(x, (h, c)),
    ),
    module("LSTMCell", lambda nn: nn.LSTMCell(2, 3, bias=False), (2,)),
]


PAD = "nn.utils.rnn."

CASES = [
    case(
        PAD + "pad_sequence",
        lambda t, x, y: t.nn.utils.rnn.pad_sequence([x, y], padding_value=9.0),
        (3, 2),
        (1, 2),
    ),
    case(
        PAD + "pad_sequence",
        lambda t, x, y: t.nn.utils.rnn.pad_sequence([x, y], True, padding_side="left"),
        (1,),
        (3,),
    ),
    case(
        PAD + "unpad_sequence",
        lambda t, x, n: tuple(t.nn.utils.rnn.unpad_sequence(x * 1, n)),
        (3, 2),
        whole([1, 3]),
    ),
    case(
        PAD + "pack_padded_sequence",
        lambda t, x: tuple(t.nn.utils.rnn.pack_padded_sequence(x, [3, 1])[:2]),
        (3, 2),
    ),
    case(
        PAD + "PackedSequence",
        lambda t, x: tuple(
            t.nn.utils.rnn.pack_padded_sequence(
                x, t.tensor([1, 3, 2]), batch_first=True, enforce_sorted=False
            )
        ),
        (3, 3, 2),
    ),
    case(
        PAD + "pad_packed_sequence",
        lambda t, x, y: t.nn.utils.rnn.pad_packed_sequence(
            t.nn.utils.rnn.pack_sequence([x, y], enforce_sorted=False), True, 5.0, 4
        ),
        (1, 2),
        (3, 2),
    ),
    case(
        PAD + "pack_sequence",
        lambda t, x, y: tuple(t.nn.utils.rnn.pack_sequence([x, y])[:2]),
        (3,),
        (1,),
    ),
    case(
        PAD + "unpack_sequence",
        lambda t, x, y: tuple(
            t.nn.utils.rnn.unpack_sequence(t.nn.utils.rnn.pack_sequence([x, y], False))
        ),
        (1, 2),
        (3, 2),
    ),
    case(
        PAD + "invert_permutation",
        lambda t, p: t.nn.utils.rnn.invert_permutation(p),
        whole([2, 0, 1]),
        first=False,
    ),
]


def network(name: str, *options: Any, **named: Any) -> Any:
    return quietly(lambda t: getattr(t.nn, name)(2, *options, **named))


def call(name: str, x: tuple[int, ...], *state: tuple[int, ...]) -> Any:
    def refuse(t: Any) -> Any:
        given = [t.zeros(shape) for shape in state]
        return getattr(t.nn, name)(2, 3)(t.zeros(x), *([tuple(given)] if len(given) > 1 else given))

    return refuse


ERRORS = [
    refused("LSTM", network("LSTM", 0), "hidden_size must be greater than zero", ValueError),
    refused("LSTM", network("LSTM", "a"), "hidden_size should be of type int, got: str", TypeError),
    refused("GRU", network("GRU", 2, 0), "num_layers must be greater than zero", ValueError),
    refused(
        "RNN",
        network("RNN", 2, dropout=1.5),
        "dropout should be a number in range [0, 1] representing the probability",
        ValueError,
    ),
    refused("LSTM", network("LSTM", 2, proj_size=-1), "proj_size should be a positive", ValueError),
    refused(
        "LSTM",
        network("LSTM", 2, proj_size=2),
        "proj_size has to be smaller than hidden_size",
        ValueError,
    ),
    refused(
        "GRU",
        network("GRU", 2, proj_size=1),
        "proj_size argument is only supported for LSTM, not RNN or GRU",
        ValueError,
    ),
    refused(
        "RNN",
        network("RNN", 2, nonlinearity="sine"),
        "Unknown nonlinearity 'sine'. Select from 'tanh' or 'relu'.",
        ValueError,
    ),
    refused(
        "LSTM",
        call("LSTM", (1, 1, 1, 2)),
        "LSTM: Expected input to be 2D or 3D, got 4D instead",
        ValueError,
    ),
    refused(
        "LSTM",
        call("LSTM", X, (1, 3), (1, 3)),
        "For batched 3-D input, hx and cx should also be 3-D but got (2-D, 2-D) tensors",
    ),
    refused(
        "GRU",
        call("GRU", X, (1, 3)),
        "For batched 3-D input, hx should also be 3-D but got 2-D tensor",
    ),
    refused(
        "GRU",
        call("GRU", (3, 2), (1, 2, 3)),
        "For unbatched 2-D input, hx should also be 2-D but got 3-D tensor",
    ),
    refused(
        "GRU",
        call("GRU", (3, 2, 4)),
        "input.size(-1) must be equal to input_size. Expected 2, got 4",
    ),
    refused("GRU", call("GRU", X, (1, 9, 3)), "Expected hidden size (1, 2, 3), got [1, 9, 3]"),
    refused(
        "LSTM",
        call("LSTM", X, (1, 2, 3), (1, 9, 3)),
        "Expected hidden[1] size (1, 2, 3), got [1, 9, 3]",
    ),
    refused("RNN", call("RNN", (0, 2, 2)), "Expected sequence length to be larger than 0 in RNN"),
    refused(
        "RNNCell",
        call("RNNCell", (1, 1, 2)),
        "RNNCell: Expected input to be 1D or 2D, got 3D instead",
        ValueError,
    ),
    refused(
        "GRUCell",
        call("GRUCell", (1, 2), (1, 1, 3)),
        "GRUCell: Expected hidden to be 1D or 2D, got 3D instead",
        ValueError,
    ),
    refused(
        "LSTMCell",
        call("LSTMCell", (1, 2), (1, 1, 3), (1, 3)),
        "LSTMCell: Expected hx[0] to be 1D or 2D, got 3D instead",
        ValueError,
    ),
    refused(
        "RNNCell",
        call("RNNCell", (1, 4)),
        "input has inconsistent input_size: got 4 expected 2",
    ),
    refused("GRUCell", call("GRUCell", (1, 2), (1, 4)), "hidden"),
    refused(
        "RNNCell",
        lambda t: t.nn.RNNCell(2, 3, nonlinearity="sine")(t.zeros(1, 2)),
        "Unknown nonlinearity: sine",
    ),
    refused(
        "pack_padded_sequence",
        lambda t: t.nn.utils.rnn.pack_padded_sequence(t.zeros(3, 2), [1, 3]),
        "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True",
    ),
    refused(
        "pack_padded_sequence",
        lambda t: t.nn.utils.rnn.pack_padded_sequence(t.zeros(3, 2), [3, 0]),
        "Length of all samples has to be greater than 0, but found an element in 'lengths' that "
        "is <= 0",
    ),
    refused(
        "pack_padded_sequence",
        lambda t: t.nn.utils.rnn.pack_padded_sequence(t.zeros(3, 2), [3, 1, 1]),
        "Expected `len(lengths)` to be equal to batch_size, but got 3 (batch_size=2)",
    ),
    refused(
        "pad_packed_sequence",
        lambda t: t.nn.utils.rnn.pad_packed_sequence(
            t.nn.utils.rnn.pack_sequence([t.zeros(3)]), total_length=2
        ),
        "Expected total_length to be at least the length of the longest sequence in input, but got "
        "total_length=2 and max sequence length being 3",
        ValueError,
    ),
    refused(
        "pad_sequence",
        lambda t: t.nn.utils.rnn.pad_sequence([t.zeros(2)], padding_side="up"),
        "Expected padding_side to be one of left or right, but got up.",
    ),
    refused("pad_sequence", lambda t: t.nn.utils.rnn.pad_sequence([]), "received an empty list"),
]
