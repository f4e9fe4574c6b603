"""Chinese: the discriminator's verdict."""

WORDS = {
    "gan.critic.title": "请判别器判断",
    "gan.critic.teaches": "画一个数字。判别器会把它当成真的吗？",
    "gan.critic.bars": "当作各个数字，有多真？",
    "gan.critic.drawing": "图画，如判别器所见",
    "gan.critic.map": "哪里的墨迹起作用",
    "gan.critic.for": "此处有墨更像真的",
    "gan.critic.against": "此处有墨更像假的",
    "gan.critic.bar": "当作 {digit}：为真的概率 {share}。显示这一类的像素。",
    "gan.critic.reads": "分类器读作 {digit}（把握 {certainty}）。当作 {digit}，判别器认为为真的概率是 {share}。",
    "gan.critic.hint": "每一条都以另一个类别询问判别器；选一条看它的像素。它只见过 MNIST 和这个生成器；生成器好时，它对一切只能说 0.5 左右。",
}
