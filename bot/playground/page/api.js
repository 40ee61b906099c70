/** The page's only door: /sim/* of the server that served it. */

async function request(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, options);
  const text = await answer.text();
  let data = null;
  try {
    data = JSON.parse(text);
  } catch {
    data = { description: text.slice(0, 300) };
  }
  if (!answer.ok) throw new Error(data?.description || data?.error || `${answer.status} ${answer.statusText}`);
  return data;
}

/** The same with the progress of what is sent, which fetch does not tell: `told` gets a share from 0 to 1. */
function upload(path, body, told) {
  return new Promise((done, fail) => {
    const sent = new XMLHttpRequest();
    sent.open("POST", path);
    sent.setRequestHeader("Content-Type", "application/json");
    sent.upload.onprogress = ({ loaded, total }) => told(total ? loaded / total : 1);
    sent.onerror = () => fail(new TypeError("no answer"));
    sent.onload = () => (sent.status === 200 ? done() : fail(new Error(reason(sent.responseText) ?? `${sent.status}`)));
    sent.send(JSON.stringify(body));
  });
}

function reason(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return undefined;
  }
}

export const sim = {
  state: () => request("/sim/state"),
  commands: (user_id, chat_id) => request(`/sim/commands?user_id=${user_id}&chat_id=${chat_id}`),
  message: (user_id, chat_id, text, reply_to) => request("/sim/message", { user_id, chat_id, text, reply_to }),
  document: (file, told) => upload("/sim/document", file, told),
  file: (id) => `/sim/file?file_id=${encodeURIComponent(id)}`,
  picture: (id) => `/sim/picture?file_id=${encodeURIComponent(id)}`,
  tap: (user_id, chat_id, message_id, data) => request("/sim/tap", { user_id, chat_id, message_id, data }),
  inline: (user_id, query) => request("/sim/inline", { user_id, query }),
  choose: (user_id, chat_id, inline_query_id, result_id) => request("/sim/choose", { user_id, chat_id, inline_query_id, result_id }),
  vote: (user_id, chat_id, message_id, option) => request("/sim/vote", { user_id, chat_id, message_id, option }),
  start: (user_id, payload) => request("/sim/start", { user_id, payload }),
  member: (chat_id, user_id, status) => request("/sim/member", { chat_id, user_id, status }),
  block: (user_id, blocked) => request("/sim/block", { user_id, blocked }),
  clock: (to) => request("/sim/clock", to),
  transcript: async (chat_id) => (await fetch(`/sim/transcript?chat_id=${chat_id}`)).text(),
  reset: () => request("/sim/reset", {}),
};

const FIRST_WAIT = 500;
const LONGEST_WAIT = 5000;

/**
 * Follow the server: the whole state at every (re)connection, then each event. What arrives while the state is being
 * fetched waits for it; all of it may be applied twice without harm.
 * @param {{load: (state: object) => void, apply: (event: object) => void}} world
 * @param {(live: boolean) => void} status
 */
export function follow(world, status) {
  let wait = FIRST_WAIT;

  function connect() {
    const source = new EventSource("/sim/events");
    let early = [];
    let over = false;

    const lose = () => {
      if (over) return;
      over = true;
      source.close();
      status(false);
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
    const reload = async () => {
      early = early ?? [];
      try {
        world.load(await sim.state());
      } catch {
        lose();
        return;
      }
      const missed = early;
      early = null;
      missed.forEach((event) => world.apply(event));
      wait = FIRST_WAIT;
      status(true);
    };

    source.onopen = reload;
    source.onerror = lose;
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.type === "reset") reload();
      else if (early) early.push(event);
      else world.apply(event);
    };
  }

  connect();
}
