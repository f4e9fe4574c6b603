"""Chinese: the GAN tab."""

WORDS = {
    "gan.tab": "GAN 图像",
    "gan.pictures.title": "图像",
    "gan.run": "生成",
    "gan.truncation": "截断 ψ",
    "gan.truncation.info": "缩放噪声。小：工整而相似。大：多样而古怪。",
    "gan.goal": "漫步终点",
    "gan.goal.info": "第二个种子：漫步到它的噪声为止。",
    "gan.walk.run": "从种子走到种子",
    "gan.walk.title": "### 在噪声中漫步",
    "gan.walk.track": "生成器沿途画出的图像",
    "gan.walk.caption": "从种子 {seed} 到种子 {goal}，已走 {share}",
    "gan.verdict": "数字 {digit}，种子 {seed}：判别器认为有 {verdict} 的可能是真的。",
    "gan.happened": "{count} 个数字，每个一笔生成。下方是判别器认为它为真的概率。分类器能把本模型 {read} % 的数字认成所要求的类别。",
}
