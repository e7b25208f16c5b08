"""What the feedback page says, in each language."""

__all__ = ["PHRASES"]

PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "points": "points",
        "to_mark": "more to come: {points} points are marked by hand",
        "overview": "At a glance",
        "exercise": "exercise",
        "your_code": "Your code",
        "your_answer": "Your answer",
        "printed": "It printed",
        "checked": "What was checked",
        "comment": "Comment",
        "waits": "is marked by hand",
        "unreadable": "Your file could not be read, so nothing in it could be graded. Please hand it in again.",
        "time limit": "Some of your code did not come to an end and was stopped. Everything else was graded.",
        "memory limit": "Some of your code took too much memory and was stopped. Everything else was graded.",
        "crashed": "Some of your code ended the Python process that ran it. Everything else was graded.",
        "not graded": "This submission has not been graded yet.",
    },
    "zh": {
        "points": "分",
        "to_mark": "还有 {points} 分由老师评阅",
        "overview": "概览",
        "exercise": "练习",
        "your_code": "你的代码",
        "your_answer": "你的回答",
        "printed": "输出",
        "checked": "检查结果",
        "comment": "评语",
        "waits": "由老师评阅",
        "unreadable": "你交的文件无法读取，因此没有内容可以评分。请重新提交。",
        "time limit": "你的部分代码迟迟没有结束，已被中止；其余部分照常评分。",
        "memory limit": "你的部分代码占用的内存超过了上限，已被中止；其余部分照常评分。",
        "crashed": "你的部分代码让运行它的 Python 进程退出了；其余部分照常评分。",
        "not graded": "这份作业还没有评分。",
    },
}
