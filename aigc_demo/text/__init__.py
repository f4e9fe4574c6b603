"""Text, one character after another: an RNN, an LSTM and a Transformer behind one contract."""
