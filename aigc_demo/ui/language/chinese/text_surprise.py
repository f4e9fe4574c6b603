"""Chinese: the text tab's view `surprise`."""

WORDS = {
    "text.surprise.title": "惊讶度",
    "text.surprise.text": "任意文本",
    "text.surprise.text.info": "输入或粘贴至多 4,000 个字符，每个模型各读一遍。",
    "text.surprise.run": "读一遍",
    "text.surprise.take": "或者取用刚才写出的文本：",
    "text.surprise.tint": "按惊讶度着色",
    "text.surprise.tang": "Transformer（唐诗）",
    "text.surprise.cards": "按谁的惊讶度着色",
    "text.surprise.per_character": "bits / 字符",
    "text.surprise.total": "共 {bits} bits",
    "text.surprise.best": "最不惊讶",
    "text.surprise.legend": "一个字符的 bits 数：",
    "text.surprise.page": "按惊讶度着色的文本。用方向键逐字符移动。",
    "text.surprise.hint": "指向或点按一个字符，也可用方向键。",
    "text.surprise.bits": "比特（bits）",
    "text.surprise.expected": "读到它之前，模型认为最可能的是：",
    "text.surprise.curve": "沿文本的惊讶度（bits）：各模型在最近 {characters} 个字符上的平均",
    "text.surprise.position": "第几个字符",
    "text.surprise.happened": "共 {length} 个字符。盲猜每个字符要 {blind} bits；用最不惊讶的模型，理想的压缩只需 {total} bits（{bytes} 字节）就能存下全文。",
}
