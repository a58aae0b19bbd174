/* Luotsi: progressive enhancement only. Every page works without this file; the server does the same work. */
import htmx from "htmx.org";
import "./filling.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
window.htmx = htmx;

const text = (el, name, fallback = "") => el.dataset[name] ?? fallback;
const plural = (template, n) => template.replace("{n}", new Intl.NumberFormat(document.documentElement.lang).format(n));

// Drawers: [data-open="id"] opens <dialog id>; a click on the scrim closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

// What is behind a number opens in a drawer; without this, or with a modifier key, its address is a page.
const drawer = () => {
  const found = document.getElementById("drawer");
  if (found) return found;
  const made = document.createElement("dialog");
  made.className = "lu-drawer";
  made.id = "drawer";
  made.setAttribute("aria-labelledby", "drawer-title");
  document.body.append(made);
  return made;
};
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-drawer]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const dialog = drawer();
  event.preventDefault();
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true", "HX-Target": "drawer" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    dialog.innerHTML = await answer.text();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector(".lu-drawer__body")?.scrollTo(0, 0);
  } catch {
    window.location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
  }
});

// Character counters with a limit; nothing is cut, the text is only marked. Counted as the server counts: code points
// of the text in NFC, each line break as one.
const characters = (value) => [...value.replace(/\r\n?/g, "\n").normalize("NFC")].length;
const count = (area) => {
  const out = document.getElementById(area.getAttribute("aria-describedby")?.split(" ").pop());
  if (!out) return;
  const left = Number(area.dataset.limit) - characters(area.value);
  out.dataset.level = left < 0 ? "over" : left <= Number(area.dataset.limit) * 0.05 ? "near" : "";
  out.textContent = left < 0 ? plural(text(area, "over"), -left) : plural(text(area, "left"), left);
};
document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-limit]")) count(event.target);
});

// The filter of the unit switcher hides what does not match; the server has the whole list.
document.addEventListener("input", (event) => {
  const list = event.target.matches?.("[data-narrows]") && document.getElementById(event.target.dataset.narrows);
  if (!list) return;
  const wanted = event.target.value.trim().toLocaleLowerCase();
  for (const item of list.querySelectorAll("li")) item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
});

// Copy buttons; the text is also visible.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = text(button, "copied");
  } catch {
    /* the text beside the button can be copied by hand */
  }
});

// A form with [data-confirm] is sent once its question is answered; the button that sends names the deed.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const dialog = document.getElementById("confirm");
  if (!form.dataset.confirm || form.dataset.confirmed || !(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  const yes = dialog.querySelector("[value=yes]");
  dialog.querySelector("p").textContent = form.dataset.confirm;
  yes.textContent = submitter?.textContent.trim() || yes.textContent;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
  }, { once: true });
  dialog.showModal();
});

// A form is sent once: pressing again while the answer is on its way sends nothing, until some seconds have passed.
const SENDING_MS = 5000;
document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (Date.now() - Number(form.dataset.sentAt ?? 0) < SENDING_MS) event.preventDefault();
  else form.dataset.sentAt = Date.now();
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent-at]")) delete form.dataset.sentAt;
});

const begin = (root) => {
  for (const area of root.querySelectorAll("[data-limit]")) count(area);
  root.querySelector("[data-focus]:not([data-still] *)")?.focus();
  root.querySelector(".lu-tabs [aria-current]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
};
document.addEventListener("DOMContentLoaded", () => begin(document));
// An address with a fragment takes the keyboard to its place once all has come: what is wrong has it first.
window.addEventListener("load", () => {
  if (document.activeElement === document.body) document.querySelector("[data-focus]:not([data-still] *)")?.focus();
});
window.addEventListener("luotsi:drawn", (event) => begin(event.detail));

// A list that changed by itself tells so, keeps the keyboard where it was, and leaves empty filters out of the address.
const told = (list) => {
  const status = document.getElementById("told");
  if (status) status.textContent = list.querySelector("[data-told]")?.textContent ?? "";
};
document.addEventListener("htmx:configRequest", (event) => {
  const { formData } = event.detail;
  for (const name of new Set(formData.keys())) if (formData.getAll(name).join("") === "") formData.delete(name);
});
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
// Sent elsewhere (the session has ended): the whole page goes there, not only the list.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  const asked = new URL(pathInfo.requestPath, window.location.href).pathname;
  if (!xhr.responseURL || new URL(xhr.responseURL).pathname === asked) return;
  event.detail.shouldSwap = false;
  window.location.assign(window.location.href);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const list = document.getElementById("list");
  if (!list) return;
  begin(list);
  told(list);
  if (document.activeElement === document.body) list.focus({ preventScroll: true });
});
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    event.detail.target?.removeAttribute("aria-busy");
    window.location.assign(event.detail.pathInfo?.finalRequestPath ?? window.location.href);
  });
}
