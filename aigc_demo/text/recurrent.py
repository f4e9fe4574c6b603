"""The recurrent networks: a state is carried from character to character.

Elman, "Finding structure in time" (1990); Hochreiter and Schmidhuber, "Long short-term memory"
(1997).
"""

from torch import Tensor, nn

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM}


class Recurrent(nn.Module):
    """A stack of RNN or LSTM layers between an embedding and a linear read-out.

    h_t = tanh(W_x x_t + W_h h_{t-1} + b) for the RNN; the LSTM adds a cell c_t behind three gates.
    """

    def __init__(
        self,
        cell: str,
        vocabulary: int,
        *,
        width: int,
        layers: int,
        embedding: int,
        dropout: float = 0.0,
    ):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.cells = CELLS[cell](
            embedding, width, layers, batch_first=True, dropout=dropout if layers > 1 else 0.0
        )
        self.dropout = nn.Dropout(dropout)
        self.read_out = nn.Linear(width, vocabulary)

    def forward(self, ids: Tensor, state: object = None) -> tuple[Tensor, object]:
        """Return logits (B, T, V) float32 and the state after `ids` (B, T) int64; `state` None
        means a fresh start.
        """
        return self.forward_embeddings(self.embedding(ids), state)

    def forward_embeddings(self, x: Tensor, state: object = None) -> tuple[Tensor, object]:
        """Go on from the characters' vectors `x` (B, T, embedding), as `forward` does from their
        ids.
        """
        hidden, state = self.cells(self.dropout(x), state)  # (B, T, width)
        return self.read_out(self.dropout(hidden)).float(), state
