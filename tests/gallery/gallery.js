// Draws the samples of one page of the gallery with the functions that draw the page of the workspace.

import { block, h, message, modal } from "/page/draw.js";

const nothing = () => {};
const drawings = {
  modal: (view) => h("div", { class: "framed" }, modal(view, { press: nothing, send: nothing, cancel: nothing })),
  home: (blocks) => h("div", { class: "home body" }, blocks.map((one) => block(one, nothing))),
};
const answer = await fetch(`/content${location.pathname}`);
const samples = await answer.json();
document.body.className = location.search.slice(1);
document.body.append(h("main", {}, samples.map(({ says, kind, shown }) =>
  h("div", { class: "sample" },
    h("p", { class: "says" }, says),
    (drawings[kind] || ((given) => message(given, { press: nothing })))(shown)))));
await document.fonts.ready;
document.body.dataset.drawn = "yes";
