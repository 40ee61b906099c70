/** Puts the page together: one world, its views, and what a person can do in it. */

import { follow, sim } from "./api.js";
import { ClockPanel } from "./clock.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { Head } from "./head.js";
import { showTries } from "./intro.js";
import { Log } from "./log.js";
import { alertBox, ask, failed, toast } from "./notices.js";
import { People } from "./people.js";
import { followPictures } from "./picture.js";
import { followKeys } from "./keys.js";
import { arrangePanes } from "./panes.js";
import { Taps } from "./taps.js";
import { t } from "./words.js";
import { Wire } from "./wire.js";
import { World } from "./world.js";

const world = new World();
const finePointer = matchMedia("(pointer: fine)");
const panes = arrangePanes(world);
const taps = new Taps(world);

/** Everything that views may ask for. Each reports its own failure and says whether it worked. */
const act = {
  /** Show the chat and, where no keyboard would slide over it, get ready to write. */
  toField: () => {
    panes.show("chat");
    if (finePointer.matches) byId("field").focus({ preventScroll: true });
  },
  toChat: () => panes.show("chat"),
  describeChat: () => head.describe(),
  commands: () => composer.menu.commands,
  commandsChanged: () => {
    showTries(world, act);
    log.refreshIntro();
  },
  jump: (id) => log.jump(id),
  reply: (message) => composer.replyTo(message),
  moveClock: (instant) => clock.moveTo(instant),
  tap: (message, button, node) => taps.tap(message, button, node),
  send: (text, replyTo) => attempt(() => sim.message(world.meId, world.chatId, text, replyTo)),
  attach: (attachment, text, replyTo) => attempt(() => attachment.send(world.meId, world.chatId, text, replyTo)),
  vote: (message, option) => attempt(() => sim.vote(world.meId, message.chat.id, message.message_id, option)),
  post: (query, result) => attempt(() => sim.choose(world.meId, world.chatId, query, result)),
  /** A button that asks inline: choose a chat, then the question stands in its field. */
  share(query) {
    const write = (chat) => () => {
      world.open(chat.id);
      composer.write(`@${world.bot.username} ${query}`);
    };
    const open = [...world.chats.values()].filter((chat) => (world.isPrivate(chat) ? chat.id === world.meId : world.isInside(chat)));
    ask(t("shareTo"), [...open.map((chat) => ({ label: world.titleOf(chat), run: write(chat) })), { label: t("cancel") }]);
  },
  start: (payload) => attempt(() => sim.start(world.meId, payload)),
  block: (blocked) => attempt(() => sim.block(world.meId, blocked)),
  /** @returns {boolean} whether the address leads to the bot itself and was followed inside the page */
  visit(url) {
    const name = ["t.me", "telegram.me"].includes(url.hostname) ? url.pathname.slice(1).toLowerCase() : null;
    if (name !== world.bot.username.toLowerCase()) return false;
    world.open(world.meId);
    if (url.searchParams.has("start")) act.start(url.searchParams.get("start"));
    return true;
  },
};

async function attempt(action) {
  panes.show("chat");
  try {
    await action();
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

const head = new Head(world, act);
const log = new Log(world, act);
const composer = new Composer(world, act);
const clock = new ClockPanel(world);
new People(world, act);
new Wire(world);
followKeys(world, act);
followPictures();

for (const type of ["redraw", "open", "chat"]) world.addEventListener(type, () => showTries(world, act));
world.addEventListener("answer", ({ detail }) => {
  taps.answered(detail);
  if (detail.user_id !== world.meId || !detail.text) return;
  if (detail.show_alert) alertBox(detail.text);
  else toast(detail.text);
});

byId("reset").addEventListener("click", () => ask(t("resetAsk"), [
  { label: t("reset"), run: () => attempt(() => sim.reset()) },
  { label: t("cancel") },
]));

follow(world, (live) => {
  byId("lost").hidden = live;
  byId("lost").textContent = live ? "" : t("lost");
  document.body.classList.toggle("is-lost", !live);
});
