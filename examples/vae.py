"""Train a variational autoencoder on handwritten digits, and draw new ones.

    hatch run python examples/vae.py

The encoder says for each image where it may lie in a plane, by a mean and a variance; the decoder
makes an image of a point of the plane. Points between two digits become digits between the two.

Source: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014, appendix B and C.
"""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure
from rich.progress import track

import minitorch as torch
import minitorch.nn.functional as F
from minitorch import nn
from minitorch_data import digits


class VAE(nn.Module):
    def __init__(self, latent: int = 2) -> None:
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(64, 256), nn.GELU(), nn.Linear(256, 128), nn.GELU())
        self.mean = nn.Linear(128, latent)
        self.log_variance = nn.Linear(128, latent)
        self.decoder = nn.Sequential(
            nn.Linear(latent, 128), nn.GELU(), nn.Linear(128, 256), nn.GELU(), nn.Linear(256, 64)
        )

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return logits of the images made again, and the means and log variances."""
        hidden = self.encoder(images)
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        # The point is drawn as a function of mean and variance, so that both have gradients.
        point = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
        return self.decoder(point), mean, log_variance


def loss_of(model: VAE, images: torch.Tensor) -> torch.Tensor:
    """Return the negative evidence lower bound of an image, in nats."""
    logits, mean, log_variance = model(images)
    unlike = F.binary_cross_entropy_with_logits(logits, images, reduction="sum")
    # The divergence of N(mean, variance) from N(0, 1).
    divergence = -0.5 * torch.sum(1 + log_variance - mean**2 - torch.exp(log_variance))
    return (unlike + divergence) / images.shape[0]


def train(model: VAE, images: torch.Tensor, epochs: int) -> list[float]:
    """Fit `model` to images; return the mean loss of each epoch."""
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    losses = []
    for _ in track(range(epochs), "autoencoder"):
        total, count = 0.0, 0
        for chosen in torch.randperm(images.shape[0]).split(64):
            loss = loss_of(model, images[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, count = total + loss.item(), count + 1
        losses.append(total / count)
    return losses


def draw(
    path: Path, model: VAE, images: torch.Tensor, labels: torch.Tensor, side: int = 12
) -> None:
    """Draw where the digits lie in the plane, and what the decoder makes of a lattice of points."""
    figure = Figure(figsize=(11, 5.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    with torch.no_grad():
        points = model.mean(model.encoder(images))
        steps = torch.linspace(-2, 2, side)
        lattice = torch.stack(torch.meshgrid(steps, steps, indexing="xy"), -1).reshape(-1, 2)
        made = torch.sigmoid(model.decoder(lattice)).reshape(side, side, 8, 8)
    colors = left.scatter(
        points[:, 0].tolist(), points[:, 1].tolist(), c=labels.tolist(), cmap="tab10", s=8
    )
    figure.colorbar(colors, ax=left, ticks=range(10), label="digit")
    left.set(title="Where the encoder puts them", xlim=(-3.5, 3.5), ylim=(-3.5, 3.5))
    # Rows of images from the top: the second coordinate upwards.
    picture = made.flip(0).permute(0, 2, 1, 3).reshape(side * 8, side * 8)
    right.imshow(picture.tolist(), cmap="gray_r", extent=(-2, 2, -2, 2))
    right.set(title="What the decoder makes of points of the plane")
    figure.savefig(path, dpi=150)


def main(folder: Path = Path(), epochs: int = 60) -> list[float]:
    """Train, and leave a picture in `folder`; return the losses."""
    torch.manual_seed(0)
    images, labels = digits().tensors
    model = VAE()
    losses = train(model, images, epochs)
    print(f"loss of an image: {losses[-1]:.1f} nats, from {losses[0]:.1f}")
    draw(folder / "vae.png", model, images, labels)
    print("saved vae.png")
    return losses


if __name__ == "__main__":
    main()
