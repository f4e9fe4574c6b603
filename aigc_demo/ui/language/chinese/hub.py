"""Chinese: picking a model of the Hub."""

WORDS = {
    "hub.presets": "Hugging Face Hub 上的模型",
    "hub.name": "或者按名称选任意一个",
    "hub.name.info": "写成“所有者/名称”，与网址中的相同。只有这里会用到网络，应用的其余部分都可以离线使用。",
    "hub.look": "查询",
    "hub.download": "下载",
    "hub.nothing": "还没有选择模型。",
    "hub.absent": "本机还没有。点“查询”会向 Hub 询问大小和许可证，不会下载任何东西。",
    "hub.here": "已在本机：打开它不需要网络。",
    "hub.offered": "本机还没有。在您点“下载”之前，不会下载任何东西。",
    "hub.part": "本机已有一部分。点“下载”会接着传。",
    "hub.coming": "正在下载。应用的其余部分照常使用。",
    "hub.licence": "许可证",
    "hub.no_licence": "未注明",
    "hub.files": "文件",
    "hub.commit": "提交",
    "hub.progress": "已传 {done} / {total}，{rate} MB/s",
    "hub.left": "还剩 {left}，约 {time}",
    "hub.resting": "已传 {done} / {total}，都保留着。",
    "hub.seconds": "{count} 秒",
    "hub.minutes": "{count} 分钟",
}
