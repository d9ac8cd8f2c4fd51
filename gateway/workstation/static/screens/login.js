// Log-in: the organisation is one of Appendix 3, found by its name; or another, by its BIN.
import { get } from "../api.js";
import { h } from "../dom.js";
import { field, filled, form } from "../fields.js";
import { attempt } from "../live.js";
import { begin } from "../router.js";
import { logIn } from "../session.js";
import { t } from "../words.js";

/** Draw the log-in; `entered` is called when somebody has come in, `why` says why it is asked again. */
export async function drawLogin(entered, why = "") {
  const iin = field({ label: t("iin"), inputmode: "numeric", pattern: "[0-9]{12}", maxlength: 12, autocomplete: "username" });
  const password = field({ label: t("password"), type: "password", autocomplete: "current-password" });
  const bin = field({ label: t("organisation"), hint: t("organisation_hint"), list: "organisations" });
  const names = h("datalist", { id: "organisations" });
  const place = h("div");
  const come = (pressed) => filled([iin, password, bin]) && attempt(place, async () => {
    await logIn(iin.value(), password.input.value, binIn(bin.value()));
    password.input.value = "";
    entered();
  }, pressed);
  begin(t("log_in"), why && h("p", { class: "note", role: "status" }, why), place,
    form(t("log_in"), come, iin.node, password.node, bin.node, names, h("button", { type: "submit" }, t("log_in"))),
    h("p", { class: "faint" }, t("tokens_hint")));
  const { providers } = await get("/v1/providers?limit=100").catch(() => ({ providers: [] }));
  names.append(...providers.map((one) => h("option", { value: `${one.bin} ${one.name}` })));
}

/** Return the BIN that a line begins with: the list's lines are BIN and name. */
const binIn = (line) => /^[0-9]{12}/.exec(line)?.[0] ?? line;
