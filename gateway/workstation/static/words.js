// What the page says, in the language that was chosen; names from the end points come in all three.

let said = {};
let chosen = document.documentElement.lang;

export const language = () => chosen;

/** Learn the words of a language; the address keeps the choice, so that a reload keeps it too. */
export async function learn(one) {
  const answer = await fetch(`/workstation/words/${one}`);
  if (!answer.ok) throw new Error("no words");
  said = await answer.json();
  chosen = one;
  document.documentElement.lang = one;
  const here = new URL(location.href);
  here.searchParams.set("lang", one);
  history.replaceState(null, "", here);
}

/** Return a sentence with what is to be filled in; a key that is missing shows itself. */
export function t(key, filled = {}) {
  const words = said[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => filled[name] ?? whole);
}

/** Return a text of three languages in the chosen one. */
export const inWords = (text) => (text && typeof text === "object" ? text[chosen] ?? text.kk : text ?? "");

const ALMATY = "Asia/Almaty";
const LOCALES = { kk: "kk-KZ", ru: "ru-RU", en: "en-GB" };

const formatted = (moment, options) =>
  moment ? new Intl.DateTimeFormat(LOCALES[chosen], { timeZone: ALMATY, ...options }).format(new Date(moment)) : "";

// Not every browser has the names of months in Kazakh.
const DIGITS = { day: "2-digit", month: "2-digit", year: "numeric" };

/** Return day and time in Almaty, wherever the computer thinks it is. */
export const at = (moment) => formatted(moment, { ...DIGITS, hour: "2-digit", minute: "2-digit" });
export const timeOf = (moment) => formatted(moment, { timeStyle: "short" });

export const dateOf = (moment) => formatted(moment, DIGITS);

/** Return the day in Almaty as `2026-11-24`. */
export const isoDay = (moment = Date.now()) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: ALMATY, dateStyle: "short" }).format(new Date(moment));
