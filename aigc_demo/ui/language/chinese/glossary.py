"""Chinese: the glossary's panel and card; the terms themselves stand in ui/glossary.zh.md."""

WORDS = {
    "glossary.basics": "基础",
    "glossary.search": "查一个词，中英文都可以",
    "glossary.close": "关闭术语表",
    "glossary.found": "{count} 个术语",
    "glossary.none": "没有找到“{query}”。",
    "glossary.see": "去看看：{place}",
    "glossary.whole": "全部术语",
    "glossary.families": "跳到",
}
