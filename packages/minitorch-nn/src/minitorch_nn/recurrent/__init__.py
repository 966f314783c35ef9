"""RNN, GRU and LSTM: `cells.py`, all steps (`steps.py`), then the layers (`base.py`)."""
