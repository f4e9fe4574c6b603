"""Chinese: the language models tab's view `objectives`."""

WORDS = {
    "llm.objectives.title": "三种目标",
    "llm.objectives.sentence": "一个句子",
    "llm.objectives.sentence.info": "2 到 40 个词元。[方括号] 里的内容会被遮住。三个模型都只用莎士比亚的英文训练，最熟悉他的用词。",
    "llm.objectives.run": "让三个模型来猜",
    "llm.objectives.seed": "XLNet 顺序的种子",
    "llm.objectives.seed.info": "决定按什么顺序猜被遮住的词。GPT 和 BERT 用不到它。",
    "llm.objectives.nothing_hidden": "没有词被遮住，所以没有可猜的。请点一下句子里的词。",
    "llm.objectives.happened": "遮住了 {count} 个词元；XLNet 按种子 {seed} 的顺序来猜。正确词元的平均代价（奈特）：GPT {gpt}，BERT {bert}，XLNet {xlnet}。看到的句子越多，代价应当越小。",
    "llm.objectives.stage.group": "一个有词被遮住的句子，由三个模型来猜。方向键逐步前进，空格键播放。",
    "llm.objectives.stage.click": "点一个词把它遮住，再点一次恢复。",
    "llm.objectives.stage.begin": "播放：一步一步看，谁能看到什么。",
    "llm.objectives.stage.nothing": "没有词被遮住：请点一个词。",
    "llm.objectives.stage.not_yet": "还没有猜。",
    "llm.objectives.stage.guessed": "{name} 猜“{guess}”（{share}），原词“{right}”",
    "llm.objectives.stage.mask": "{name} 的注意力掩码",
    "llm.objectives.stage.mask_about": "一行是一个要猜的词元，填色的格子是它可以看的词元。",
    "llm.objectives.stage.gpt_about": "因果：只看前面的词。",
    "llm.objectives.stage.bert_about": "掩码：两边都看，同时猜。",
    "llm.objectives.stage.xlnet_about": "排列：两边都看，按任意顺序猜。",
}
