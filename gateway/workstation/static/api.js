// Calls of the end points. Tokens are held here and nowhere else: neither a reload nor the next person finds them.
import { language } from "./words.js";

const held = { access: null, refresh: null, renewing: null };
let ended = () => {};

/** What an end point refused, in the words of its problem. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.titles?.[language()] ?? problem.title ?? `${status}`);
    this.status = status;
    this.problem = problem;
    this.slug = (problem.type ?? "").split("/").pop();
  }
}

export const whenEnded = (act) => { ended = act; };
export const signedIn = () => held.access !== null;

export function hold(tokens) {
  held.access = tokens?.access_token ?? null;
  held.refresh = tokens?.refresh_token ?? null;
}

/** Ask and return `{status, headers, body}`; Refused for a problem, TypeError where nobody answers. */
export async function ask(method, path, { body, headers = {}, type = "application/json", accept, bytes = false } = {}) {
  let answer = await send(method, path, { body, headers, type, accept });
  if (answer.status === 401 && held.refresh && path !== "/v1/staff/sessions") {
    if (await renewed()) answer = await send(method, path, { body, headers, type, accept });
    else ended();
  }
  return read(answer, bytes);
}

export const get = async (path) => (await ask("GET", path)).body;
export const post = async (path, body, headers) => (await ask("POST", path, { body, headers })).body;
export const put = async (path, body, headers) => (await ask("PUT", path, { body, headers })).body;

function send(method, path, { body, headers, type, accept }) {
  const told = { "Accept-Language": language(), Accept: accept ?? "application/json", ...headers };
  if (held.access) told.Authorization = `Bearer ${held.access}`;
  if (body !== undefined) told["Content-Type"] = type;
  const content = body === undefined || type !== "application/json" ? body : JSON.stringify(body);
  return fetch(path, { method, headers: told, body: content, cache: "no-store", credentials: "omit" });
}

async function read(answer, bytes) {
  const type = answer.headers.get("content-type") ?? "";
  const isJson = type.includes("json") && !(bytes && answer.ok);
  const body = answer.status === 204 || answer.status === 304 ? null : isJson ? await answer.json() : await answer.blob();
  if (answer.status >= 400) throw new Refused(answer.status, isJson ? body : {});
  return { status: answer.status, headers: answer.headers, body };
}

/** Exchange the refresh token, once for however many calls found the access token old. */
function renewed() {
  held.renewing ??= send("POST", "/v1/sessions/refresh", { body: { refresh_token: held.refresh }, headers: {}, type: "application/json" })
    .then(async (answer) => { if (answer.ok) hold(await answer.json()); return answer.ok; })
    .finally(() => { held.renewing = null; });
  return held.renewing;
}
