"""Corpora of any size, made up by rule: the same number, the same statements."""

from pathlib import Path

TOPICS = ("alpha", "beta", "gamma", "delta")
_SIGNS = "春夏秋冬山川湖海风云雷电松竹梅兰金木水火土天地玄黄宇宙洪荒日月盈昃辰宿列张"


def name_of(number: int) -> str:
    """A made-up name of three hanzi, another one for each number below 50,000."""
    base = len(_SIGNS)
    return "".join(_SIGNS[number // base**place % base] for place in (2, 1, 0))


def write_corpus(folder: Path, statements: int) -> Path:
    """Write a corpus of that many statements, each with two blanks and a question: three cards."""
    folder.mkdir(parents=True, exist_ok=True)
    head = [
        'name = "made-up"',
        'title = "杜撰"',
        'title_en = "Made up"',
        'description = "试"',
        'description_en = "A trial"',
    ]
    for topic in TOPICS:
        head += ["[[topic]]", f'id = "{topic}"', f'name = "类 {topic.upper()}"', f'name_en = "Kind {topic}"']
    (folder / "corpus.toml").write_text("\n".join(head) + "\n", "utf-8")
    lines = [
        "[source]", 'id = "book"', 'title = "书"', 'title_en = "The book"', 'event = "书"', 'event_en = "The book"',
        'outlet = "社"', 'speakers = ["作者甲"]', 'speakers_en = ["Author A"]', 'said = "2024-01-02"',
        "published = 2024-01-03", 'url = "https://example.org/book"',
    ]  # fmt: skip
    for number in range(statements):
        isle, festival, shells = f"ISLE{number}", f"festival {number}F", number + 7
        lines += [
            "[[statement]]", f'id = "claim-{number}"', f'topic = "{TOPICS[number % len(TOPICS)]}"', 'kind = "fact"',
            'speaker = "作者甲"', 'section = "一"',
            f'zh = "{isle} 岛上的{{{{c1::{name_of(number)}}}}}每年约收 {{{{c2::{shells} 亿枚贝壳}}}}，足以养活全岛。"',
            f'en = "On {isle}, {{{{c1::the {festival}}}}} brings in about {{{{c2::{shells} hundred million shells}}}} a year."',
            f'question = "编号为 {isle} 的岛屿靠什么过活？"', f'question_en = "What does {isle} live on?"',
            f'answer = "{name_of(number)}庆典"', f'answer_en = "{festival}"',
        ]  # fmt: skip
    (folder / "book.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
