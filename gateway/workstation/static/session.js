// Who is logged in, until they log out or leave the computer alone: then the session ends and the screen is emptied.
import { ask, get, hold, signedIn } from "./api.js";
import { fill, h, button } from "./dom.js";
import { t } from "./words.js";

const IDLE_MINUTES = 10;
const WARNING_MINUTES = 1;
const MINUTE = 60_000;
let who = null;
let touched = Date.now();
let locked = () => {};

export const me = () => who;
export const organisation = () => who.organisation.bin;

export async function logIn(iin, password, bin) {
  const { body } = await ask("POST", "/v1/staff/sessions", { body: { iin, password, organisation_bin: bin } });
  hold(body);
  who = await get("/v1/staff/me");
  touched = Date.now();
  return who;
}

/** End the session at the gateway, and forget it here whatever the gateway says. */
export async function logOut() {
  if (signedIn()) await ask("DELETE", "/v1/staff/sessions/current").catch(() => null);
  forget();
}

export function forget() {
  hold(null);
  who = null;
}

/** Watch for somebody at the computer; `lock` is called when there was nobody. */
export function watchIdle(lock) {
  locked = lock;
  for (const event of ["pointerdown", "keydown", "touchstart", "wheel"]) {
    addEventListener(event, () => { touched = Date.now(); warn(false); }, { passive: true });
  }
  setInterval(look, 5_000);
}

/** A computer that slept has been left alone for as long: the time is compared, not counted. */
function look() {
  if (!signedIn()) return warn(false);
  const idle = (Date.now() - touched) / MINUTE;
  if (idle >= IDLE_MINUTES) return void logOut().then(() => { warn(false); locked(t("locked")); });
  return warn(idle >= IDLE_MINUTES - WARNING_MINUTES);
}

let warned = false;
function warn(so) {
  if (so === warned) return;
  warned = so;
  const bell = document.getElementById("idle") ?? document.body.appendChild(h("div", { id: "idle", role: "alert" }));
  fill(bell, so ? h("p", { class: "wrong" }, t("locks_soon"), " ", button(t("stay"), () => null)) : null);
}
