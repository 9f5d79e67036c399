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

function element(given, press) {
  const attributes = { "data-action": given.action, "aria-label": given.accessibility_label };
  if (given.type !== "button") return h("span", { class: "unshown" }, `[${given.type}]`);
  const style = given.style ? `button ${given.style}` : "button";
  const act = (event) => {
    if (given.confirm && !window.confirm(given.confirm)) return event.preventDefault();
    return press(given.action, event.currentTarget);
  };
  if (given.url && /^https?:\/\//i.test(given.url)) {
    const out = { href: given.url, target: "_blank", rel: "noopener noreferrer" };
    return h("a", { ...attributes, ...out, class: style, onclick: act }, given.text);
  }
  return h("button", { ...attributes, type: "button", class: style, onclick: act }, given.text);
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
    case "markdown":
      return h("div", { class: "section" }, nodes(given.text));
    default:
      return h("p", { class: "unshown" }, `[${given.type}]`);
  }
}

function input(given) {
  const field = given.element;
  const name = given.id || field.action;
  const required = !given.optional;
  let control;
  if (field.options && field.type.includes("select")) {
    const options = field.options.map((o) => h("option", { value: o.value, selected: o.value === field.chosen }, o.text));
    control = h("select", { name, required }, h("option", { value: "" }, field.placeholder || "Choose…"), options);
  } else if (field.options) {
    const type = field.type === "checkboxes" ? "checkbox" : "radio";
    control = field.options.map((o) =>
      h("label", { class: "choice" },
        h("input", { type, name, value: o.value, checked: o.value === field.chosen, required: required && type === "radio" }),
        o.text),
    );
  } else if (field.multiline) {
    control = h("textarea", { name, rows: 4, required, placeholder: field.placeholder }, field.initial_value || "");
  } else {
    control = h("input", { type: "text", name, required, placeholder: field.placeholder, value: field.initial_value });
  }
  const label = given.optional ? `${given.label} (optional)` : given.label;
  return h("fieldset", {}, h("legend", {}, label), control, given.hint ? h("p", { class: "hint" }, given.hint) : null);
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

export function message(given, { press, open, follows }) {
  const { author } = given;
  const kind = ["message", given.ephemeral && "ephemeral", follows && "follows"].filter(Boolean).join(" ");
  const head = h("p", { class: "head" },
    h("strong", {}, author.name), author.app ? h("span", { class: "badge" }, "APP") : null, clock(given.ts));
  const only = given.ephemeral
    ? h("p", { class: "only" }, h("span", { class: "eye", "aria-hidden": "true" }), "Only visible to you")
    : null;
  const shown = given.blocks.map((entry) => block(entry, (action, target) => press(given.ts, action, target)));
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
