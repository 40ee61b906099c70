/** The page's own words, in both languages. What the bot says comes from the bot. */

export const WORDS = {
  en: {
    skip: "Skip to the message field",
    tagline: "running here without Telegram",
    headline: "{name}, running here without Telegram",
    lead: "The bot is the real program. Only Telegram's server is replaced by a small one on this computer, so you need no account and nothing leaves it.",
    tryTitle: "Try a question",
    tryHere: "Try here",
    personSide: "You're {name}. On the left you can become someone else or open the group: the bot speaks two languages, and a curator can change what it knows.",
    personPane: "You're {name}. Tap ‹ above to become someone else or open the group: the bot speaks two languages, and a curator can change what it knows.",
    groupTitle: "In a group the bot speaks only when spoken to",
    groupLead: "Ask with /ask, mention @{bot}, or reply to it. ",
    groupAdmin: "{name} is an administrator here and may set up scheduled posts.",
    groupMember: "{name} may ask here. Scheduled posts are up to administrators.",
    tryNextWeek: "Move the clock to next Monday, 09:00",
    curatorLead: "{name} is a curator: change the bot's YAML files and have it read them again, or take them with /facts and attach what you changed.",
    questions: ["What is the article about?", "Who wrote it, and when?", "What will the weather be like tomorrow?"],
    sideLabel: "People and chats", toolsLabel: "Behind the scenes: clock and wire", toolsClose: "Close", toolsTitle: "Behind the scenes",
    who: "You are", chats: "Chats", curator: "curator", toChats: "Chats", more: "More about this chat",
    languageOf_en: "English", languageOf_zh: "中文",
    status_creator: "owner", status_administrator: "administrator", status_member: "member", status_restricted: "restricted", status_left: "not in it", status_kicked: "removed",
    bot: "bot", members: "{status}, {count} members", typing: "typing…", uploading: "sending a file…",
    unread: " new", nothingYet: "Nothing said yet",
    field: "Your question…", fieldGroup: "Write to the group…", send: "Send", start: "Start", commands: "Commands", tooLong: "{count} over Telegram's limit of {limit}",
    attach: "Attach a file, up to 2 MB", attachStop: "Don't send it", attachSending: "Sending the file", attachBig: "{name} is larger than 2 MB, the most that can be attached here.", attachEmpty: "{name} is empty: there's nothing to send.", fieldCaption: "Add a caption…", fileSave: " (save)",
    reply: "Reply", replyStop: "Don't reply", replyGone: "Deleted message", logLabel: "Messages", toEnd: "To the newest message",
    you: "You", edited: "edited", opensLink: "opens a link", spoiler: "Hidden words: show them", unfold: "Show the whole quote", fold: "Fold the quote",
    joined: "{names} joined", left: "{names} left", created: "The group was created", pinned: "A message was pinned", renamed: "The group is now called “{title}”", serviceOther: "Something changed in the chat",
    pictureTold: "Picture: {what}. The words below it tell all that it shows", pictureLarge: "Enlarge the picture", pictureZoom: "Come closer, or see the whole again", pictureClose: "Close the picture",
    media_photo: "Photo", media_document: "File: {name}", media_voice: "Voice message", media_sticker: "Sticker", media_poll: "Poll: {what}", media_other: "A message that this page can't show yet",
    blockedByYou: "You've blocked the bot.", unblock: "Unblock", block: "Block the bot", leave: "Leave the group", notInside: "You're not in this group.", join: "Join",
    membersTitle: "Who's in it", transcript: "Copy the conversation", copied: "Copied",
    clock: "Clock", clockSet: "Set", clockTo: "Date and time", clockHint: "Move it forward, and every post that falls due is sent now.",
    minute: "+1 min", hour: "+1 hour", day: "+1 day", monday: "Next Mon 09:00", clockMoved: "It's now {time}",
    wire: "Wire", wireFilter: "Filter: method, text, status", wireIdle: "idle polls", wireNone: "No calls yet. Say something to the bot.", wireNoMatch: "No call matches.", request: "Request", response: "Answer", copy: "Copy",
    reset: "Start over", resetAsk: "Empty every chat and begin again? The clock stays where it is.", cancel: "Cancel", ok: "OK",
    quiz: "Anonymous quiz", votes: "{count} answered", pollRight: "right", pollYours: "your answer",
    via: "via {name}", shareTo: "Where to? The question will wait in that chat's message field.",
    lost: "Connection lost. Reconnecting…", failed: "That didn't work: {why}", away: "No answer from the server. Is it still running?",
    language: "Language of this page", theme: "Light or dark", auto: "Auto", light: "Light", dark: "Dark", en: "English", zh: "中文",
  },
  zh: {
    skip: "跳到输入框",
    tagline: "不用 Telegram，这里就能聊",
    headline: "{name}：不用\u00a0Telegram，这里就能聊",
    lead: "这就是正式运行的那个机器人，只是 Telegram 的服务器换成了本机上的一个小服务器：不用注册账号，聊的内容也不出这台电脑。",
    tryTitle: "随便问一句",
    tryHere: "在这儿试试",
    personSide: "你现在是{name}。左边可以换人、进群：机器人中英文都会说，管资料的人还能改它知道的内容。",
    personPane: "你现在是{name}。点左上角的 ‹ 可以换人、进群：机器人中英文都会说，管资料的人还能改它知道的内容。",
    groupTitle: "在群里，叫到机器人它才开口",
    groupLead: "用 /ask 提问，@{bot} 叫它，或者回复它的消息。",
    groupAdmin: "{name}是这里的管理员，可以设置定时推送。",
    groupMember: "{name}可以在这里提问；定时推送由管理员决定。",
    tryNextWeek: "把时钟拨到下周一 9:00",
    curatorLead: "{name}是管资料的：改了机器人的 YAML 文件，可以让它重新读一遍；也可以用 /facts 拿文件，改好再附回来。",
    questions: ["这篇文章讲了什么？", "是谁写的？什么时候登的？", "明天天气怎么样？"],
    sideLabel: "人物和聊天", toolsLabel: "幕后：时钟和接口", toolsClose: "关闭", toolsTitle: "幕后",
    who: "你现在是", chats: "聊天", curator: "管资料", toChats: "聊天列表", more: "这个聊天的更多选项",
    languageOf_en: "English", languageOf_zh: "中文",
    status_creator: "群主", status_administrator: "管理员", status_member: "成员", status_restricted: "受限", status_left: "不在群里", status_kicked: "已移出",
    bot: "机器人", members: "{count}人，你是{status}", typing: "正在输入…", uploading: "正在发文件…",
    unread: "条新消息", nothingYet: "还没人说话",
    field: "想问什么，直接写…", fieldGroup: "在群里说点什么…", send: "发送", start: "开始", commands: "命令", tooLong: "超出 Telegram 的{limit}字上限{count}字",
    attach: "附上文件，最大 2 MB", attachStop: "不发了", attachSending: "正在发送文件", attachBig: "{name} 超过 2 MB，这里发不了这么大的文件。", attachEmpty: "{name} 是空的，没有内容可发。", fieldCaption: "给文件配句话…", fileSave: "（保存）",
    reply: "回复", replyStop: "不回复了", replyGone: "消息已删除", logLabel: "消息", toEnd: "回到最新消息",
    you: "你", edited: "已编辑", opensLink: "会打开链接", spoiler: "遮住的文字，点开看", unfold: "展开引文", fold: "收起引文",
    joined: "{names}加入了", left: "{names}离开了", created: "群建好了", pinned: "置顶了一条消息", renamed: "群名改成了“{title}”", serviceOther: "聊天有了变动",
    pictureTold: "图：{what}。图上的内容，下面的文字里都有", pictureLarge: "放大看图", pictureZoom: "放大细看，再点一次看全图", pictureClose: "关掉大图",
    media_photo: "图片", media_document: "文件：{name}", media_voice: "语音", media_sticker: "贴纸", media_poll: "投票：{what}", media_other: "这种消息，这个页面还显示不了",
    blockedByYou: "你屏蔽了机器人。", unblock: "取消屏蔽", block: "屏蔽机器人", leave: "退出群", notInside: "你不在这个群里。", join: "加入",
    membersTitle: "群里有谁", transcript: "复制聊天记录", copied: "已复制",
    clock: "时钟", clockSet: "拨到", clockTo: "日期和时间", clockHint: "往后拨，到点的推送马上就发。",
    minute: "+1分钟", hour: "+1小时", day: "+1天", monday: "下周一 9:00", clockMoved: "现在是{time}",
    wire: "接口", wireFilter: "筛选：方法、文字、状态码", wireIdle: "空轮询", wireNone: "还没有调用。跟机器人说句话看看。", wireNoMatch: "没有符合的调用。", request: "请求", response: "应答", copy: "复制",
    reset: "从头再来", resetAsk: "清空所有聊天，从头开始？时钟不动。", cancel: "取消", ok: "好",
    quiz: "匿名测验", votes: "{count}人答过", pollRight: "正确", pollYours: "你选的",
    via: "通过 {name}", shareTo: "发到哪里？问题会先放在那边的输入框里。",
    lost: "连接断了，正在重连…", failed: "没成功：{why}", away: "服务器没有回应，它还开着吗？",
    language: "页面语言", theme: "浅色或深色", auto: "自动", light: "浅色", dark: "深色", en: "English", zh: "中文",
  },
};

let language = "en";

export const currentLanguage = () => language;
export const locale = () => (language === "zh" ? "zh-CN" : "en-GB");
export const list = (key) => WORDS[language][key];

/** @param {string} key @param {Object<string, string|number>} values for the {braces} */
export function t(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export const has = (key) => key in WORDS[language];

const ATTRIBUTES = { tLabel: "aria-label", tPlaceholder: "placeholder" };

/** Speak `next` from now on, in all of index.html's own elements too. */
export function speak(next) {
  language = next;
  document.documentElement.lang = next === "zh" ? "zh-Hans" : "en";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const [data, attribute] of Object.entries(ATTRIBUTES)) {
    const selector = `data-${data.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    for (const node of document.querySelectorAll(`[${selector}]`)) {
      node.setAttribute(attribute, t(node.dataset[data]));
      if (node.matches(".round")) node.title = t(node.dataset[data]);
    }
  }
}
