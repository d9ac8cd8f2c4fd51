// The workstation begins here: language, log-in, the screens of one's roles.
import { whenEnded } from "./api.js";
import { button, fill, h } from "./dom.js";
import { actAs, begin, clear, draw, mine } from "./router.js";
import { forget, logOut, me, watchIdle } from "./session.js";
import { inWords, language, learn, t } from "./words.js";
import { drawLogin } from "./screens/login.js";
import { listen } from "./bell.js";
import "./screens/desk.js";
import "./screens/proposals.js";
import "./screens/reviews.js";
import "./screens/journal.js";
import "./screens/choices.js";
import "./screens/systems.js";
import "./screens/employees.js";

const byId = (id) => document.getElementById(id);

function enter() {
  actAs(me().roles.map((role) => role.code));
  frame();
  listen();
  if (mine().length) draw();
  else begin(t("nothing_here"), h("p", {}, t("nothing_for_roles")));
}

/** Draw what stands around every screen: who works here, and where they may go. */
function frame() {
  const one = me();
  fill(byId("who"), one && h("p", {}, inWords(one.name), " · ", h("span", { lang: "kk" }, one.organisation.name)),
    one && button(t("log_out"), () => logOut().then(() => leave(t("logged_out")))));
  const links = one ? mine().map(([name, screen]) => h("li", {}, h("a", { href: `#/${name}` }, t(screen.title)))) : [];
  byId("screens").hidden = links.length === 0;
  byId("screens").setAttribute("aria-label", t("screens"));
  fill(byId("screens"), h("ul", {}, links));
}

function leave(why = "") {
  forget();
  clear();
  fill(byId("bell"));
  history.replaceState(null, "", `${location.pathname}${location.search}`);
  frame();
  drawLogin(enter, why);
}

async function speak(one) {
  await learn(one);
  for (const choice of byId("languages").children) {
    choice.setAttribute("aria-pressed", String(choice.dataset.language === one));
  }
  byId("languages").setAttribute("aria-label", t("language"));
  document.querySelector(".skip").textContent = t("skip");
  document.querySelector(".name").textContent = t("workstation");
}

for (const choice of byId("languages").children) {
  choice.addEventListener("click", async () => {
    await speak(choice.dataset.language);
    frame();
    if (me()) await draw();
    else drawLogin(enter);
    choice.focus();
  });
}
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); byId("main").focus(); });
addEventListener("hashchange", () => { if (me()) draw(); });
whenEnded(() => leave(t("session_over")));
watchIdle(leave);
await speak(language());
leave();
