// Fields of forms: each with its label, its hint, and the place where it is told what is wrong with it.
import { fill, h } from "./dom.js";
import { t } from "./words.js";

let made = 0;

/** Return a field: `node` to show, `value()`, `wrong(words)`. */
export function field({ label, type = "text", hint = "", required = true, options = null, lines = 0, ...more }) {
  const id = `f${(made += 1)}`;
  const told = { id, required, "aria-describedby": `${id}-hint ${id}-wrong`, autocomplete: "off", ...more };
  const input = options ? select(told, options) : lines ? h("textarea", { rows: lines, ...told }) : h("input", { type, ...told });
  const fault = h("p", { id: `${id}-wrong`, class: "fault" });
  const name = required ? label : `${label} (${t("optional")})`;
  const node = h("div", { class: "field" }, h("label", { for: id }, name),
    h("p", { id: `${id}-hint`, class: "hint" }, hint), input, fault);
  const wrong = (words) => {
    fill(fault, words);
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  input.addEventListener("input", () => wrong(""));
  return { node, input, wrong, value: () => input.value.trim() };
}

function select(attributes, options) {
  return h("select", attributes, options.map(([value, words, chosen]) => h("option", { value, selected: chosen === true }, words)));
}

/** Return boxes to tick under one name: `node`, `values()`. */
export function boxes(legend, options, ticked = []) {
  const inputs = options.map(([value]) => h("input", { type: "checkbox", value, checked: ticked.includes(value) }));
  const node = h("fieldset", {}, h("legend", {}, legend),
    options.map(([, words], place) => h("label", { class: "tick" }, inputs[place], h("span", {}, words))));
  return { node, values: () => inputs.filter((one) => one.checked).map((one) => one.value) };
}

/** Say at each required field that is empty, and at each that does not fit, what is missing; true when all is well. */
export function filled(fields) {
  const bad = fields.filter((one) => {
    const isWrong = !one.input.checkValidity();
    const empty = one.input.validity.valueMissing;
    one.wrong(isWrong ? t(empty ? "is_needed" : "does_not_fit") : "");
    return isWrong;
  });
  bad[0]?.input.focus();
  return bad.length === 0;
}

/** Return a form whose fields are checked by us, with words in the chosen language. */
export function form(label, act, ...children) {
  const submitted = (event) => { event.preventDefault(); act(event.submitter); };
  return h("form", { novalidate: true, "aria-label": label, on: { submit: submitted } }, children);
}
