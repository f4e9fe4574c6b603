"""Chinese: the time machine of the GAN."""

WORDS = {
    "gan.replay.title": "时间机器",
    "gan.replay.run": "重放",
    "gan.replay.track": "同样的噪声，由那一刻的生成器画出",
    "gan.replay.caption": "更新 {step} 次之后：分类器把 {count} 个中的 {right} 个认成所要求的数字；当时的判别器认为为真的概率是 {verdict}。",
    "gan.replay.curve": "训练中的 D(G(z))，横轴为更新次数（对数）；高度一半处为 0.5：D 无法分辨",
    "gan.replay.teaches": "每一帧的 $z$ 都相同，变的只有权重。快照的每个权重只存四位；最后一帧是训练完成的模型。",
}
