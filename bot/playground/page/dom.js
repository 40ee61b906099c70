/** Elements without markup: text only ever enters the page as text. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Object<string, unknown>} props attributes; `on` is {event: listener}; null, undefined and false are left out
 * @param {...(Node|string|null|undefined|Array)} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** @param {() => void} run */
export const button = (props, run, ...children) => el("button", { type: "button", on: { click: run }, ...props }, ...children);

/** @param {string} name of a symbol in index.html */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

const HAN = /\p{Script=Han}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

// Common characters that are written so in Traditional Chinese only.
const TRADITIONAL = /[個們這說説問麼為與會對時國學開關經濟樣數據發體點條應當實過還沒獎勵億區產業團來誰嗎幾間邊後將長門車東馬場處務資訊號錢設計畫報導規劃內兩萬總額產術網級層電腦頁類請讓語讀寫譯聽歡謝啟戰構圍園從進單雙嘅咗啲嚟]/u;

/** The `lang` of a piece of text, for its glyphs and for screen readers; null when the page's own will do. */
export function langOf(text) {
  if (HAN.test(text) && !KANA.test(text)) return TRADITIONAL.test(text) ? "zh-Hant" : "zh-Hans";
  return /[a-z]/i.test(text) ? "en" : null;
}

/** A text on one line, which shows where its lines ended. */
export const oneLine = (text) => text.trim().replace(/\s*\n\s*/g, " · ").replace(/\s+/g, " ");

/** A round face: the first letter of the name on a colour that the id picks. The bot has a square seal. */
export function face(node, name, id, isBot = false) {
  node.textContent = [...(name || "?")][0].toUpperCase();
  node.className = isBot ? "face seal" : `face face-${Math.abs(Number(id)) % 5}`;
  return node;
}
