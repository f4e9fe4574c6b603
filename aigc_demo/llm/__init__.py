"""Language models: one Transformer, three ways to learn: GPT's, BERT's and XLNet's."""
