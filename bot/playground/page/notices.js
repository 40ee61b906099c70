/** Short notices over the page, and questions that wait for an answer. */

import { button, byId, el, langOf } from "./dom.js";
import { t } from "./words.js";

const SHOWN = 4500; // ms

/** @param {string} text @param {"plain"|"error"} kind */
export function toast(text, kind = "plain") {
  const box = byId("toasts");
  const node = el("p", { class: `toast toast-${kind}`, dir: "auto", lang: langOf(text) }, text);
  // A newer one takes the place of the last of its kind: on a phone they would cover what they speak of.
  box.querySelector(`.toast-${kind}`)?.remove();
  box.append(node);
  setTimeout(() => node.remove(), SHOWN + text.length * 30);
}

/** Take away what was told: it stands over the field, where one now writes. */
export const hideToasts = () => byId("toasts").replaceChildren();

export const failed = (error) => toast(error instanceof TypeError ? t("away") : t("failed", { why: error.message }), "error");

/**
 * @param {string} text
 * @param {Array<{label: string, run?: () => void}>} choices the last one is the safe one and gets Escape
 */
export function ask(text, choices) {
  const dialog = byId("dialog");
  byId("dialog-text").textContent = text;
  const answer = (run) => () => {
    dialog.close();
    run?.();
  };
  byId("dialog-row").replaceChildren(
    ...choices.map(({ label, run }, at) => button({ class: at === 0 ? "solid" : "quiet" }, answer(run), label)));
  if (!dialog.open) dialog.showModal();
}

export const alertBox = (text) => ask(text, [{ label: t("ok") }]);
