// Keeps the page equal to the workspace: asks for its state after every change, and tells it what a person does.

import { block, day, h, message, modal as form } from "/page/draw.js";

const at = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const chosen = { person: query.get("person") || "", channel: query.get("channel") || "", thread: null, home: query.has("home") };
const seen = {};
let state = null;
let drawn = { channel: "", messages: {} };
let asking = false;
let again = false;

async function refresh() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    do {
      again = false;
      const wanted = new URLSearchParams({ person: chosen.person, channel: chosen.channel });
      const answer = await fetch(`/page/state?${wanted}`);
      state = await answer.json();
      draw();
    } while (again);
  } finally {
    asking = false;
  }
}

async function tell(what, sent) {
  const answer = await fetch(`/page/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person: state.me, channel: state.channel.id, ...sent }),
  }).catch(() => null);
  if (answer?.ok) {
    notice("");
    return true;
  }
  const why = answer ? (await answer.json().catch(() => ({}))).error : "the workspace does not answer";
  notice(`That did not work: ${why}`);
  return false;
}

function notice(text) {
  at("notice").textContent = text;
  at("notice").hidden = !text;
}

const press = (ts, action, target, picked) => used(target, { ts, action, chosen: picked });

// Something was pressed or chosen: in a message by its `ts`, else in the open modal or in the App Home.
async function used(target, sent) {
  target.setAttribute("aria-busy", "true");
  if (target.tagName === "BUTTON") target.disabled = true;
  await tell(sent.ts ? "click" : "press", sent);
  target.removeAttribute("aria-busy");
  target.disabled = false;
}

function draw() {
  Object.assign(chosen, { person: state.me, channel: state.channel.id });
  at("team").textContent = state.team;
  at("name").textContent = (state.channel.kind === "direct" ? "" : "# ") + state.channel.name;
  document.title = `${at("name").textContent.replace("# ", "#")} · ${state.team}`;
  at("purpose").textContent = state.channel.purpose;
  seen[state.channel.id] = state.channel.latest;
  drawSide();
  drawHome();
  drawMessages(at("messages"), state.messages, `${state.channel.id} ${state.me}`);
  drawThread();
  drawModal();
  const place = at("name").textContent.replace("# ", "#");
  at("text").placeholder = state.channel.archived
    ? `${place} is archived`
    : `Message ${place} or try ${state.commands[0]?.name} help`;
  at("text").disabled = state.channel.archived;
}

function drawSide() {
  const entries = state.channels.map((channel) => {
    const fresh = channel.latest && Number(channel.latest) > Number(seen[channel.id] || 0);
    const sign = { private: "", direct: "●" }[channel.kind] ?? "#";
    const current = !chosen.home && channel.id === state.channel.id;
    return h("li", {}, h(
      "button",
      { type: "button", "data-channel": channel.id, "aria-current": current ? "page" : null, class: channel.archived ? "closed" : fresh ? "fresh" : "",
        onclick: () => { Object.assign(chosen, { channel: channel.id, thread: null, home: false }); refresh(); } },
      h("span", { "aria-hidden": "true", class: channel.kind === "private" ? "lock" : "" }, sign), channel.name));
  });
  const shown = () => { Object.assign(chosen, { thread: null, home: true }); draw(); tell("home", {}); };
  entries.push(h("li", {}, h("button",
    { type: "button", id: "home-of-app", "aria-current": chosen.home ? "page" : null, onclick: shown },
    h("span", { "aria-hidden": "true" }, "⌂"), `${state.app}: Home`)));
  for (const one of state.shortcuts.filter((given) => given.kind === "global")) {
    entries.push(h("li", {}, h("button",
      { type: "button", "data-shortcut": one.callback, onclick: () => tell("shortcut", { callback: one.callback }) },
      h("span", { "aria-hidden": "true" }, "⚡"), one.name)));
  }
  const content = JSON.stringify([state.channels, state.people, chosen, state.me, seen]);
  if (at("channels").dataset.content === content) return; // what is being pressed stays where it is
  at("channels").dataset.content = content;
  at("channels").replaceChildren(...entries);
  const people = state.people.map((p) => h("option", { value: p.id, selected: p.id === state.me }, p.name));
  if (document.activeElement !== at("person")) at("person").replaceChildren(...people);
}

// The App Home takes the place of the messages.
function drawHome() {
  at("home").hidden = !chosen.home;
  for (const id of ["messages", "composer"]) at(id).hidden = chosen.home;
  if (!chosen.home) return;
  at("name").textContent = state.app;
  at("purpose").textContent = "Home";
  const content = JSON.stringify([state.home, state.me]);
  if (at("home").dataset.content === content) return;
  at("home").dataset.content = content;
  const press = (action, target, picked, value) => used(target, { action, chosen: picked, value, place: "home" });
  const drawn = (state.home || []).map((entry) => block(entry, press));
  at("home").replaceChildren(h("div", { class: "body" }, drawn.length ? drawn : h("p", { class: "empty" }, "Nothing has been published here yet.")));
}

// Only what changed is built anew, so that focus, selection and scrolling survive a change elsewhere.
function drawMessages(place, messages, key) {
  const low = place.scrollHeight - place.scrollTop - place.clientHeight < 60;
  const fresh = drawn.channel !== key;
  if (fresh) drawn = { channel: key, messages: {} };
  const shortcuts = menu();
  const kept = {};
  const children = [];
  let last = null;
  for (const given of messages) {
    const today = day(given.ts);
    if (today !== last?.day) children.push(h("h4", { class: "day" }, h("span", {}, today)));
    const follows = last?.day === today && last.author === given.author.id && !given.ephemeral && !last.ephemeral
      && !given.author.app && Number(given.ts) - last.ts < 300;
    last = { day: today, author: given.author.id, ephemeral: given.ephemeral, ts: Number(given.ts) };
    const content = JSON.stringify([given, follows]);
    const old = drawn.messages[given.ts];
    const element = old?.content === content ? old.element : message(given, { press, open, follows, shortcuts });
    kept[given.ts] = { content, element };
    children.push(element);
  }
  drawn.messages = kept;
  if (!messages.length) children.push(h("p", { class: "empty" }, "Nothing has been posted here yet."));
  const same = place.children.length === children.length
    && children.every((child, i) => child === place.children[i] || child.tagName === "H4");
  if (!same) place.replaceChildren(...children);
  const target = fresh && location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (target) target.scrollIntoView();
  else if (low || fresh) place.scrollTop = place.scrollHeight;
}

// What the menu of a message offers.
function menu() {
  const offered = state.shortcuts.filter((one) => one.kind === "message");
  return offered.map((one) => ({ ...one, use: (ts) => tell("shortcut", { ts, callback: one.callback }) }));
}

function open(ts) {
  chosen.thread = ts;
  drawThread();
  at("thread").querySelector("textarea").focus({ preventScroll: true });
}

function drawThread() {
  const shortcuts = menu();
  const parent = state.messages.find((given) => given.ts === chosen.thread);
  at("thread").hidden = !parent;
  at("workspace").classList.toggle("threaded", Boolean(parent));
  if (!parent) return;
  const count = parent.replies.filter((given) => !given.ephemeral).length;
  const parts = [message(parent, { press, shortcuts }), h("h4", { class: "day" }, h("span", {}, `${count} ${count === 1 ? "reply" : "replies"}`))];
  const content = JSON.stringify(parent);
  if (at("replies").dataset.content === content) return;
  at("replies").dataset.content = content;
  at("replies").replaceChildren(...parts, ...parent.replies.map((reply) => message(reply, { press, shortcuts })));
}

function drawModal() {
  const modal = at("modal");
  const view = state.modal;
  if (!view) {
    if (modal.open) modal.close();
    modal.replaceChildren();
    delete modal.dataset.content;
    return;
  }
  const content = JSON.stringify(view);
  if (modal.dataset.content === content) return;
  modal.dataset.content = content;
  const cancel = () => tell("close", {});
  const send = (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    const filled = [...new Set(given.keys())].map((name) => [name, given.getAll(name).filter(Boolean)]);
    const values = Object.fromEntries(filled.filter(([, all]) => all.length).map(([name, all]) => [name, all.join(" ")]));
    tell("submit", { view: view.id, values });
  };
  const press = (action, target, picked, value) => used(target, { action, chosen: picked, value, place: "modal" });
  modal.replaceChildren(form(view, { press, send, cancel }));
  modal.oncancel = cancel;
  if (!modal.open) modal.showModal();
}

async function send(event) {
  event.preventDefault();
  const text = at("text").value.trim();
  if (!text) return;
  at("text").value = "";
  typed();
  const command = /^\/\S+/.exec(text)?.[0];
  const done = command
    ? await tell("slash", { command, text: text.slice(command.length).trim() })
    : await tell("say", { text: escaped(text) });
  if (!done && !at("text").value) at("text").value = text;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function typed() {
  const box = at("text");
  at("send").disabled = !box.value.trim();
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  const start = /^\/\S*$/.exec(box.value)?.[0];
  const fitting = start ? state.commands.filter((command) => command.name.startsWith(start)) : [];
  at("commands").hidden = !fitting.length;
  at("commands").replaceChildren(...fitting.map((command) => h("li", {}, h(
    "button",
    { type: "button", onclick: () => { box.value = `${command.name} `; typed(); box.focus(); } },
    h("strong", {}, command.name), h("span", {}, command.hint), h("em", {}, command.summary)))));
}

function entered(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

async function reply(event) {
  event.preventDefault();
  const box = event.target.querySelector("textarea");
  const text = box.value.trim();
  if (text && (await tell("say", { text: escaped(text), thread: chosen.thread }))) box.value = "";
}

function listen(wait = 500) {
  const socket = new WebSocket(`ws://${location.host}/page/live`);
  socket.onmessage = () => { at("state").textContent = ""; wait = 500; refresh(); };
  socket.onclose = () => {
    at("state").textContent = "The workspace has stopped";
    setTimeout(() => listen(Math.min(wait * 2, 10000)), wait);
  };
}

at("composer").addEventListener("submit", send);
at("text").addEventListener("input", typed);
at("text").addEventListener("keydown", entered);
at("reply").addEventListener("submit", reply);
at("reply").addEventListener("keydown", entered);
at("leave").addEventListener("click", () => { chosen.thread = null; drawThread(); });
at("person").addEventListener("change", (event) => { chosen.person = event.target.value; refresh(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen.thread && !at("modal").open) { chosen.thread = null; drawThread(); }
});
refresh().then(() => {
  if (chosen.home) tell("home", {});
  listen();
});
