/** Instants are milliseconds since 1970; wall times are the same kind of number as if the zone were UTC. */

import { locale } from "./words.js";

const DAY = { day: "numeric", year: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const formats = new Map();

function format(zone, options) {
  const key = `${locale()}|${zone}|${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { timeZone: zone, ...options }));
  return formats.get(key);
}

export const clockTime = (ms, zone) => format(zone, TIME).format(ms);
export const dayName = (ms, zone) => format(zone, { ...DAY, weekday: "long", month: "long" }).format(ms);
export const dayAndTime = (ms, zone) => format(zone, { ...DAY, weekday: "short", month: "short", ...TIME }).format(ms);
export const dayKey = (ms, zone) => Math.floor((ms + offset(ms, zone)) / 86_400_000);

const offsets = new Map();

/** How far east of UTC `zone` is at that instant, in ms. Cached by the quarter of an hour: no zone changes in between. */
function offset(ms, zone) {
  const key = `${zone}|${Math.floor(ms / 900_000)}`;
  if (offsets.has(key)) return offsets.get(key);
  const options = { timeZone: zone, ...DAY, month: "numeric", ...TIME, second: "2-digit" };
  const parts = new Intl.DateTimeFormat("en-US", options).formatToParts(ms);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  const found = wall - Math.floor(ms / 1000) * 1000;
  if (offsets.size > 5000) offsets.clear();
  offsets.set(key, found);
  return found;
}

export const wallTime = (ms, zone) => ms + offset(ms, zone);

/** The instant at which clocks in `zone` show `wall`. In a gap of daylight saving it falls an hour beside. */
export function instantOf(wall, zone) {
  const guess = wall - offset(wall, zone);
  return wall - offset(guess, zone);
}

/** The first Monday 09:00 in `zone` after `ms`. */
export function nextMonday(ms, zone) {
  const now = wallTime(ms, zone);
  const today = Math.floor(now / 86_400_000);
  const ahead = (8 - new Date(now).getUTCDay()) % 7;
  const nine = (today + ahead) * 86_400_000 + 9 * 3_600_000;
  return instantOf(nine > now ? nine : nine + 7 * 86_400_000, zone);
}
