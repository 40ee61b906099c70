"""A small base of another article, so that nothing in these tests knows the shipped one."""

from __future__ import annotations

from tests.facts.samples import base, fact, gap, name, talk

RIVERTOWN = base(
    [
        fact(
            "reward",
            ["how much is the maximum reward", "what is the top reward", "biggest grant a firm can get", "max payout"],
            ["最高奖励是多少", "奖励多少钱", "企业最多拿多少补贴"],
            title=("Top reward: 200 million yuan", "最高奖励2亿元"),
            figures=[("reward", 200_000_000, "yuan")],
            about=["rivertown"],
        ),
        fact(
            "firms",
            ["how many digital firms are in Rivertown", "number of digital companies", "count of digital businesses"],
            ["河城有多少家数字企业", "数字企业有多少家", "数字公司数量"],
            title=("Digital firms: over 4,500", "数字企业超4500家"),
            figures=[("firms", 4500, "firms")],
            about=["rivertown"],
        ),
        fact(
            "area",
            ["how big is the gathering area", "size of the area in square kilometers", "how large is the new zone"],
            ["集聚区有多大", "集聚区面积", "新区占地多少平方公里"],
            title=("Gathering area: about 20 km²", "集聚区约20平方公里"),
            figures=[("area", 20, "km2")],
            about=["gathering-area", "rivertown"],
            related=["reward"],
        ),
        fact(
            "fund",
            ["how much is the fund in total", "total size of the fund", "how big is the whole fund"],
            ["基金总共多少钱", "基金总规模", "基金一共多少亿"],
            title=("Fund: 30 billion yuan", "基金300亿元"),
            figures=[("fund", 30_000_000_000, "yuan")],
            about=["bigcity"],
            related=["fund-first", "reward"],
        ),
        fact(
            "fund-first",
            ["how much is the first phase of the fund", "first phase of the fund", "size of the first phase"],
            ["基金首期多少钱", "首期规模", "第一期基金多少"],
            title=("The fund's first phase: 10 billion yuan", "基金首期100亿元"),
            figures=[("fund", 10_000_000_000, "yuan")],
            about=["bigcity"],
            related=["fund"],
        ),
        fact(
            "signed",
            ["which companies signed", "did Hawkwei sign", "who signed up", "names of the companies that signed"],
            ["哪些企业签约了", "霍威签约了吗", "签约企业有谁"],
            title=("Hawkwei and Tensent signed", "霍威、腾迅签约"),
            kind="organisation",
            about=["hawkwei", "tensent"],
        ),
        fact(
            "meeting",
            ["when was the meeting held", "date of the meeting", "on which day was the meeting"],
            ["大会什么时候开的", "大会日期", "大会是哪天"],
            title=("The meeting was on 18 June 2022", "大会2022年6月18日举行"),
            kind="date",
        ),
        fact(
            "secretary",
            ["who is Yan Shan", "what post does Yan Shan hold", "who is the secretary"],
            ["严山是谁", "严山是什么职务", "书记是谁"],
            title=("Yan Shan is the secretary", "严山是书记"),
            kind="person",
            about=["yan-shan"],
        ),
    ],
    gaps=[
        gap("apply", ["how do I apply", "where can I apply for the reward"], ["怎么申请", "奖励怎么申请"], ["reward"]),
        gap("mayor", ["who is the mayor", "name of the mayor"], ["市长是谁", "市长叫什么"], ["secretary"]),
    ],
    smalltalk=[
        talk("hello", ["hello", "hi", "hey there", "good morning"], ["你好", "您好", "早上好"]),
        talk("thanks", ["thanks", "thank you", "thanks a lot"], ["谢谢", "多谢"]),
    ],
    names=[
        name("rivertown", "place", ["Rivertown", "River Town"], ["河城", "河城区"], pinyin=["hecheng"]),
        name("bigcity", "place", ["Bigcity"], ["大都市"]),
        name("gathering-area", "project", ["Rivertown Gathering Area", "gathering area"], ["集聚区"]),
        name("hawkwei", "organisation", ["Hawkwei"], ["霍威"]),
        name("tensent", "organisation", ["Tensent"], ["腾迅"]),
        name("yan-shan", "person", ["Yan Shan"], ["严山"]),
        name("nanhu", "place", ["Nanhu"], ["南湖", "南湖区"], pinyin=["nanhu"], in_source=False),
        name("baidoo", "organisation", ["Baidoo"], ["百读"], in_source=False),
    ],
)
