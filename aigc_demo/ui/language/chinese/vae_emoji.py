"""Chinese: the emoji of the VAE tab."""

WORDS = {
    "vae.emoji.title": "表情符号",
    "vae.emoji.first": "从",
    "vae.emoji.second": "到",
    "vae.emoji.first_typed": "或输入一个表情",
    "vae.emoji.second_typed": "或输入另一个",
    "vae.emoji.x": "图像：像素混合",
    "vae.emoji.x_hat": "解码：隐变量混合",
    "vae.emoji.encoder": "编码器",
    "vae.emoji.decoder": "解码器",
    "vae.emoji.map": "隐变量图",
    "vae.emoji.mixture": "从第一个到第二个走了多远",
    "vae.emoji.at_end": "还原的 PSNR 为 {psnr} dB。编码器的 σ 平均为 {sigma}：图中几乎没有噪声。",
    "vae.emoji.between": "t = {t}。左边是两张图叠在一起；右边由 (1 − t) μ₁ + t μ₂ 解码出一张图。",
    "vae.emoji.no_emoji": "请输入或选择一个表情。",
    "vae.emoji.lost": "没有收到回答，请再试一次。",
    "vae.emoji.numbers": "12,288 个像素值变成 1,024 个数：四张 16 × 16 的图，紫色为正，灰色为负。",
    "vae.emoji.happened": "用一种字体的 {count} 个表情训练，随机左右翻转；对全部表情的 PSNR 为 {psnr} dB。表情由您的浏览器用自己的字体画出。在这些图中作画的扩散模型，要画的只有十二分之一。",
}
