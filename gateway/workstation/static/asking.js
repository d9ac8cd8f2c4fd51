// A service's form as fields, drawn by its schema: whatever service it is of.
import { h } from "./dom.js";
import { field } from "./fields.js";
import { inside, schemaOf } from "./shown.js";
import { inWords, t } from "./words.js";

const NOT_TYPED = new Set(["provider_bin", "doctor_id", "starts_at", "moves"]);
const LONG = 200;

/** Return `nodes` to show, `fields` to look over, `value()`, and `blame(errors)` for what an end point refused. */
export async function asking(service, known) {
  const schema = await schemaOf(service);
  const asked = [];
  const nodes = nodesOf(schema, { defs: schema.$defs ?? {}, asked }, known ?? {}, []);
  return {
    nodes,
    fields: asked.map((one) => one.field),
    value: () => valueOf(asked),
    blame(errors) {
      for (const one of asked) one.field.wrong(errors.some((each) => each.pointer === `/form/${one.path.join("/")}`) ? t("does_not_fit") : "");
    },
  };
}

function nodesOf(schema, drawn, known, path) {
  return Object.entries(schema.properties).filter(([name]) => !NOT_TYPED.has(name)).map(([name, property]) => {
    const here = [...path, name];
    const inner = inside(property, drawn.defs);
    if (inner) return h("fieldset", {}, h("legend", {}, inWords(property.titles)), nodesOf(inner, drawn, known[name] ?? {}, here));
    const one = fieldOf(property, schema.required?.includes(name) ?? false, known[name]);
    drawn.asked.push({ path: here, ...one });
    return one.field.node;
  });
}

function fieldOf(property, required, known) {
  const kind = property.anyOf?.find((one) => one.type !== "null") ?? property;
  const isNumber = kind.type === "integer";
  const isCode = kind.pattern && !kind.maxLength;
  const made = field({
    label: inWords(property.titles),
    required,
    maxlength: kind.maxLength,
    pattern: isNumber ? "-?[0-9]{1,3}" : isCode ? kind.pattern : null,
    inputmode: isNumber ? "numeric" : isCode ? "tel" : null,
    hint: isCode && property.examples ? t("for_example", { example: property.examples[0] }) : "",
    lines: kind.maxLength > LONG ? 3 : 0,
  });
  if (known !== undefined && known !== null) made.input.value = known;
  return { field: made, isNumber };
}

/** Return the form as an end point takes it: what is empty is left out. */
function valueOf(asked) {
  const form = {};
  for (const { path, isNumber, field: one } of asked) {
    const typed = one.value();
    if (!typed) continue;
    const place = path.slice(0, -1).reduce((inner, name) => (inner[name] ??= {}), form);
    place[path.at(-1)] = isNumber ? Number(typed) : typed;
  }
  return form;
}
