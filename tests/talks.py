"""An invented interview, as short as a test needs it."""

from studytool.articles import Article, parse
from studytool.errors import Where

FILL = "山里的茶园今年换了新的采摘办法，收成比往年多了不少。"
TOP = "# 茶园谈话\n\n发布时间: 2024-05-06\n\n本文整理自禾砚机器人创始人Rui Chen的一次谈话，2024年5月2日公开发表。\n"


def talk(answer: str, question: str = "今年的茶卖得怎么样？", top: str = "# 茶园谈话\n\n发布时间: 2024-05-06\n") -> Article:
    """An interview in which Rui Chen gives this answer and some others."""
    others = [f"**林岚：** 后来呢？\n\n**Rui Chen：** {FILL}" for _ in range(3)]
    return parse(f"{top}\n" + "\n\n".join([f"**林岚：** {question}", f"**Rui Chen：** {answer}", *others]), Where("t.md"))
