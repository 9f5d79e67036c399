// Builds elements from the values that the workspace sends; text is only ever set as text.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const TAGS = { bold: "strong", italic: "em", strike: "s", code: "code", pre: "pre", quote: "blockquote" };

function link(href, ...children) {
  const safe = /^(https?:\/\/|mailto:)/i.test(href);
  return safe ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children) : h("span", {}, ...children);
}

export function nodes(list) {
  return (list || []).map((node) => {
    if (typeof node === "string") return document.createTextNode(node);
    if (node.kind === "break") return h("br");
    if (node.kind === "link") return link(node.href, nodes(node.nodes));
    if (node.kind === "mention") return h("span", { class: node.loud ? "mention loud" : "mention" }, nodes(node.nodes));
    if (node.kind === "date") return date(node);
    if (node.kind === "picture") return picture(node);
    return h(TAGS[node.kind] || "span", {}, nodes(node.nodes));
  });
}

const FORMS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hour12: false },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false },
};

function date(node) {
  const at = new Date(node.at * 1000);
  const shown = node.form.replace(/\{(\w+?)(?:_pretty)?\}/g, (whole, name) =>
    FORMS[name] ? new Intl.DateTimeFormat("en-GB", FORMS[name]).format(at) : whole,
  );
  const time = h("time", { datetime: at.toISOString(), title: at.toString() }, shown);
  return node.href ? link(node.href, time) : time;
}

function picture(node) {
  const described = node.nodes.join("");
  if (!node.src) return h("span", { class: "picture", role: "img" }, described);
  return h("img", { class: "picture", src: node.src, alt: described });
}

// `press` is told the action, the control, and what was chosen where something is.
function element(given, press) {
  if (given.type === "image") return h("span", { class: "thumb" }, nodes(given.text));
  if (given.type === "overflow") return overflow(given, press);
  const attributes = { "data-action": given.action, "aria-label": given.accessibility_label };
  if (given.type !== "button") {
    const changed = (event) => press(given.action, event.currentTarget, event.target.value);
    return h("span", { class: "control", "data-action": given.action, onchange: changed }, control(given, null));
  }
  const style = given.style ? `button ${given.style}` : "button";
  const act = (event) => {
    if (given.confirm && !window.confirm(given.confirm)) return event.preventDefault();
    return press(given.action, event.currentTarget, null, given.value);
  };
  if (given.url && /^https?:\/\//i.test(given.url)) {
    const out = { href: given.url, target: "_blank", rel: "noopener noreferrer" };
    return h("a", { ...attributes, ...out, class: style, onclick: act }, given.text);
  }
  return h("button", { ...attributes, type: "button", class: style, onclick: act }, given.text);
}

function overflow(given, press) {
  const choose = (event) => {
    const chosen = event.target.value;
    event.target.value = "";
    if (chosen) press(given.action, event.currentTarget, chosen);
  };
  const label = given.accessibility_label || "More actions";
  const options = given.groups.flatMap((group) => group.options);
  return h("select", { class: "overflow", "data-action": given.action, "aria-label": label, onchange: choose },
    h("option", { value: "" }, "⋯"), options.map((one) => h("option", { value: one.value }, one.text)));
}

const PICKERS = { datepicker: "date", timepicker: "time", number_input: "number", email_text_input: "email", url_text_input: "url" };

// What one fills in, by the name under which a form sends it.
function control(given, name, required = false) {
  if (given.type === "checkboxes" || given.type === "radio_buttons") {
    const type = given.type === "checkboxes" ? "checkbox" : "radio";
    const group = name || given.action;
    return given.groups.flatMap((each) => each.options).map((one) =>
      h("label", { class: "choice" },
        h("input", { type, name: group, value: one.value, checked: given.chosen.includes(one.value), required: required && type === "radio" }),
        h("span", {}, one.text, one.description ? h("small", {}, one.description) : null)));
  }
  if (given.groups) {
    const several = given.type.startsWith("multi_");
    const one = (o) => h("option", { value: o.value, selected: given.chosen.includes(o.value) }, o.text);
    const listed = given.groups.map((group) =>
      group.label ? h("optgroup", { label: group.label }, group.options.map(one)) : group.options.map(one));
    const none = several ? null : h("option", { value: "" }, given.placeholder || "Choose an option");
    return h("select", { name, required, multiple: several }, none, listed.flat());
  }
  if (given.multiline) {
    return h("textarea", { name, rows: 4, required, placeholder: given.placeholder, maxlength: given.max_length }, given.initial);
  }
  const limits = { maxlength: given.max_length, min: given.min_value, max: given.max_value };
  return h("input", { type: PICKERS[given.type] || "text", name, required, placeholder: given.placeholder, value: given.initial, ...limits });
}

export function block(given, press) {
  switch (given.type) {
    case "header":
      return h("h3", { class: "header" }, nodes(given.text));
    case "section":
      return h(
        "div",
        { class: "section" },
        given.text ? h("div", { class: "text" }, nodes(given.text)) : null,
        given.fields?.length
          ? h("div", { class: "fields" }, given.fields.map((field) => h("div", { class: "field" }, nodes(field))))
          : null,
        given.accessory ? h("div", { class: "accessory" }, element(given.accessory, press)) : null,
      );
    case "context":
      return h("div", { class: "context" }, given.elements.map((entry) => h("span", {}, nodes(entry))));
    case "actions":
      return h("div", { class: "actions" }, given.elements.map((entry) => element(entry, press)));
    case "divider":
      return h("hr");
    case "input":
      return input(given);
    case "image":
      return h("figure", {}, given.title ? h("figcaption", {}, nodes(given.title)) : null, nodes(given.text));
    case "table":
      return table(given);
    case "markdown":
    case "rich_text":
      return h("div", { class: "section text" }, nodes(given.text));
    default:
      return h("p", { class: "unshown" }, `[${given.type}]`);
  }
}

function table(given) {
  const row = (cells, tag) => h("tr", {}, cells.map((cell, at) => {
    const align = given.aligned[at];
    return h(tag, { class: align && align !== "left" ? align : null }, nodes(cell));
  }));
  const [first, ...rest] = given.rows;
  return h("div", { class: "table" }, h("table", {}, h("thead", {}, row(first, "th")), h("tbody", {}, rest.map((cells) => row(cells, "td")))));
}

function input(given) {
  const name = given.id || given.element.action;
  const label = given.optional ? `${given.label} (optional)` : given.label;
  return h("fieldset", { "data-block": given.id },
    h("legend", {}, label),
    control(given.element, name, !given.optional),
    given.hint ? h("p", { class: "hint" }, given.hint) : null);
}

// A view to fill in; what is wrong with a field stands under it.
export function modal(view, { press, send, cancel }) {
  const drawn = view.blocks.map((entry) => block(entry, press));
  const loose = [];
  for (const [field, text] of Object.entries(view.errors)) {
    const error = h("p", { class: "error", role: "alert" }, text);
    const place = field && drawn.find((one) => one.dataset.block === field);
    if (place) place.append(error);
    else loose.push(error);
  }
  return h("form", { onsubmit: send },
    h("h2", {}, view.title),
    drawn,
    loose,
    h("div", { class: "ends" },
      h("button", { type: "button", class: "button", onclick: cancel }, view.close),
      view.submit ? h("button", { type: "submit", class: "button primary" }, view.submit) : null));
}

const COLOURS = ["#2b7a78", "#8c4a6e", "#4a63a8", "#9a6b2f", "#5d7a3a"];

function avatar(author) {
  if (author.app && !author.system) return h("img", { class: "avatar", src: "/page/app.svg", alt: "" });
  const letters = author.name.split(" ").map((word) => word[0]).slice(0, 2).join("");
  const shape = h("span", { class: "avatar", "aria-hidden": "true" }, letters);
  const sum = [...author.id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  shape.style.backgroundColor = COLOURS[sum % COLOURS.length];
  return shape;
}

export function clock(ts) {
  const at = new Date(Number(ts) * 1000);
  const shown = new Intl.DateTimeFormat("en-GB", FORMS.time).format(at);
  return h("time", { datetime: at.toISOString(), title: at.toString() }, shown);
}

export function day(ts) {
  const at = new Date(Number(ts) * 1000);
  const today = new Date().toDateString() === at.toDateString();
  return today ? "Today" : new Intl.DateTimeFormat("en-GB", FORMS.date_long).format(at);
}

function thread(message, open) {
  const count = message.replies.filter((reply) => !reply.ephemeral).length;
  if (!count || !open) return null;
  const last = message.replies.findLast((reply) => !reply.ephemeral);
  return h(
    "button",
    { type: "button", class: "thread", "data-thread": message.ts, onclick: () => open(message.ts) },
    avatar(last.author),
    h("strong", {}, count === 1 ? "1 reply" : `${count} replies`),
    h("span", {}, "Last reply at ", clock(last.ts)),
  );
}

function file(given) {
  const shown = given.picture ? h("img", { class: "picture", src: given.url, alt: given.alt }) : null;
  return h("p", { class: "file" }, h("a", { href: given.url, target: "_blank", rel: "noopener" }, given.title), shown);
}

// The shortcuts of a message, which Slack keeps behind three dots.
function more(given, shortcuts) {
  const use = (event) => {
    shortcuts.find((one) => one.callback === event.target.value)?.use(given.ts);
    event.target.value = "";
  };
  return h("select", { class: "overflow more", "aria-label": "Shortcuts of this message", onchange: use },
    h("option", { value: "" }, "⋯"), shortcuts.map((one) => h("option", { value: one.callback }, one.name)));
}

export function message(given, { press, open, follows, shortcuts }) {
  const { author } = given;
  const kind = ["message", given.ephemeral && "ephemeral", follows && "follows"].filter(Boolean).join(" ");
  const head = h("p", { class: "head" },
    h("strong", {}, author.name), author.app ? h("span", { class: "badge" }, "APP") : null, clock(given.ts),
    given.ephemeral || !shortcuts?.length ? null : more(given, shortcuts));
  const only = given.ephemeral
    ? h("p", { class: "only" }, h("span", { class: "eye", "aria-hidden": "true" }), "Only visible to you")
    : null;
  const shown = given.blocks.map((entry) => block(entry, (...used) => press(given.ts, ...used)));
  return h(
    "article",
    { class: kind, "data-ts": given.ts, id: open ? given.ts : null, "aria-label": `Message from ${author.name}` },
    only,
    given.broadcast ? h("p", { class: "only" }, "Replied in a thread") : null,
    avatar(author),
    h("div", { class: "body" },
      head,
      shown,
      given.files.map(file),
      given.edited ? h("span", { class: "edited" }, "(edited)") : null,
      given.reactions.length ? h("p", { class: "reactions" }, given.reactions.map((name) => h("span", {}, `:${name}:`))) : null,
      thread(given, open)),
  );
}
