"""What can be wrong with a folder or with a file as YAML."""

from __future__ import annotations

from facts.messages.message import Message

FOLDER = {
    "no-folder": Message(
        ("there is no such folder", "give the path of a folder that holds source.yaml"),
        ("找不到这个文件夹", "请给出 source.yaml 所在的文件夹"),
    ),
    "missing-file": Message(
        ("the file is missing", "add it; where there is nothing to say, a list file holds []"),
        ("缺少这个文件", "请补上；没有内容的列表文件写 []"),
    ),
    "unknown-file": Message(
        ("nothing reads a file of this name", "move it to facts/NAME.yaml, or rename or remove it"),
        ("这个文件名不会被读取", "请移到 facts/名称.yaml，或者改名、删除"),
    ),
    "not-a-file": Message(
        ("this is not a plain file", "put a plain file in its place"),
        ("这不是普通文件", "请换成普通文件"),
    ),
    "unreadable": Message(
        ("the file can't be read ({reason})", "check its permissions"),
        ("文件读不了（{reason}）", "请检查读取权限"),
    ),
    "outside": Message(
        ("the link leads out of the folder and isn't followed", "put the file itself here"),
        ("链接指向文件夹之外，不会读取", "请把文件本身放进来"),
    ),
    "too-many-files": Message(
        ("there are more than {limit} files", "put several facts into one file"),
        ("文件超过{limit}个", "请把多条事实合并到一个文件"),
    ),
    "base-too-big": Message(
        ("all files together are larger than {limit} MiB", "shorten them"),
        ("所有文件合计超过{limit} MiB", "请精简"),
    ),
    "base-too-many": Message(
        ("all files together have more than {limit} values", "shorten them"),
        ("所有文件合计超过{limit}个值", "请精简"),
    ),
    "source-header": Message(
        ("the first line of the source file isn't number, kind, text", "separate the three names by tabs"),
        ("原文文件的首行不是 number、kind、text", "三个名称之间请用制表符"),
    ),
    "source-line": Message(
        ("the line isn't a new number, a kind and a text", "separate the three by tabs"),
        ("这一行不是新的段号、类别和正文", "三者之间请用制表符"),
    ),
    "more-problems": Message(
        ("{count} more problems aren't listed", "mend these first, then check again"),
        ("另有{count}个问题没有列出", "请先改好这些，再检查一次"),
    ),
}

YAML = {
    "file-too-big": Message(
        ("the file is larger than {limit} KiB", "split it into several files"),
        ("文件超过{limit} KiB", "请拆成几个文件"),
    ),
    "not-utf8": Message(
        ("the text is not UTF-8", "save the file as UTF-8"),
        ("文字不是 UTF-8 编码", "请存为 UTF-8"),
    ),
    "empty-file": Message(
        ("the file is empty", "write [] if the list is meant to be empty"),
        ("文件是空的", "如果列表本来就是空的，请写 []"),
    ),
    "invisible": Message(
        ("there is an invisible or control character here ({mark})", "delete it and type the line again"),
        ("这里有看不见的字符或控制字符（{mark}）", "请删掉，把这一行重新输入"),
    ),
    "indent": Message(
        ("the line is indented with a tab or a wide space", "indent with ordinary spaces"),
        ("这一行用了制表符或全角空格缩进", "请改用普通空格"),
    ),
    "wide-colon": Message(
        ("a full-width colon ： follows {field}", "write an ordinary colon and a space, `{field}: `"),
        ("{field} 后面是全角冒号", "请改成半角冒号加一个空格：`{field}: `"),
    ),
    "wide-mark": Message(
        ('full-width punctuation stands where YAML needs , : {{ }} [ ] or "', "write it half-width"),
        ("这里要用半角标点，却写成了全角", '请改成半角的 , : {{ }} [ ] 或 "'),
    ),
    "colon-in-text": Message(
        ("a colon and a space stand in text without quotes", "put the text in quotes"),
        ("没加引号的文字里有冒号加空格", "请给文字加引号"),
    ),
    "odd-start": Message(
        ("text without quotes can't begin with this character", "put the text in quotes"),
        ("没加引号的文字不能以这个字符开头", "请给文字加引号"),
    ),
    "open-quote": Message(
        ("a quotation mark that opens here is never closed", "close it"),
        ("这里的引号没有配对", "请补上另一半"),
    ),
    "open-bracket": Message(
        ("a bracket that opens here isn't closed, or a comma is missing", "close it, or add the comma"),
        ("这里的括号没有配对，或者缺了逗号", "请补上括号或逗号"),
    ),
    "no-value": Message(
        ("inside brackets something is missing here", "take out a comma too many, or close the bracket"),
        ("括号里这个地方缺了内容", "请去掉多余的逗号，或者补上括号"),
    ),
    "quote-or-indent": Message(
        (
            "the line doesn't fit in: a quotation mark inside quotes, or wrong indentation",
            "double the inner mark or use the other kind; align the line with its neighbours",
        ),
        ("这一行接不上：引号里又有同样的引号，或者缩进不对", "里面的引号写两遍或换一种；缩进与上下行对齐"),
    ),
    "colon-missing": Message(
        ("a field without a colon", "write `field: value`"),
        ("字段后面缺少冒号", "请写成 `字段: 值`"),
    ),
    "no-colon": Message(
        ("a colon is missing after `{field}`", "write `{field}: `, with a space"),
        ("`{field}` 后面少了冒号", "请写成 `{field}: `，冒号后空一格"),
    ),
    "no-space": Message(
        ("a space is missing after `{mark}`", "put one there"),
        ("`{mark}` 后面少了空格", "请空一格"),
    ),
    "misaligned": Message(
        ("the line is indented further, or less, than its neighbours", "let fields of one entry begin in one column"),
        ("这一行的缩进与上下行不一致", "同一条的各个字段请左边对齐"),
    ),
    "odd-dash": Message(
        ("the line begins with {mark}", "begin an item of a list with an ordinary - and a space"),
        ("这一行以 {mark} 开头", "列表的每一项请用半角 - 加一个空格开头"),
    ),
    "extra-bracket": Message(
        ("a bracket closes here that was never opened", "remove it, or open it"),
        ("这里多了一个右括号", "请删掉，或者补上左括号"),
    ),
    "half-quote": Message(
        ("a quotation mark closes here that was never opened", "open it, or remove it"),
        ("这里只有后引号，没有前引号", "请补上，或者删掉"),
    ),
    "hash": Message(
        (
            "`{value}` would be left out: after a space, # begins a comment",
            "put the text in quotes; a comment has a space after #",
        ),
        ("空格后面的 # 会被当成注释，`{value}` 会丢失", "请给文字加引号；真要写注释，# 后面空一格"),
    ),
    "split-number": Message(
        ("the comma in `{value}` divides the text in two: inside brackets each comma does", "put the text in quotes"),
        ("括号里的逗号会断开文字，`{value}` 成了两段", "请给文字加引号"),
    ),
    "bad-escape": Message(
        ("a backslash in double quotes starts an escape that doesn't exist", "double it, or use single quotes"),
        ("双引号里的反斜杠转义无效", "请写成两个反斜杠，或者改用单引号"),
    ),
    "yaml": Message(
        ("this isn't YAML ({problem})", "compare the line with its neighbours"),
        ("不是合法的 YAML（{problem}）", "请对照上下行"),
    ),
    "second-document": Message(
        ("--- starts a second document in the file", "remove the line, or make it a file of its own"),
        ("--- 在同一个文件里开始了第二份文档", "请删掉这一行，或者另存一个文件"),
    ),
    "too-deep": Message(
        ("lists and fields are nested more than {limit} deep", "take levels out; compare with `facts schema`"),
        ("嵌套超过{limit}层", "请减少层级，可对照 `facts schema`"),
    ),
    "too-many-parts": Message(
        ("the file has more than {limit} values", "split it into several files"),
        ("文件里的值超过{limit}个", "请拆成几个文件"),
    ),
    "bad-key": Message(
        ("a list or a group of fields stands where a field's name belongs", "write `field: value`"),
        ("字段名的位置上是列表或一组字段", "请写成 `字段: 值`"),
    ),
    "alias": Message(
        ("& and * (YAML's anchors and aliases) aren't used here", "write it out, or put the text in quotes"),
        ("这里不用 & 和 *（YAML 的锚点和引用）", "请把内容写出来；如果是文字，请加引号"),
    ),
    "tag": Message(
        ("a tag that begins with ! isn't used here", "remove it, or put the text in quotes"),
        ("这里不用以 ! 开头的标签", "请删掉；如果是文字，请加引号"),
    ),
    "duplicate-key": Message(
        ("the field {key} stands twice in one entry", "keep one"),
        ("同一条里 {key} 写了两次", "请只留一个"),
    ),
    "yes-no": Message(
        ("`{value}` without quotes can be read as true or false", "put text in quotes, or write true or false"),
        ("没加引号的 `{value}` 会被读成真假值", "如果是文字请加引号；否则写 true 或 false"),
    ),
    "bare-date": Message(
        ("`{value}` without quotes can be read as a date", "put it in quotes"),
        ("没加引号的 `{value}` 会被读成日期", "请加引号"),
    ),
    "clock-number": Message(
        ("`{value}` without quotes can be read as a number in base 60", "put it in quotes"),
        ("没加引号的 `{value}` 会被读成六十进制数", "请加引号"),
    ),
    "odd-number": Message(
        ("`{value}` can be read as several numbers", "write plain digits, or put text in quotes"),
        ("`{value}` 作为数字有歧义", "请写成普通数字；如果是文字请加引号"),
    ),
}
