"""Chinese: the text tab's view `poems`."""

WORDS = {
    "text.poems.title": "写唐诗",
    "text.poems.run": "作诗",
    "text.poems.name": "题目",
    "text.poems.name.info": "可以为空。诗从题目写起。",
    "text.poems.line": "首句",
    "text.poems.line.info": "五个字或七个字，可以为空。",
    "text.poems.untitled": "（无题）",
    "text.poems.seed": "种子",
    "text.poems.form": "{lines} 句，每句 {length} 字",
    "text.poems.no_form": "不合格式",
    "text.poems.writing": "写作中……",
    "text.poems.happened": "这个 Transformer 逐字读过 36,650 首唐诗，没有人告诉它格律。温度 0.8 时，500 首中有 {kept} % 合乎格式；在未见过的诗上损失为 {loss} nats / 字符。",
}
