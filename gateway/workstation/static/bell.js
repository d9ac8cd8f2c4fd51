// What is near its deadline: shown above every screen, and heard where the person has allowed a sound.
import { get, signedIn } from "./api.js";
import { button, fill, h } from "./dom.js";
import { has } from "./router.js";
import { t } from "./words.js";

const EVERY = 20_000;
let hearing = null;
let waiting = null;
let rung = new Set();

/** Look now and again while an official is logged in. */
export function listen() {
  clearInterval(waiting);
  rung = new Set();
  if (!has("head", "right_to_sign")) return;
  waiting = setInterval(look, EVERY);
  look();
}

async function look() {
  if (!signedIn()) return void clearInterval(waiting);
  const boards = await Promise.all(["proposals", "reviews"].map((one) =>
    get(`/v1/staff/${one}`).then((board) => board.waiting.filter((each) => each.rings).map((each) => [one, each]), () => [])));
  const near = boards.flat();
  const fresh = near.some(([, one]) => !rung.has(one.request_id));
  const gone = rung.size !== near.length;
  rung = new Set(near.map(([, one]) => one.request_id));
  if (!fresh && !gone) return;
  if (fresh) ring();
  fill(document.getElementById("bell"), near.length && h("div", { class: "bell" },
    h("p", {}, h("strong", {}, t("near_deadline", { count: near.length }))),
    h("ul", {}, near.map(([kind, one]) => h("li", {}, h("a", { href: `#/${kind}/${one.request_id}` }, `№ ${one.number}`)))),
    hearing ? null : button(t("sound_on"), (event) => { hearing = new AudioContext(); ring(); event.currentTarget.remove(); })));
}

/** Two short tones; a browser lets them be heard only after the person has pressed the button. */
function ring() {
  if (!hearing) return;
  for (const [place, pitch] of [[0, 880], [0.25, 660]]) {
    const tone = hearing.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(hearing.destination);
    tone.start(hearing.currentTime + place);
    tone.stop(hearing.currentTime + place + 0.2);
  }
}
