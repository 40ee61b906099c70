/** Files: one to be sent, shown above the field until it is, and one that was, to be saved. */

import { sim } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { toast } from "./notices.js";
import { t } from "./words.js";

const LARGEST = 2 * 2 ** 20; // bytes; the server takes no larger request

const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024).toLocaleString("en")} KB`);

/** A sent file as a link that saves it. */
export function fileBox({ file_id: id, file_name: name, file_size: size }) {
  return el("a", { class: "file", href: sim.file(id), download: name }, icon("clip"),
    el("span", {}, el("strong", {}, name), el("small", {}, sizeOf(size))), el("span", { class: "unseen" }, t("fileSave")));
}

export class Attachment {
  file = null;
  #input = byId("file");

  /** @param {() => void} changed after a file was chosen or taken away */
  constructor(changed) {
    this.changed = changed;
    byId("attach").addEventListener("click", () => this.#input.click());
    byId("attached-stop").addEventListener("click", () => this.choose(null));
    this.#input.addEventListener("change", () => this.#chosen(this.#input.files[0] ?? null));
  }

  #chosen(file) {
    this.#input.value = ""; // the same file can be chosen again
    if (!file) return;
    if (!file.size || file.size > LARGEST) toast(t(file.size ? "attachBig" : "attachEmpty", { name: file.name }), "error");
    else this.choose(file);
  }

  choose(file) {
    this.file = file;
    byId("attached").hidden = !file;
    byId("attached-progress").hidden = true;
    byId("attached-name").textContent = file?.name ?? "";
    byId("attached-size").textContent = file ? sizeOf(file.size) : "";
    this.changed();
  }

  /** Send the file; it stays until it has arrived. Raises what went wrong. */
  async send(userId, chatId, caption, replyTo) {
    const { file } = this;
    const progress = byId("attached-progress");
    progress.value = 0;
    progress.hidden = false;
    try {
      const content = await inBase64(file);
      const values = { user_id: userId, chat_id: chatId, name: file.name, content, caption, reply_to: replyTo };
      await sim.document(values, (share) => { progress.value = share; });
      if (this.file === file) this.choose(null);
    } finally {
      progress.hidden = true;
    }
  }
}

function inBase64(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}
