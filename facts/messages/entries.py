"""What can be wrong with one entry's shape."""

from __future__ import annotations

from facts.messages.message import Message

SHAPE = {
    "list-wanted": Message(
        ("{where} must be a list", "begin each item with `- `, or write [a, b]"),
        ("{where} 应该是列表", "每一项以 `- ` 开头，或者写成 [a, b]"),
    ),
    "fields-wanted": Message(
        ("{where} must be fields with values", "write `field: value`"),
        ("{where} 应该由字段和值组成", "请写成 `字段: 值`"),
    ),
    "missing-field": Message(
        ("{where} is missing", "add it"),
        ("缺少 {where}", "请补上"),
    ),
    "unknown-field": Message(
        ("there is no field {where}", "{near}"),
        ("没有 {where} 这个字段", "{near_zh}"),
    ),
    "text-wanted": Message(
        ("{where} must be text, and {value} is not", "put it in quotes"),
        ("{where} 应该是文字，{value} 不是", "请加引号"),
    ),
    "blank": Message(
        ("{where} is empty", "write something, or remove the entry"),
        ("{where} 是空的", "请填写，或者删掉这一项"),
    ),
    "text-too-long": Message(
        ("{where} is longer than {limit} characters", "shorten it"),
        ("{where} 超过{limit}个字符", "请缩短"),
    ),
    "bad-id": Message(
        ("{value} can't be an id ({where})", "use at most 40 of a-z, 0-9 and -"),
        ("{value} 不能用作编号（{where}）", "请用 a-z、0-9 和 -，最多40个字符"),
    ),
    "bad-date": Message(
        ("{value} is no date ({where})", "write a day of the calendar like '2022-06-19', in quotes"),
        ("{value} 不是日期（{where}）", "请写成 '2022-06-19' 这样的日期，加引号"),
    ),
    "one-of": Message(
        ("{where} can't be {value}", "choose one of {choices}"),
        ("{where} 不能是 {value}", "请从中选一个：{choices}"),
    ),
    "number-wanted": Message(
        ("{where} must be a number, and {value} is not", "write plain digits without quotes"),
        ("{where} 应该是数字，{value} 不是", "请写数字，不加引号"),
    ),
    "true-false": Message(
        ("{where} must be true or false", "write true or false without quotes"),
        ("{where} 只能是 true 或 false", "请写 true 或 false，不加引号"),
    ),
    "too-few": Message(
        ("{where} needs at least {limit}", "add one"),
        ("{where} 至少要有{limit}项", "请补上"),
    ),
    "too-many": Message(
        ("{where} has more than {limit}", "keep the best"),
        ("{where} 超过{limit}项", "请保留最合适的"),
    ),
    "out-of-range": Message(
        ("{where} is {value}, out of range", "it must be {limit}"),
        ("{where} 是 {value}，超出范围", "应该{limit}"),
    ),
    "invalid": Message(
        ("{where} is not valid ({problem})", "compare it with `facts schema`"),
        ("{where} 无效（{problem}）", "可对照 `facts schema`"),
    ),
}
