/** Which panes are seen, and how the page looks and speaks. */

import { byId, el } from "./dom.js";
import { LANGUAGES, looks, THEMES } from "./looks.js";
import { speak, t } from "./words.js";

const small = matchMedia("(max-width: 719px)");
const wide = matchMedia("(min-width: 1180px)");

/** @returns {{show: (pane: "chats"|"chat"|"tools") => void}} */
export function arrangePanes(world) {
  const app = byId("app");
  const opener = byId("to-tools");
  let moved = false; // the clock, since the tools were opened

  /** On a phone one pane fills the screen; beyond that only the tools come and go. */
  function show(pane) {
    if (small.matches) {
      app.dataset.pane = pane;
      hideUnseen();
    }
  }

  function tools(open) {
    moved = false;
    app.dataset.tools = open ? "open" : "shut";
    opener.setAttribute("aria-expanded", String(open));
    if (small.matches) show(open ? "tools" : "chat");
    hideUnseen();
  }

  /** What is out of sight is out of the tab order too. */
  function hideUnseen() {
    const pane = app.dataset.pane;
    byId("side").inert = small.matches && pane !== "chats";
    byId("chat").inert = small.matches && pane !== "chat";
    byId("tools").inert = small.matches ? pane !== "tools" : app.dataset.tools !== "open";
  }

  opener.addEventListener("click", () => {
    tools(opener.getAttribute("aria-expanded") !== "true");
    if (!byId("tools").inert && !wide.matches) byId("from-tools").focus();
  });
  byId("from-tools").addEventListener("click", () => {
    tools(false);
    opener.focus();
  });
  byId("tools").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || wide.matches) return;
    tools(false);
    opener.focus();
  });
  byId("to-chats").addEventListener("click", () => {
    show("chats");
    byId("chats").querySelector("[aria-current]")?.focus();
  });
  // A post that one has moved the clock for is not to arrive behind the clock.
  world.addEventListener("message", ({ detail }) => {
    const here = detail.chat_id === world.chatId && world.isBot(detail.message?.from);
    if (moved && here && small.matches && app.dataset.pane === "tools") tools(false);
  });
  world.addEventListener("clock", () => { moved = true; });
  small.addEventListener("change", () => {
    app.dataset.pane = "chat";
    tools(wide.matches);
  });
  tools(wide.matches);

  // First the language, then everything drawn in it: views listen for "redraw" instead of "load" and "person".
  const redraw = () => {
    speak(looks.language === "auto" ? world.language : looks.language);
    showChoices(redraw);
    world.dispatchEvent(new CustomEvent("redraw"));
  };
  world.addEventListener("load", redraw);
  world.addEventListener("person", redraw);
  showChoices(redraw);
  return { show };
}

function showChoices(redraw) {
  const spoken = { auto: t("auto"), en: t("en"), zh: t("zh") };
  choice("choose-language", "language", LANGUAGES, looks.language, (each) => spoken[each], (value) => {
    looks.chooseLanguage(value);
    redraw();
  });
  choice("choose-theme", "theme", THEMES, looks.theme, t, (value) => looks.chooseTheme(value));
}

function choice(id, name, values, chosen, label, choose) {
  const set = byId(id);
  const focused = set.contains(document.activeElement);
  const options = values.map((value) => {
    const radio = el("input", { type: "radio", name, value, class: "unseen", on: { change: () => choose(value) } });
    radio.checked = value === chosen;
    return el("label", {}, radio, el("span", {}, label(value)));
  });
  set.replaceChildren(set.querySelector("legend"), ...options);
  if (focused) set.querySelector(":checked").focus();
}
