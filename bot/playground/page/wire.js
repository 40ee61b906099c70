/** Each call of the Bot API and its answer, newest first. */

import { button, byId, el, icon, oneLine } from "./dom.js";
import { toast } from "./notices.js";
import { t } from "./words.js";

const SHOWN = 200;
const LONGEST_JSON = 20_000;
const TOKEN = /("(?:[^"\\]|\\.)*"(?=\s*:))|("(?:[^"\\]|\\.)*")|\b(true|false|null|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\b/gi;

/** An empty long poll says nothing but that the bot is alive. */
const idle = ({ method, ok, response }) => method === "getUpdates" && ok && !response?.result?.length;

export class Wire {
  #list = byId("calls");
  #filter = byId("wire-filter");
  #idle = byId("wire-idle");
  #pending = [];

  constructor(world) {
    this.world = world;
    world.addEventListener("redraw", () => this.#showAll());
    world.addEventListener("call", ({ detail }) => this.#note(detail));
    this.#filter.addEventListener("input", () => this.#showAll());
    this.#idle.addEventListener("change", () => this.#showAll());
  }

  #wanted(call) {
    if (idle(call) && !this.#idle.checked) return false;
    const words = this.#filter.value.trim().toLowerCase();
    const all = () => `${call.method} ${call.status} ${JSON.stringify([call.request, call.response])}`.toLowerCase();
    return !words || all().includes(words);
  }

  #showAll() {
    this.#pending = [];
    const wanted = this.world.calls.filter((call) => this.#wanted(call)).slice(-SHOWN).reverse();
    this.#list.replaceChildren(...wanted.map((call) => this.#row(call)));
    this.#sayEmpty();
  }

  #note(call) {
    if (!this.#wanted(call)) return;
    if (!this.#pending.length) requestAnimationFrame(() => this.#flush());
    this.#pending.push(call);
  }

  #flush() {
    this.#list.prepend(...this.#pending.slice(-SHOWN).reverse().map((call) => this.#row(call)));
    this.#pending = [];
    while (this.#list.children.length > SHOWN) this.#list.lastChild.remove();
    this.#sayEmpty();
  }

  #sayEmpty() {
    const none = byId("wire-none");
    none.hidden = this.#list.children.length > 0;
    none.textContent = t(this.#filter.value.trim() ? "wireNoMatch" : "wireNone");
  }

  #row(call) {
    const details = el("details", { class: call.ok ? "call" : "call call-bad" },
      el("summary", {}, icon("fold"),
        el("span", { class: "method" }, call.method),
        el("span", { class: "status" }, String(call.status)),
        el("span", { class: "ms" }, duration(call.ms)),
        el("span", { class: "gist", dir: "auto" }, this.#gist(call))));
    details.addEventListener("toggle", () => {
      if (!details.open || details.children.length > 1) return;
      details.append(part("request", call.request, unpacked), part("response", call.response));
    });
    return el("li", {}, details);
  }

  /** The call in a few words: to whom, and what. */
  #gist({ method, ok, request, response }) {
    if (!ok) return response?.description ?? "";
    if (method === "getUpdates") return (response?.result ?? []).map(updateGist).join(" · ");
    const chat = this.world.chats.get(Number(request?.chat_id));
    const words = oneLine(String(request?.text ?? request?.caption ?? "").replace(/<[^>]*>/g, "")).slice(0, 90);
    return [chat ? `→ ${chat.title ?? chat.first_name ?? ""}` : "", words].filter(Boolean).join(": ");
  }
}

function duration(ms) {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** Arguments that travel as JSON inside a form, such as a keyboard, are shown unpacked. */
function unpacked(_, value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function updateGist(update) {
  const kind = Object.keys(update).find((name) => name !== "update_id") ?? "";
  const content = update[kind] ?? {};
  const words = content.text ?? content.data ?? content.query ?? "";
  return `← ${content.from?.first_name ?? kind}${words ? `: ${String(words).slice(0, 60)}` : ` (${kind})`}`;
}

function part(title, value, view) {
  const text = JSON.stringify(value ?? null, view, 2);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  };
  const shown = coloured(text.slice(0, LONGEST_JSON));
  const rest = text.length > LONGEST_JSON ? " …" : null;
  return el("div", { class: "json" },
    el("p", {}, t(title), button({ class: "round", "aria-label": `${t("copy")}: ${t(title)}` }, copy, icon("copy"))),
    el("pre", { tabindex: "0", "aria-label": t(title) }, shown, rest));
}

function coloured(json) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const match of json.matchAll(TOKEN)) {
    const kind = match[1] ? "json-key" : match[2] ? "json-text" : "json-value";
    out.append(json.slice(at, match.index), el("span", { class: kind }, match[0]));
    at = match.index + match[0].length;
  }
  out.append(json.slice(at));
  return out;
}
