// NCALayer, the authority's program on the employee's own computer: it asks for the key and signs; the key stays there.
// Its messages beside the answer (the greeting with its version, heartbeats) are let pass.
import { Told } from "./live.js";
import { t } from "./words.js";

const ADDRESS = "wss://127.0.0.1:13579/";
const REACHING = 4_000;

/** Return a detached CMS (base64) over content in base64; Told where NCALayer is not there, or the person says no. */
export function signByNcalayer(content) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(ADDRESS);
    const end = (act, value) => { clearTimeout(waiting); socket.onclose = null; socket.close(); act(value); };
    const waiting = setTimeout(() => end(reject, new Told(t("no_ncalayer"))), REACHING);
    socket.onerror = () => end(reject, new Told(t("no_ncalayer")));
    socket.onclose = () => reject(new Told(t("no_ncalayer")));
    socket.onopen = () => { clearTimeout(waiting); socket.send(JSON.stringify(asked(content))); };
    socket.onmessage = ({ data }) => {
      const told = plain(data);
      if (told === null || typeof told.status !== "boolean") return;
      const result = [told.body?.result].flat()[0];
      if (told.status && typeof result === "string") end(resolve, bare(result));
      else end(reject, new Told(told.status ? t("not_signed") : `NCALayer: ${told.message ?? told.code ?? ""}`));
    };
  });
}

/** `decode`: what is signed are the bytes, not their base64; without `encapsulate` the CMS is detached. */
const asked = (data) => ({
  module: "kz.gov.pki.knca.basics",
  method: "sign",
  args: {
    format: "cms",
    data,
    signingParams: { decode: true, encapsulate: false, digested: false, tsaProfile: null },
    signerParams: {},
    locale: document.documentElement.lang,
  },
});

function plain(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** Some versions put lines of PEM around it. */
export const bare = (cms) => cms.replace(/-----[^-]+-----/g, "").replace(/\s/g, "");
