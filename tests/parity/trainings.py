"""Classic programs, each a training of 50 steps from nothing but a seed.

A program takes the module, `torch` or `minitorch`, and a seed. It draws its weights, its batches
and whatever else it needs from that seed, in the default element type, and returns the loss of
each step and what it drew or answered in the end.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.cases.case import Torch

import minitorch_data

STEPS = 50


class Run(NamedTuple):
    """What a training left."""

    losses: list[float]
    answers: list[int]  # whole numbers: letters drawn, classes seen, steps of an episode


@functools.cache
def digits() -> tuple[list[list[float]], list[int]]:
    """Return 320 handwritten digits of 8x8 pixels, as lists."""
    images, labels = minitorch_data.digits().tensors
    shown: Any = images[:320].tolist()
    answers: Any = labels[:320].tolist()
    return shown, answers


@functools.cache
def letters() -> list[int]:
    """Return first names one after the other, their letters from 1, between zeros."""
    known = minitorch_data.names()[::20]
    return [0] + [code for name in known for code in [*(ord(one) - 96 for one in name), 0]]


def step(optimizer: Any, loss: Any) -> float:
    """Take a step of an optimizer; return the loss."""
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return float(loss.item())


def forever(loader: Any) -> Iterator[Any]:
    """Go through a loader again and again: each time it is shuffled anew."""
    while True:
        yield from loader


def name_model(t: Torch, seed: int) -> Run:
    """Learn which letter follows three others, with weights and steps by hand; then draw some.

    Source: Bengio et al., "A Neural Probabilistic Language Model", 2003
    """
    F, g = t.nn.functional, t.Generator().manual_seed(seed)
    text = t.tensor(letters())
    inputs = t.stack([text[i : len(text) - 3 + i] for i in range(3)], 1)
    targets = text[3:]
    table = t.randn((27, 8), generator=g)
    w1 = t.randn((24, 40), generator=g) * (5 / 3 / 24**0.5)
    b1 = t.randn(40, generator=g) * 0.01
    w2 = t.randn((40, 27), generator=g) * 0.1
    b2 = t.zeros(27)
    parameters = [table, w1, b1, w2, b2]
    for one in parameters:
        one.requires_grad = True

    def scores(rows: Any) -> Any:
        return t.tanh(table[rows].view(-1, 24) @ w1 + b1) @ w2 + b2

    losses = []
    for _ in range(STEPS):
        chosen = t.randint(0, len(targets), (32,), generator=g)
        loss = F.cross_entropy(scores(inputs[chosen]), targets[chosen])
        for one in parameters:
            one.grad = None
        loss.backward()
        for one in parameters:
            one.data += -0.2 * one.grad
        losses.append(loss.item())
    written = [0, 0, 0]
    for _ in range(60):
        with t.no_grad():
            chances = F.softmax(scores(t.tensor([written[-3:]])), dim=1)
        written.append(int(t.multinomial(chances, 1, generator=g).item()))
    return Run(losses, written)


def gpt(t: Torch, seed: int) -> Run:
    """Train a GPT with dropout on windows drawn by `randint`; then let it write.

    Source: Radford et al., "Improving Language Understanding by Generative Pre-Training", 2018
    """
    nn, F = t.nn, t.nn.functional
    window, width, heads = 12, 24, 3

    class Block(nn.Module):  # type: ignore[misc, name-defined]  # of either module
        def __init__(self) -> None:
            super().__init__()
            self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
            self.qkv = nn.Linear(width, 3 * width, bias=False)
            self.project = nn.Linear(width, width)
            self.mlp = nn.Sequential(
                nn.Linear(width, 4 * width),
                nn.GELU(),
                nn.Linear(4 * width, width),
                nn.Dropout(0.1),
            )
            self.drop_looks, self.drop = nn.Dropout(0.1), nn.Dropout(0.1)
            self.register_buffer("earlier", t.tril(t.ones(window, window)))

        def forward(self, x: Any) -> Any:
            n, length, _ = x.shape
            query, key, value = (
                one.view(n, length, heads, width // heads).transpose(1, 2)
                for one in self.qkv(self.norm1(x)).split(width, dim=2)
            )
            looks = query @ key.transpose(-2, -1) * (width // heads) ** -0.5
            looks = looks.masked_fill(self.earlier[:length, :length] == 0, -math.inf)
            looks = self.drop_looks(F.softmax(looks, dim=-1))
            seen = (looks @ value).transpose(1, 2).contiguous().view(n, length, width)
            x = x + self.drop(self.project(seen))
            return x + self.mlp(self.norm2(x))

    class GPT(nn.Module):  # type: ignore[misc, name-defined]  # of either module
        def __init__(self) -> None:
            super().__init__()
            self.letters, self.places = nn.Embedding(27, width), nn.Embedding(window, width)
            self.drop = nn.Dropout(0.1)
            self.blocks = nn.Sequential(Block(), Block())
            self.norm = nn.LayerNorm(width)
            self.scores = nn.Linear(width, 27, bias=False)
            self.apply(self.start)

        def start(self, module: Any) -> None:
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, mean=0.0, std=0.02)
            if isinstance(module, nn.Linear) and module.bias is not None:
                nn.init.zeros_(module.bias)

        def forward(self, text: Any) -> Any:
            x = self.letters(text) + self.places(t.arange(text.shape[1]))
            return self.scores(self.norm(self.blocks(self.drop(x))))

    t.manual_seed(seed)
    text = t.tensor(letters())
    model = GPT()
    optimizer = t.optim.AdamW(model.parameters(), lr=3e-3)
    losses = []
    for _ in range(STEPS):
        starts = t.randint(len(text) - window, (8,))
        x = t.stack([text[i : i + window] for i in starts.tolist()])
        y = t.stack([text[i + 1 : i + window + 1] for i in starts.tolist()])
        losses.append(step(optimizer, F.cross_entropy(model(x).view(-1, 27), y.view(-1))))
    model.eval()
    written = t.zeros((1, 1), dtype=t.long)
    for _ in range(30):
        with t.no_grad():
            chances = F.softmax(model(written[:, -window:])[:, -1], dim=-1)
        written = t.cat([written, t.multinomial(chances, num_samples=1)], dim=1)
    return Run(losses, written[0].tolist())


def lenet(t: Torch, seed: int) -> Run:
    """Train a convolutional network with both dropouts on digits of a shuffled loader.

    Source: LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998
    """
    nn, data = t.nn, t.utils.data
    t.manual_seed(seed)
    images, labels = digits()
    known = data.TensorDataset(t.tensor(images).view(-1, 1, 8, 8), t.tensor(labels))
    model = nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 3),
        nn.ReLU(),
        nn.Dropout2d(0.1),
        nn.Flatten(),
        nn.Linear(64, 40),
        nn.ReLU(),
        nn.Dropout(0.3),
        nn.Linear(40, 10),
    )
    optimizer = t.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    batches = forever(data.DataLoader(known, batch_size=32, shuffle=True))
    losses = []
    for _ in range(STEPS):
        x, y = next(batches)
        losses.append(step(optimizer, t.nn.functional.cross_entropy(model(x), y)))
    model.eval()
    with t.no_grad():
        return Run(losses, model(known.tensors[0]).argmax(1).tolist())


def autoencoder(t: Torch, seed: int) -> Run:
    """Train a variational autoencoder, which draws its code by `randn_like`.

    Source: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014
    """
    nn, F = t.nn, t.nn.functional
    t.manual_seed(seed)
    images = t.tensor(digits()[0])
    encoder = nn.Sequential(nn.Linear(64, 48), nn.ReLU())
    mean_of, spread_of = nn.Linear(48, 4), nn.Linear(48, 4)
    decoder = nn.Sequential(nn.Linear(4, 48), nn.ReLU(), nn.Linear(48, 64))
    parts = nn.ModuleList([encoder, mean_of, spread_of, decoder])
    optimizer = t.optim.Adam(parts.parameters(), lr=3e-3)
    losses: list[float] = []
    while len(losses) < STEPS:
        for chosen in t.randperm(len(images)).split(64):
            x = images[chosen]
            hidden = encoder(x)
            mean, spread = mean_of(hidden), spread_of(hidden)
            code = mean + t.randn_like(spread) * t.exp(0.5 * spread)
            unlike = F.binary_cross_entropy_with_logits(decoder(code), x, reduction="sum")
            divergence = -0.5 * t.sum(1 + spread - mean.pow(2) - spread.exp())
            losses.append(step(optimizer, (unlike + divergence) / len(x)))
    with t.no_grad():
        made = t.bernoulli(t.sigmoid(decoder(t.randn(3, 4))))
    return Run(losses, [int(pixel) for image in made.tolist() for pixel in image])


def adversaries(t: Torch, seed: int) -> Run:
    """Train two networks against each other, one of which makes points on a ring out of noise.

    Source: Goodfellow et al., "Generative Adversarial Nets", 2014
    """
    nn = t.nn
    t.manual_seed(seed)
    maker = nn.Sequential(nn.Linear(5, 32), nn.LeakyReLU(0.2), nn.Linear(32, 2))
    judge = nn.Sequential(
        nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Dropout(0.2), nn.Linear(32, 1), nn.Sigmoid()
    )
    loss_of = nn.BCELoss()
    of_maker = t.optim.Adam(maker.parameters(), lr=2e-3, betas=(0.5, 0.999))
    of_judge = t.optim.Adam(judge.parameters(), lr=2e-3, betas=(0.5, 0.999))
    yes, no = t.ones(24, 1), t.zeros(24, 1)
    losses = []
    for _ in range(STEPS):
        angles = t.randint(0, 8, (24,)) * (math.pi / 4)
        real = t.stack([angles.cos(), angles.sin()], 1) + 0.05 * t.randn(24, 2)
        made = maker(t.randn(24, 5))
        judged = loss_of(judge(real), yes) + loss_of(judge(made.detach()), no)
        losses.append(step(of_judge, judged) + step(of_maker, loss_of(judge(made), yes)))
    with t.no_grad():
        return Run(losses, (maker(t.randn(20, 5)) > 0).flatten().long().tolist())


def recurrent(t: Torch, seed: int) -> Run:
    """Train an LSTM of two layers on a text, with dropout between them.

    Source: Zaremba et al., "Recurrent Neural Network Regularization", 2014
    """
    nn, F = t.nn, t.nn.functional
    t.manual_seed(seed)
    text = t.tensor(letters())
    table, scores = nn.Embedding(27, 12), nn.Linear(20, 27)
    lstm = nn.LSTM(12, 20, num_layers=2, dropout=0.3, batch_first=True)
    parameters = [*table.parameters(), *lstm.parameters(), *scores.parameters()]
    optimizer = t.optim.RMSprop(parameters, lr=5e-3)
    losses = []
    for _ in range(STEPS):
        places = t.randint(0, len(text) - 11, (10, 1)) + t.arange(11)
        x = text[places]
        states, _ = lstm(table(x[:, :-1]))
        loss = F.cross_entropy(scores(states).transpose(1, 2), x[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses.append(loss.item())
    lstm.eval()
    written, state = [0], None
    with t.no_grad():
        for _ in range(30):
            states, state = lstm(table(t.tensor([written[-1:]])), state)
            chances = F.softmax(scores(states[0, -1]) / 0.8, dim=0)
            written.append(int(t.multinomial(chances, 1).item()))
    return Run(losses, written)


def policy(t: Torch, seed: int) -> Run:
    """Train a policy by REINFORCE: walk along a line from its middle to its right end.

    Source: Williams, "Simple Statistical Gradient-Following Algorithms", 1992
    """
    nn, F = t.nn, t.nn.functional
    t.manual_seed(seed)
    length = 7
    model = nn.Sequential(nn.Linear(length, 16), nn.Tanh(), nn.Dropout(0.1), nn.Linear(16, 2))
    optimizer = t.optim.Adam(model.parameters(), lr=2e-2)
    where = t.eye(length)
    losses: list[float] = []
    lengths: list[int] = []
    for _ in range(STEPS):
        place = length // 2
        told: list[Any] = []
        rewards: list[float] = []
        while 0 < place < length - 1 and len(told) < 20:
            log_chances = F.log_softmax(model(where[place]), dim=0)
            action = int(t.multinomial(log_chances.exp(), 1).item())
            told.append(log_chances[action])
            place += 2 * action - 1
            rewards.append(1.0 if place == length - 1 else -0.1)
        returns = t.tensor([sum(rewards[i:]) for i in range(len(rewards))])
        losses.append(step(optimizer, -(t.stack(told) * returns).mean()))
        lengths.append(len(told))
    return Run(losses, lengths)


def q_learning(t: Torch, seed: int) -> Run:
    """Train a network of action values, which explores at random and learns from memory.

    Source: Mnih et al., "Human-level control through deep reinforcement learning", 2015
    """
    nn, F = t.nn, t.nn.functional
    t.manual_seed(seed)
    side, moves = 4, ((0, 1), (1, 0), (0, -1), (-1, 0))
    where = t.eye(side * side)
    values, target = (
        nn.Sequential(nn.Linear(side * side, 24), nn.ReLU(), nn.Linear(24, 4)) for _ in range(2)
    )
    target.load_state_dict(values.state_dict())
    optimizer = t.optim.Adam(values.parameters(), lr=1e-2)
    memory: list[tuple[int, int, float, int]] = []
    losses: list[float] = []
    actions: list[int] = []
    place = 0
    while len(losses) < STEPS:
        if t.rand(1).item() < 0.9 - 0.01 * len(losses):
            action = int(t.randint(4, (1,)).item())
        else:
            with t.no_grad():
                action = int(values(where[place]).argmax().item())
        actions.append(action)
        row = min(max(place // side + moves[action][0], 0), side - 1)
        column = min(max(place % side + moves[action][1], 0), side - 1)
        after = row * side + column
        memory.append((place, action, 1.0 if after == side * side - 1 else -0.04, after))
        place = 0 if after == side * side - 1 else after
        if len(memory) < 16:
            continue
        seen = [memory[i] for i in t.randperm(len(memory))[:16].tolist()]
        before, done, reward, later = (list(one) for one in zip(*seen, strict=True))
        chosen = values(where[t.tensor(before)]).gather(1, t.tensor(done).unsqueeze(1))
        with t.no_grad():
            best = target(where[t.tensor(later)]).max(1).values
        wanted = t.tensor(reward) + 0.9 * best * (t.tensor(later) != side * side - 1)
        losses.append(step(optimizer, F.smooth_l1_loss(chosen.squeeze(1), wanted)))
        if len(losses) % 10 == 0:
            target.load_state_dict(values.state_dict())
    return Run(losses, actions)


def residual(t: Torch, seed: int) -> Run:
    """Train a residual network with batch normalisation on a part that `random_split` drew.

    Source: He et al., "Deep Residual Learning for Image Recognition", 2016
    """
    nn, data = t.nn, t.utils.data

    class Block(nn.Module):  # type: ignore[misc, name-defined]  # of either module
        def __init__(self, inside: int, outside: int, stride: int) -> None:
            super().__init__()
            self.conv1 = nn.Conv2d(inside, outside, 3, stride, padding=1, bias=False)
            self.conv2 = nn.Conv2d(outside, outside, 3, padding=1, bias=False)
            self.norm1, self.norm2 = nn.BatchNorm2d(outside), nn.BatchNorm2d(outside)
            self.past = nn.Conv2d(inside, outside, 1, stride)
            for one in (self.conv1, self.conv2):
                nn.init.kaiming_normal_(one.weight, mode="fan_out", nonlinearity="relu")

        def forward(self, x: Any) -> Any:
            y = t.relu(self.norm1(self.conv1(x)))
            return t.relu(self.norm2(self.conv2(y)) + self.past(x))

    t.manual_seed(seed)
    images, labels = digits()
    known = data.TensorDataset(t.tensor(images).view(-1, 1, 8, 8), t.tensor(labels))
    learnt, held_out = data.random_split(
        known, [0.75, 0.25], generator=t.Generator().manual_seed(seed + 1)
    )
    model = nn.Sequential(
        Block(1, 8, 1), Block(8, 12, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(12, 10)
    )
    optimizer = t.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
    schedule = t.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    batches = forever(data.DataLoader(learnt, batch_size=20, shuffle=True, drop_last=True))
    losses = []
    for _ in range(STEPS):
        x, y = next(batches)
        if t.rand(1).item() < 0.5:  # a digit a little aside is still the same
            x = t.roll(x, t.randint(-1, 2, (2,)).tolist(), (2, 3))
        losses.append(step(optimizer, t.nn.functional.cross_entropy(model(x), y)))
        schedule.step()
    model.eval()
    ((x, _),) = data.DataLoader(held_out, batch_size=80)
    with t.no_grad():
        return Run(losses, model(x).argmax(1).tolist())


def encoder(t: Torch, seed: int) -> Run:
    """Train a Transformer encoder to say which letter of a row comes most often.

    Source: Vaswani et al., "Attention Is All You Need", 2017
    """
    nn = t.nn
    t.manual_seed(seed)
    table = nn.Embedding(5, 16)
    places = nn.Parameter(t.empty(9, 16))
    nn.init.trunc_normal_(places, std=0.02)
    layer = nn.TransformerEncoderLayer(16, 2, dim_feedforward=32, dropout=0.1, batch_first=True)
    layers = nn.TransformerEncoder(layer, num_layers=2, enable_nested_tensor=False)
    scores = nn.Linear(16, 5)
    nn.init.xavier_uniform_(scores.weight)
    parameters = [places, *table.parameters(), *layers.parameters(), *scores.parameters()]
    optimizer = t.optim.AdamW(parameters, lr=5e-3)
    losses, answers = [], []
    for _ in range(STEPS):
        rows = t.randint(0, 5, (16, 9))
        most = (rows.unsqueeze(2) == t.arange(5)).sum(1).argmax(1)
        answer = scores(layers(table(rows) + places).mean(1))
        losses.append(step(optimizer, nn.functional.cross_entropy(answer, most)))
        answers.append(int((answer.argmax(1) == most).sum().item()))
    return Run(losses, answers)


def diffusion(t: Torch, seed: int) -> Run:
    """Train a network to tell the noise in points of a spiral; then make points of noise.

    Source: Ho et al., "Denoising Diffusion Probabilistic Models", 2020, algorithms 1 and 2
    """
    nn = t.nn
    t.manual_seed(seed)
    times = 20
    angles = 6 * t.rand(200).sqrt()
    points = t.stack([angles * angles.cos(), angles * angles.sin()], 1) / 4
    beta = t.linspace(1e-3, 0.2, times)
    kept = t.cumprod(1 - beta, dim=0)
    model = nn.Sequential(nn.Linear(3, 32), nn.SiLU(), nn.Linear(32, 32), nn.SiLU())
    model.append(nn.Linear(32, 2))
    optimizer = t.optim.NAdam(model.parameters(), lr=4e-3)
    losses = []
    for _ in range(STEPS):
        x = points[t.randint(len(points), (40,))]
        time = t.randint(0, times, (40, 1))
        noise = t.randn_like(x)
        mixed = kept[time].sqrt() * x + (1 - kept[time]).sqrt() * noise
        told = model(t.cat([mixed, time / times], 1))
        losses.append(step(optimizer, nn.functional.mse_loss(told, noise)))
    x = t.randn(10, 2)
    with t.no_grad():
        for i in reversed(range(times)):
            told = model(t.cat([x, t.full((10, 1), i / times)], 1))
            x = (x - beta[i] / (1 - kept[i]).sqrt() * told) / (1 - beta[i]).sqrt()
            x = x + beta[i].sqrt() * t.randn(10, 2) if i else x
    return Run(losses, (x * 1000).round().long().flatten().tolist())


TRAININGS = [
    name_model,
    gpt,
    lenet,
    autoencoder,
    adversaries,
    recurrent,
    policy,
    q_learning,
    residual,
    encoder,
    diffusion,
]
