"""Chinese: what the views of the mathematics tab share."""

WORDS = {
    "maths.tab": "数学",
    "maths.parts": "本页的各个部分。用左右方向键翻页。",
    "maths.text": "让模型读的文本",
}
