// Signing the exact bytes of an end point: with NCALayer, or by saving them and choosing the .cms that another program made.
import { ask } from "./api.js";
import { button, fill, h } from "./dom.js";
import { attempt, Told } from "./live.js";
import { bare, signByNcalayer } from "./ncalayer.js";
import { t } from "./words.js";

/** Return a part of a screen in which `content` is signed; `send(cms)` gets the CMS in base64. */
export function signing(path, send) {
  const wrong = h("div");
  const bytes = async () => new Uint8Array(await (await fetchBytes(path)).arrayBuffer());
  const byProgram = async (event) => attempt(wrong, async () => send(await signByNcalayer(base64(await bytes()))), event.currentTarget);
  const save = (event) => attempt(wrong, async () => saved(await bytes(), "to-sign.json"), event.currentTarget);
  const chosen = async (event) => {
    const [file] = event.currentTarget.files;
    if (file) await attempt(wrong, async () => send(await cmsIn(file)));
  };
  const input = h("input", { type: "file", id: "cms", accept: ".cms,.p7s,.sig,.pem", on: { change: chosen } });
  return h("section", { "aria-labelledby": "sign-heading" }, h("h2", { id: "sign-heading" }, t("sign")), wrong,
    h("div", { class: "big" }, button(t("sign_ncalayer"), byProgram, { class: "main" })),
    h("details", {}, h("summary", {}, t("sign_otherwise")), h("p", {}, t("sign_steps")), button(t("save_bytes"), save),
      h("div", { class: "field" }, h("label", { for: "cms" }, t("choose_cms")), input)));
}

/** Give the person a file. */
export function saved(content, name) {
  const address = URL.createObjectURL(new Blob([content]));
  const link = h("a", { href: address, download: name });
  fill(document.getElementById("status"), t("saved", { name }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The bytes as they are: what is read as JSON and written again may not be what is to be signed. */
async function fetchBytes(path) {
  const { body } = await ask("GET", path, { bytes: true });
  return body;
}

async function cmsIn(file) {
  if (file.size === 0 || file.size > 200_000) throw new Told(t("not_a_cms"));
  const content = new Uint8Array(await file.arrayBuffer());
  // A CMS in DER begins with the tag of a sequence; otherwise it is text around base64.
  return content[0] === 0x30 ? base64(content) : bare(new TextDecoder().decode(content));
}

function base64(content) {
  let binary = "";
  for (const one of content) binary += String.fromCharCode(one);
  return btoa(binary);
}
