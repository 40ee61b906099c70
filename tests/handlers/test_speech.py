from facts.traditional import traditional
from handlers import speech
from handlers.ports import Person
from handlers.reply import Button, Document, Edit, Keys, Photo, Posted, Quiz, Result, Results, Text, Toast

HERE, THERE = "奖励<b>发</b>", "獎勵<b>發</b>"
BUTTONS = ((Button("奖励", data="f:zh:奖"), Button("转发", share="奖励")),)
WRITTEN = ((Button("獎勵", data="f:zh:奖"), Button("轉發", share="獎勵")),)


def test_all_that_people_read_of_a_reply_comes_in_traditional_characters_and_nothing_else_changes() -> None:
    text, edit = Text(HERE, BUTTONS, quote=True), Edit(HERE, BUTTONS)
    assert speech.in_traditional(
        (
            text,
            edit,
            Keys(BUTTONS),
            Toast("奖励", alert=True),
            Document("奖励.yaml", "奖励".encode(), "奖励"),
            Photo("奖", b"", HERE, text),
            Results((Result("奖", "奖励", "奖励", HERE, BUTTONS),), 300, personal=True, privately="奖励"),
            Quiz("奖励", ("奖", "励"), 1, "奖励", BUTTONS),
        ),
        traditional,
    ) == (
        Text(THERE, WRITTEN, quote=True),
        Edit(THERE, WRITTEN),
        Keys(WRITTEN),
        Toast("獎勵", alert=True),
        Document("奖励.yaml", "奖励".encode(), "獎勵"),
        Photo("奖", b"", THERE, Text(THERE, WRITTEN, quote=True)),
        Results((Result("奖", "獎勵", "獎勵", THERE, WRITTEN),), 300, personal=True, privately="獎勵"),
        Quiz("獎勵", ("獎", "勵"), 1, "獎勵", WRITTEN),
    )
    post = Text(HERE, BUTTONS, as_it_is=True, facts=(Posted("奖", "奖"),))
    assert speech.in_traditional((post,), traditional) == (post,)


def test_telegrams_code_tells_who_reads_traditional_characters() -> None:
    for code, reads in (("zh-hant", True), ("zh-TW", True), ("zh_HK", True), ("zh-hans", False), ("zh", False)):
        assert speech.reads_traditional(Person(1, "梅", code)) is reads
        assert speech.hinted(Person(1, "梅", code)) == "zh"
    assert not speech.reads_traditional(None)
    assert speech.hinted(Person(1, "Tom", None)) == "en"
