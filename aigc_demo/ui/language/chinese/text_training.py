"""Chinese: the text tab's view `training`."""

WORDS = {
    "text.training.title": "时间机器",
    "text.training.run": "启程",
    "text.training.prompt.info": "每个快照都用同一个种子从这里接着写。",
    "text.training.length.info": "每个快照写多少个字符。",
    "text.training.step": "更新 {step} 次之后",
    "text.training.untrained": "未经训练：随机权重",
    "text.training.steps": "更新次数",
    "text.training.loss": "训练损失（nats / 字符）",
    "text.training.surprise": "对自己所写的惊讶度（bits / 字符）",
    "text.training.curve": "训练损失",
    "text.training.axis": "更新次数（对数坐标）",
    "text.training.happened": "{model}，种子 {seed}，温度 {temperature}：{count} 个时刻用的是同一串随机数，不同的只有权重。",
    "text.training.stored": "快照的每个权重只存四位；最后一个时刻是训练完成的模型。",
}
