"""English: the emoji of the VAE tab."""

WORDS = {
    "vae.emoji.title": "Emoji",
    "vae.emoji.first": "From",
    "vae.emoji.second": "To",
    "vae.emoji.first_typed": "or type an emoji",
    "vae.emoji.second_typed": "or type another",
    "vae.emoji.x": "the picture: pixels mixed",
    "vae.emoji.x_hat": "decoded: latents mixed",
    "vae.emoji.encoder": "encoder",
    "vae.emoji.decoder": "decoder",
    "vae.emoji.map": "latent map",
    "vae.emoji.mixture": "How far from the first to the second",
    "vae.emoji.at_end": "Comes back with a PSNR of {psnr} dB. The encoder’s σ is {sigma} on average: the maps are nearly without noise.",
    "vae.emoji.between": "t = {t}. Left, two pictures lie over each other; right, one is decoded from (1 − t) μ₁ + t μ₂.",
    "vae.emoji.no_emoji": "Type an emoji, or choose one.",
    "vae.emoji.lost": "No answer came. Try again.",
    "vae.emoji.numbers": "12,288 pixel values become 1,024 numbers: four maps of 16 by 16, violet above 0, grey below.",
    "vae.emoji.happened": "Trained on the {count} emoji of one font, mirrored at random; PSNR over all of them {psnr} dB. Your browser draws the emoji with its own font. A diffusion model that paints in these maps has twelve times less to paint.",
}
