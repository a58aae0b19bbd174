/* Filling in a questionnaire: saves by itself, draws anew what answers have changed, keeps what could not be sent.
   The server does the work; the same form is sent whole by its buttons where this file does not run. */

const WAIT = 900; // milliseconds after the last key
const AGAIN = 5000; // milliseconds until a save that found no network is tried again
const KEEP = "luotsi:fill:";

const form = () => document.querySelector("form[data-fill]");
const words = (name) => form()?.dataset[name] ?? "";
const store = {
  get: (key) => {
    try {
      return JSON.parse(localStorage.getItem(KEEP + key));
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      localStorage.setItem(KEEP + key, JSON.stringify(value));
    } catch {
      /* no room on the device: the server and the page still have it */
    }
  },
  drop: (key) => localStorage.removeItem(KEEP + key),
};

let timer = 0;
let busy = false;
let again = false;
let pressed = null; // a button that was pressed while a save was on its way
let dirty = false;
let sentOff = false;
let turns = 0;

// Which of the page's saves one is: it rises also when the page is drawn anew, so that the server knows the latest.
const turn = () => (turns = Math.max(Date.now(), turns + 1));

const say = (text, { link, href } = {}) => {
  const state = document.getElementById("fill-state");
  if (!state || state.textContent === text) return;
  state.textContent = text;
  if (!link) return;
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = link;
  state.append(" ", anchor);
};

// What the page holds, without files and without what belongs to this one opening of it.
const typed = (data) => [...data].filter(([name, value]) => typeof value === "string" && /^(a|n|k|was):/.test(name));
const snapshot = () => {
  const data = new FormData(form());
  for (const name of [...data.keys()]) if (data.get(name) instanceof File) data.delete(name);
  return data;
};
const valueOf = (field) => (field.type === "checkbox" || field.type === "radio" ? String(field.checked) : field.value);
const fields = (root) => [...root.querySelectorAll("input, select, textarea")].filter((field) => field.name.startsWith("a:") && field.id);

const keep = () => store.set(form().dataset.fill, { fields: typed(snapshot()), token: form().elements.token.value, at: Date.now() });

// What the server has taken need not be kept on the device; nor what is older than a week.
const sweep = () => {
  const place = document.querySelector("[data-taken]");
  if (!place) return;
  const taken = new Set(place.dataset.taken.split(" "));
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(KEEP)) continue;
    const kept = store.get(key.slice(KEEP.length));
    if (!kept || taken.has(kept.token) || Date.now() - kept.at > 7 * 24 * 3600 * 1000) localStorage.removeItem(key);
  }
};

const setValue = (field, value) => {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value === "true";
  else field.value = value;
};

// Takes over of the new page what the old one does not have; what was typed while it was on its way stays.
const patchPart = (old, fresh, sent) => {
  if (old.dataset.shape === fresh.dataset.shape) {
    for (const live of fresh.querySelectorAll("[data-live][id]")) patchLive(live);
    for (const hidden of fresh.querySelectorAll("input[type=hidden]")) {
      const now = [...old.querySelectorAll("input[type=hidden]")].find((one) => one.name === hidden.name);
      if (now) now.value = hidden.value;
    }
    for (const field of fields(fresh)) {
      const now = document.getElementById(field.id);
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (field.hasAttribute(name)) now?.setAttribute(name, field.getAttribute(name));
        else now?.removeAttribute(name);
      }
    }
    return;
  }
  const newer = new Map(fields(old).filter((field) => sent.get(field.id) !== valueOf(field)).map((field) => [field.id, valueOf(field)]));
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const place = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  old.replaceWith(fresh);
  for (const field of fields(fresh)) if (newer.has(field.id)) setValue(field, newer.get(field.id));
  window.dispatchEvent(new CustomEvent("luotsi:drawn", { detail: fresh }));
  if (!focused) return;
  const target = document.getElementById(focused.id) ?? fresh.querySelector("[tabindex], input, select, textarea, button");
  target?.focus({ preventScroll: true });
  try {
    if (place?.[0] != null) target?.setSelectionRange?.(...place);
  } catch {
    /* this kind of field has no selection */
  }
};

const totals = [];
const patchLive = (fresh) => {
  const now = document.getElementById(fresh.id);
  if (!now || now.innerHTML === fresh.innerHTML) return;
  const open = [...now.querySelectorAll("details")].map((one) => one.open);
  if (fresh.dataset.total && fresh.textContent.trim()) totals.push(`${fresh.dataset.total}: ${fresh.textContent.trim()}`);
  now.innerHTML = fresh.innerHTML;
  now.querySelectorAll("details").forEach((one, number) => (one.open = open[number] ?? false));
};

const patch = (html, sent) => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const list = document.getElementById("fill-items");
  const parts = [...(fresh.getElementById("fill-items")?.children ?? [])];
  totals.length = 0;
  let before = null;
  for (const part of parts) {
    const old = part.id && document.getElementById(part.id);
    if (old) patchPart(old, part, sent);
    else if (before) before.after(part);
    else list.prepend(part);
    before = (part.id && document.getElementById(part.id)) || part;
    if (!old) window.dispatchEvent(new CustomEvent("luotsi:drawn", { detail: part }));
  }
  const left = new Set(parts.map((part) => part.id));
  for (const part of [...list.children]) if (part.id && !left.has(part.id)) part.remove();
  for (const id of ["fill-steps", "fill-checks", "fill-messages"]) {
    const live = fresh.getElementById(id);
    if (live) patchLive(live);
  }
  const token = fresh.querySelector("input[name=token]");
  if (token) form().elements.token.value = token.value;
  const state = fresh.getElementById("fill-state")?.textContent.trim();
  if (state) say(state);
  const told = document.getElementById("told");
  if (told && totals.length) told.textContent = totals.join(". ");
};

// Each save has a token of its own: the server takes a token once. Only a row that is added or removed is tried again
// with the same one, lest it be done twice; what was typed may be sent as often as one likes.
const fresh = () => [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");

const save = async (button, token = fresh(), retried = false) => {
  if (!form() || sentOff) return;
  if (busy) {
    again = true;
    pressed = button ?? pressed;
    return;
  }
  clearTimeout(timer);
  busy = true;
  dirty = false;
  const key = form().dataset.fill;
  const data = snapshot();
  for (const name of [...data.keys()]) if (name.startsWith("decide:")) data.delete(name); // decided by their button
  const sent = new Map(fields(form()).map((field) => [field.id, valueOf(field)]));
  data.set("do", button?.value ?? "auto");
  data.set("token", token);
  data.set("turn", turn());
  keep();
  const slow = setTimeout(() => say(words("saving")), 1500);
  try {
    const answer = await fetch(form().action, { method: "POST", body: data, headers: { "X-Luotsi-Part": "form" } });
    if (answer.redirected || answer.status === 403) {
      const here = window.location.pathname;
      if (answer.redirected) say(words("ended"), { link: words("signin"), href: here });
      else say(words("refused"), { link: words("reload"), href: here });
      return;
    }
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    patch(await answer.text(), sent);
    if (answer.ok && !dirty) store.drop(key);
    if (button) focusAfter(button.value);
    if (retried) dirty = true; // had the first try been taken, this one was not read
  } catch {
    dirty = true;
    say(words("away"));
    timer = setTimeout(() => (button ? save(button, token, true) : save()), AGAIN);
    return;
  } finally {
    clearTimeout(slow);
    busy = false;
  }
  if (!again && !dirty) return;
  const next = pressed;
  again = false;
  pressed = null;
  if (next) save(next);
  else timer = setTimeout(() => save(), WAIT);
};

// A row that was added takes the keyboard to its first field; after one that was removed it stays with the question.
const focusAfter = (deed) => {
  const [verb, path] = [deed.split(":")[0], deed.split(":").slice(1).join(":")];
  const count = document.querySelector(`input[name="${CSS.escape(`n:${path.replace(/:\d+$/, "")}`)}"]`);
  const holder = count?.closest("[role=group]");
  if (!holder) return;
  const own = [...holder.querySelectorAll("tbody tr, fieldset.lu-group--one")].filter((row) => row.closest("[role=group]") === holder);
  const field = verb === "add" ? own.at(-1)?.querySelector("input:not([type=hidden]), select, textarea") : null;
  (field ?? holder).focus();
};

const later = () => {
  dirty = true;
  keep();
  clearTimeout(timer);
  timer = setTimeout(() => save(), WAIT);
};

document.addEventListener("input", (event) => {
  if (event.target.form?.matches("form[data-fill]") && event.target.type !== "file" && !event.target.name.startsWith("decide:")) later();
});
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.form?.matches("form[data-fill]") || field.type === "file" || field.name.startsWith("decide:")) return;
  dirty = true;
  keep();
  clearTimeout(timer);
  timer = setTimeout(() => save(), field.matches("textarea, input:not([type=radio], [type=checkbox])") ? 50 : 0);
});
document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (!target.matches("form[data-fill]")) return;
  if (/^(add|remove|update)(:|$)/.test(submitter?.value ?? "") && !event.defaultPrevented) {
    event.preventDefault();
    save(submitter);
    return;
  }
  clearTimeout(timer);
  target.elements.turn.value = turn();
  sentOff = true; // the whole form is on its way; what it carries is on the device until the next page has come
  keep();
});
window.addEventListener("online", () => dirty && save());
window.addEventListener("pageshow", () => (sentOff = false));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && dirty) save();
});

// What could not be sent from this device comes back when the page is opened again, and is sent then. It carries the
// digests of what the page had shown, so that what others wrote meanwhile is not written over. The same questions may
// have stood on a page of their own or among all pages: what the open page does not ask stays on the device.
const restore = () => {
  const target = form();
  if (!target) return;
  const response = `${KEEP}${target.dataset.fill.split("/")[0]}/`;
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(response)).map((key) => key.slice(KEEP.length));
  const all = keys.map((key) => [key, store.get(key)]).filter(([, kept]) => kept).sort(([, one], [, other]) => one.at - other.at);
  const found = all.filter(([key, kept]) => bring(target, key, kept));
  if (!found.length) return;
  say(words("back"));
  timer = setTimeout(() => save(), WAIT);
};

const bring = (target, key, kept) => {
  const was = [...target.querySelectorAll("input[name^='was:']")];
  const asked = new Set(was.map((one) => one.name.slice(4)));
  const left = kept.fields.filter(([name]) => !asked.has(name.slice(name.indexOf(":") + 1).split("[")[0]));
  if (left.some(([name]) => name.startsWith("was:"))) store.set(key, { ...kept, fields: left });
  else store.drop(key);
  const found = new Map();
  for (const [name, value] of kept.fields) found.set(name, [...(found.get(name) ?? []), value]);
  let differs = false;
  for (const field of fields(target)) {
    const root = `was:${field.name.slice(2).split("[")[0]}`;
    if (!found.has(root)) continue;
    const values = found.get(field.name) ?? [];
    const value = field.type === "checkbox" || field.type === "radio" ? String(values.includes(field.value)) : values[0];
    if (value === undefined || value === valueOf(field)) continue;
    setValue(field, value);
    const hidden = was.find((one) => one.name === root);
    if (hidden) hidden.value = found.get(root)[0];
    differs = true;
  }
  return differs;
};

// A link to a question takes the keyboard to it.
const land = () => {
  const target = window.location.hash.length > 1 && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  if (target && target.matches("input, select, textarea, [tabindex]")) target.focus();
};

document.addEventListener("DOMContentLoaded", () => {
  try {
    sweep();
  } catch {
    /* this browser keeps nothing on the device */
  }
  if (!form()) return;
  document.documentElement.dataset.scripted = "yes";
  restore();
  land();
});
window.addEventListener("hashchange", land);
