"""Chinese: the diffusion tab's view `hub`."""

WORDS = {
    "diffusion.hub.title": "真实流水线",
    "diffusion.hub.lead": "Hugging Face Hub 上的流水线，由本应用自己的采样器驱动。请在左侧选一个：已在本机的立刻作画，其余的在有网络时可以下载。在那之前，影片来自本应用自己的小模型。",
    "diffusion.hub.happened": "{name}：{parameters} 百万参数，训练时有 {noise} 级噪声。它把噪声变成 {side} × {side} × {channels} 个数，不接受任何提示。图片数：{count}，每张用 {sampler} 走 {steps} 步；共 {seconds} 秒。",
    "diffusion.hub.own": "用来对照的是本应用自己的数字模型：{parameters} 百万参数，{noise} 级噪声，{side} × {side} × {channels} 个数。它按要求画一个 8，用 {sampler} 走 {steps} 步：{seconds} 秒。",
    "diffusion.hub.head.pipeline": "流水线",
    "diffusion.hub.head.pictures": "训练数据",
    "diffusion.hub.head.size": "像素",
    "diffusion.hub.head.parameters": "参数（百万）",
    "diffusion.hub.head.state": "在本机吗",
    "diffusion.hub.here": "✓ 已在本机",
    "diffusion.hub.absent": "本机没有",
}
