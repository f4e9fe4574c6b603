"""Chinese: the GAN's emoji."""

WORDS = {
    "gan.emoji.title": "表情",
    "gan.emoji.run": "生成",
    "gan.emoji.truncation.info": "0：记忆中的某个表情。越大：越像它的邻居，噪声越多。",
    "gan.emoji.sheet": "画出的表情：指向一个，或用方向键",
    "gan.emoji.large": "选中的表情，放大",
    "gan.emoji.one": "种子 {seed}，最接近 {nearest}",
    "gan.emoji.verdict": "种子 {seed}：判别器认为为真的概率是 {share}。",
    "gan.emoji.nearest": "颜色上最接近的训练表情：",
    "gan.emoji.hint": "指向一个表情；方向键也能移动。",
    "gan.emoji.track": "生成器一路画出的图像",
    "gan.emoji.happened": "一笔画出 {count} 个表情：一个靠近某训练表情的编码和噪声一起通过 G，得到 16 × 16 × 4 个数，再由自编码器解码。判别器平均认为为真的概率是 {verdict}。在 1,000 个样本上测得：{copied} % 是训练表情的复制。",
}
