// Who is in office: the administrator appoints, gives roles, dismisses.
import { ask, get, put } from "../api.js";
import { button, fill, h, table } from "../dom.js";
import { boxes, field, filled, form } from "../fields.js";
import { attempt, say } from "../live.js";
import { screen } from "../router.js";
import { organisation } from "../session.js";
import { at, inWords, t } from "../words.js";

const ROLES = ["administrator", "head", "right_to_sign", "registry_desk", "doctor"];
const COLLEGE_ROLES = ["administrator", "head", "right_to_sign", "clerk", "responsible_person", "executor", "deputy_for_studies"];

async function draw(place) {
  const list = h("div");
  const wrong = h("div");
  const codes = await isProvider() ? ROLES : COLLEGE_ROLES;
  const iin = field({ label: t("iin"), inputmode: "numeric", pattern: "[0-9]{12}", maxlength: 12, hint: t("appoint_hint") });
  const roles = boxes(t("roles"), codes.map((code) => [code, t(`role_${code}`)]));
  const appoint = (pressed) => filled([iin]) && attempt(wrong, async () => {
    const one = await put("/v1/staff/employees", { iin: iin.value(), roles: roles.values() });
    iin.input.value = "";
    await show(list, wrong);
    say(t("appointed", { name: inWords(one.name) }));
  }, pressed);
  fill(place, wrong, list, h("h2", {}, t("appoint")),
    form(t("appoint"), appoint, iin.node, roles.node, h("button", { type: "submit" }, t("appoint"))));
  await show(list, wrong);
}

/** Say whether the organisation is one of Appendix 3; the only other one is the college. */
const isProvider = () => get(`/v1/providers/${organisation()}`).then(() => true, () => false);

async function show(list, wrong) {
  const { employees } = await get("/v1/staff/employees");
  const rows = employees.map((one) => [
    inWords(one.name), one.iin, one.roles.map((role) => inWords(role.name)).join(", "), at(one.appointed_at),
    dismissal(one, list, wrong),
  ]);
  fill(list, table(t("employees"), [t("name"), t("iin"), t("roles"), t("appointed_at"), t("act")], rows));
}

/** Return the button that asks once more before somebody is dismissed. */
function dismissal(one, list, wrong) {
  const name = inWords(one.name);
  const place = h("span");
  const dismiss = (event) => attempt(wrong, async () => {
    await ask("DELETE", `/v1/staff/employees/${one.employee_id}`);
    await show(list, wrong);
    say(t("dismissed", { name }));
  }, event.currentTarget);
  const first = button(t("dismiss"), () => {
    const sure = button(t("dismiss_sure", { name }), dismiss, { class: "danger" });
    const back = button(t("back"), () => { fill(place, first); first.focus(); });
    fill(place, sure, " ", back);
    sure.focus();
  }, { "aria-label": t("dismiss_whom", { name }) });
  return fill(place, first);
}

screen("employees", "employees", ["administrator"], draw);
