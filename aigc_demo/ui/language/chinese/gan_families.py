"""Chinese: GAN and VAE side by side."""

WORDS = {
    "gan.families.title": "GAN 与 VAE",
    "gan.families.run": "比较",
    "gan.families.teaches": "两者用同样的 MNIST 数字训练。看模糊与清晰，再看下面的数字。",
    "gan.families.gan": "生成对抗网络",
    "gan.families.vae": "变分自编码器",
    "gan.families.gan_note": "经过一次 G。D 分辨不出真假时它得到奖励。",
    "gan.families.vae_note": "经过一次解码器。它因每个像素的似然而得到奖励。",
    "gan.families.vae_sorted": "它不知道类别：解码了 {drawn} 个隐变量，留下读作 {digit} 的。",
    "gan.families.nearest": "每张图角上：逐像素最近的训练图片。若是照抄，距离为 0。",
    "gan.families.no_data": "手边有 MNIST（AIGC_DEMO_DATA）时会显示最近的训练图片；本应用不附带它。",
    "gan.families.time": "每张图用时（刚才）",
    "gan.families.read": "认成所要求的数字",
    "gan.families.certainty": "分类器的把握",
    "gan.families.diversity": "多样性：分类器特征的平均距离",
    "gan.families.grey": "模糊：有墨的像素中既非墨也非纸的",
    "gan.families.apart": "到最近训练图片的平均距离",
    "gan.families.fid": "数字 FID，10,000 张（实测）",
    "gan.families.weights": "作画的权重",
    "gan.families.likelihood": "未见数字的 −ln p(x)（实测）",
}
