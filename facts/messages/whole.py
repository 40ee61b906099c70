"""What only the whole base shows to be wrong."""

from __future__ import annotations

from facts.messages.message import Message

WHOLE = {
    "unknown-id": Message(
        ("{where}: nothing has the id {value}", "correct it, or add the entry"),
        ("{where}：没有编号为 {value} 的条目", "请改正，或者补上这一条"),
    ),
    "idle-id": Message(
        ("{where}: {value} is the entry itself or stands twice", "remove it"),
        ("{where}：{value} 是这一条自己，或者写了两次", "请删掉"),
    ),
    "duplicate-id": Message(
        ("the id {value} is already taken at {first}", "choose another"),
        ("编号 {value} 已在 {first} 用过", "请换一个"),
    ),
    "one-sided": Message(
        ("it contradicts {value}, but {value} doesn't say so", "add {this} to contradicts there"),
        ("这里写明与 {value} 矛盾，{value} 那边却没写", "请在那边的 contradicts 里加上 {this}"),
    ),
    "silent-conflict": Message(
        ("it contradicts another fact, but no note of it says so", "add a note of kind conflict"),
        ("这里写明与别的事实矛盾，却没有注明", "请加一条 kind 为 conflict 的说明"),
    ),
    "too-wide": Message(
        ("{where} is too long to be seen whole on a phone", "shorten it to {limit} letters or {han} Han characters"),
        ("{where} 太长，手机上显示不全", "请缩短到{limit}个字母或{han}个汉字以内"),
    ),
    "too-many-words": Message(
        ("{where} and the notes have {length} words", "shorten them to {limit} together"),
        ("{where} 连同说明有{length}个英文词", "请一共缩到{limit}个"),
    ),
    "too-many-han": Message(
        ("{where} and the notes have {length} Han characters", "shorten them to {limit} together"),
        ("{where} 连同说明有{length}个汉字", "请一共缩到{limit}个"),
    ),
    "long-phrase": Message(
        ("{where} cites {words} words", "cite at most {limit}"),
        ("{where} 引了{words}个词", "最多引{limit}个"),
    ),
    "no-paragraph": Message(
        ("{where}: there is no paragraph {value}", "the source has {last}"),
        ("{where}：没有第{value}段", "原文共{last}段"),
    ),
    "never-asked": Message(
        ("{where} is empty: nobody could ask this in that language", "add the ways in which people ask it"),
        ("{where} 是空的，用这种语言就问不到", "请补上大家的问法"),
    ),
    "wide-between": Message(
        (
            "every question of {where} has ，、 or ； in it, as if several were one: “{value}”",
            "put a half-width , between two questions; if it is one, add another way to ask without those",
        ),
        (
            "{where} 的每个问法里都有，、或；，像是几个连成了一个：“{value}”",
            "两个问法之间请用半角逗号 , 隔开；如果本来就是一个，请再加一个不带这些标点的",
        ),
    ),
    "same-question": Message(
        ("“{value}” is also a question of {other}", "keep it where it fits better"),
        ("“{value}”也是 {other} 的问法", "请只留在更合适的那一条"),
    ),
    "colliding-question": Message(
        ("“{value}” is closer to {other} (“{met}”)", "sharpen it, or keep it where it fits better"),
        ("“{value}”跟 {other} 更接近（“{met}”）", "请问得更具体些，或者只留在更合适的那一条"),
    ),
    "same-name": Message(
        ("“{value}” is also a form of the name {other}", "keep it where it fits better"),
        ("“{value}”也是 {other} 的名称", "请只留在更合适的那一条"),
    ),
    "nameless": Message(
        ("the name {value} has no form in any language", "add one to en or zh"),
        ("名称 {value} 两种语言都没有写法", "请在 en 或 zh 里补上"),
    ),
    "no-examples": Message(
        ("there is no example question to offer at the start", "add two, each with the fact that answers it"),
        ("没有可以在开头推荐的问题", "请加两个，并写明由哪条事实回答"),
    ),
    "number-only-en": Message(
        ("{where} gives {numbers}, and the Chinese text doesn't", "let both languages give the same numbers"),
        ("{where} 写了{numbers}，中文里没有", "请让两种语言的数字一致"),
    ),
    "number-only-zh": Message(
        ("{where} gives {numbers}, and the English text doesn't", "let both languages give the same numbers"),
        ("{where} 写了{numbers}，英文里没有", "请让两种语言的数字一致"),
    ),
    "figure-unsaid": Message(
        ("{where} is {value}, which neither title nor text gives", "correct it, or say it"),
        ("{where} 是{value}，标题和正文都没写", "请改正，或者写进去"),
    ),
    "not-above-zero": Message(
        ("{where} is {value}, which no chart can show", "take `drawn` out"),
        ("{where} 是{value}，图上画不出来", "请删掉 drawn"),
    ),
    "drawn-not-printed": Message(
        ("{where} is {value}, and no phrase of the evidence prints that", "cite the phrase with the number"),
        ("{where} 是{value}，证据里没有印出这个数", "请引用写有这个数的原文"),
    ),
    "drawn-otherwise": Message(
        ("{where}, “{text}”, isn't {value}", "write the amount as it is printed"),
        ("{where}“{text}”不等于{value}", "请照原文写这个数"),
    ),
    "other-unit": Message(
        ("{where} is {value}, while the chart {chart} begins in {unit}", "give each unit a chart of its own"),
        ("{where} 是 {value}，图 {chart} 前面用的是 {unit}", "不同单位请分开画图"),
    ),
    "drawn-twice": Message(
        ("{where}: {value} is drawn in the chart {chart} already", "draw it once"),
        ("{where}：图 {chart} 里已经画过 {value}", "请只画一次"),
    ),
    "too-many-drawn": Message(
        ("{where}: the chart {chart} has more than {limit} amounts", "keep the best, or make a second chart"),
        ("{where}：图 {chart} 里的数超过{limit}个", "请保留最要紧的，或者另开一张图"),
    ),
    "relative-time": Message(
        ("{where} says “{word}”, which changes with the day of reading", "name the year or the day"),
        ("{where} 用了“{word}”，读的时候意思会变", "请写明哪一年、哪一天"),
    ),
    "stiff-word": Message(
        ("{where} says “{word}”", "say it plainly"),
        ("{where} 用了“{word}”", "请换成平实的说法"),
    ),
    "line-break": Message(
        ("{where} has a line break inside", "write it as one line, or fold it with >-"),
        ("{where} 里有换行", "请写成一行，或者用 >- 折行"),
    ),
    "phrase-not-there": Message(
        ("{where}: paragraph {paragraph} doesn't say “{phrase}”", "copy the phrase letter by letter"),
        ("{where}：第{paragraph}段里没有“{phrase}”", "请逐字照抄"),
    ),
    "number-not-there": Message(
        (
            "{where} gives {numbers}, which its evidence doesn't",
            "correct it, cite the paragraph, or explain it in a note",
        ),
        ("{where} 写了{numbers}，证据里没有", "请改正，或者补上段落，或者加一条说明"),
    ),
    "number-unquoted": Message(
        ("{where} gives {numbers}, and no quoted phrase does (“{phrases}”)", "correct it, or quote the words that do"),
        ("{where} 写了{numbers}，引文里没有（“{phrases}”）", "请改正，或者把写有这个数的原文引上"),
    ),
    "number-uncited": Message(
        ("{where} gives {numbers}, and the gap reports no fact", "correct it, or add the fact that gives it to cites"),
        ("{where} 写了{numbers}，这条空白却没有引用事实", "请改正，或者在 cites 里加上写有这个数的事实"),
    ),
    "question-broken": Message(
        ("this isn't a question of an evaluation set ({problem})", "write one JSON object a line"),
        ("这不是一条评测问题（{problem}）", "请每行写一个 JSON 对象"),
    ),
}
