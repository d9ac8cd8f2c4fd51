// The clinic's own systems: admitted by a public key, with what they may do; a private key is never asked for.
import { ask, get, post } from "../api.js";
import { button, fill, h } from "../dom.js";
import { boxes, field, filled, form } from "../fields.js";
import { attempt, say, Told } from "../live.js";
import { screen } from "../router.js";
import { at, inWords, t } from "../words.js";

async function draw(place) {
  const wrong = h("div");
  const { clients, scopes } = await get("/v1/staff/clients");
  const name = field({ label: t("system_name"), maxlength: 120 });
  const key = field({ label: t("public_key"), hint: t("public_key_hint"), lines: 5 });
  const ticked = boxes(t("scopes"), scopes.map((one) => [one.code, inWords(one.name)]));
  const admit = (pressed) => filled([name, key]) && attempt(wrong, async () => {
    const wanted = { name: name.value(), scopes: ticked.values(), jwk: keyIn(key.value()) };
    await post("/v1/staff/clients", wanted, { "Idempotency-Key": crypto.randomUUID() });
    await draw(place);
    say(t("admitted", { name: wanted.name }));
  }, pressed);
  const revoke = (one) => (event) => attempt(wrong, async () => {
    await ask("DELETE", `/v1/staff/clients/${one.client_id}`);
    await draw(place);
    say(t("revoked", { name: one.name }));
  }, event.currentTarget);
  fill(place, wrong, clients.length ? h("ul", { class: "cards" }, clients.map((one) => card(one, revoke(one)))) : h("p", {}, t("no_systems")),
    h("h2", {}, t("admit")), form(t("admit"), admit, name.node, key.node, ticked.node, h("button", { type: "submit" }, t("admit"))));
}

const card = (one, revoke) => h("li", {}, h("h2", {}, one.name), h("p", {}, h("code", {}, one.client_id)),
  h("p", {}, one.scopes.map((each) => inWords(each.name)).join("; ")),
  h("ul", {}, one.keys.map((each) => h("li", {}, `${each.kid} (${each.alg})`, each.valid_until ? ` → ${at(each.valid_until)}` : ""))),
  button(t("revoke"), revoke, { class: "danger", "aria-label": t("revoke_whom", { name: one.name }) }));

/** Return the key as JSON; one with its private part is turned away before it leaves the page. */
function keyIn(text) {
  let key = null;
  try { key = JSON.parse(text); } catch { throw new Told(t("not_a_key")); }
  if (key.d !== undefined) throw new Told(t("private_key"));
  return key;
}

screen("systems", "systems", ["administrator"], draw);
