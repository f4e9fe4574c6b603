"""English: mixing two seeds."""

WORDS = {
    "gan.mix.title": "Mix two seeds",
    "gan.mix.run": "Mix",
    "gan.mix.share": "Share of B",
    "gan.mix.share.info": "0: every child is its row’s parent A. 1: its column’s parent B.",
    "gan.mix.first": "First seed of A",
    "gan.mix.first.info": "The five parents down the left.",
    "gan.mix.second": "First seed of B",
    "gan.mix.second.info": "The five parents along the top.",
    "gan.mix.table": "Parents and their children: point at a picture, or use the arrow keys",
    "gan.mix.large": "The picture that is chosen, large",
    "gan.mix.hint": "Point at a picture; arrow keys move, too. Numbered pictures are parents.",
    "gan.mix.verdict": "The discriminator says {share} real.",
    "gan.mix.parent": "Parent, seed {seed}",
    "gan.mix.child": "Child of seeds {first} and {second}",
}
