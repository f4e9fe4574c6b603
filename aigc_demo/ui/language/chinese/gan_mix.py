"""Chinese: mixing two seeds."""

WORDS = {
    "gan.mix.title": "混合两个种子",
    "gan.mix.run": "混合",
    "gan.mix.share": "B 的份额",
    "gan.mix.share.info": "0：子代就是所在行的亲代 A。1：所在列的亲代 B。",
    "gan.mix.first": "A 的起始种子",
    "gan.mix.first.info": "左侧一列的五个亲代。",
    "gan.mix.second": "B 的起始种子",
    "gan.mix.second.info": "上方一行的五个亲代。",
    "gan.mix.table": "亲代与子代：指向一张图，或用方向键",
    "gan.mix.large": "所选的图像，放大",
    "gan.mix.hint": "指向一张图；也可用方向键。带编号的是亲代。",
    "gan.mix.verdict": "判别器认为为真的概率是 {share}。",
    "gan.mix.parent": "亲代，种子 {seed}",
    "gan.mix.child": "种子 {first} 与 {second} 的子代",
}
