"""RNN, LSTM and GRU: cells, the way through the steps, and the layers on them, in that order."""
