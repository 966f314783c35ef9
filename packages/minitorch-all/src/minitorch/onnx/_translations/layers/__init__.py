"""What layers of a network call: convolution, pooling, normalisation and the rest."""
