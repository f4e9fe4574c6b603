"""Chinese: the plane of noise."""

WORDS = {
    "gan.latents.title": "噪声平面",
    "gan.latents.run": "铺开",
    "gan.latents.seed": "起始种子",
    "gan.latents.seed.info": "从它起的 25 个种子站在网格交点上。",
    "gan.latents.plane": "噪声平面：指向、拖动，或用方向键",
    "gan.latents.large": "生成器在此处画出的图像",
    "gan.latents.verdict": "判别器认为为真的概率是 {share}。",
    "gan.latents.reads": "分类器读作 {digit}。",
    "gan.latents.nearest": "最接近的训练表情：{digit}",
    "gan.latents.hint": "指向或拖动；方向键移动圆环，按住 Shift 走得更远。紫框是种子。",
}
