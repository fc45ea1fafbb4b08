// What the pages look like: functions from data to elements.

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child != null));
  return made;
};

const link = ({ name, href }) => element("a", { href }, name);

const BODY = {
  paragraph: ({ text }) => element("p", {}, text),
  heading: ({ text }) => element("h2", {}, text),
  quote: ({ text }) => element("blockquote", {}, element("p", {}, text)),
  list: ({ items }) => element("ul", {}, ...items.map((item) => element("li", {}, item))),
  table: ({ rows: [head, ...rows] }) =>
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head.map((cell) => element("th", {}, cell)))),
      element(
        "tbody",
        {},
        ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell)))),
      ),
    ),
};

const article = (data) =>
  element(
    "article",
    { "data-layout": "story" },
    element("h1", {}, data.headline),
    element("p", { class: "standfirst" }, data.standfirst),
    element("div", { class: "byline" }, "By ", ...data.authors.flatMap((a, n) => (n ? [" and ", link(a)] : [link(a)]))),
    element("time", { datetime: data.published }, new Date(data.published).toDateString()),
    element(
      "figure",
      {},
      element("img", { src: data.picture.src, alt: "" }),
      element("figcaption", {}, data.picture.caption, " ", element("small", {}, data.picture.credit)),
    ),
    element("div", { class: "text" }, ...data.body.flatMap((part, n) => [
      BODY[part.type]?.(part),
      n === 1 ? element("div", { class: "slot" }, "Advertisement") : null,
    ])),
    data.locked ? element("div", { class: "paywall" }, element("p", {}, data.locked)) : null,
    data.pages.length
      ? element("nav", { class: "pages" }, ...data.pages.flatMap((page) => [page.href ? link(page) : element("span", { "aria-current": "page" }, page.name), " "]))
      : null,
    element("ul", { class: "tags" }, ...data.tags.map((tag) => element("li", {}, link(tag)))),
    element("p", { class: "filed" }, link(data.section)),
    element("aside", { class: "related" }, element("h3", {}, "Related"), ...data.related.map(teaser)),
  );

const teaser = ({ headline, href }) =>
  element("div", { class: "teaser" }, element("h2", {}, element("a", { href }, headline)));

const list = (data) =>
  element("main", {}, element("h1", {}, data.heading), element("div", { class: "teasers" }, ...data.teasers.map(teaser)));

const piece = (data) => {
  const made = element("main");
  made.innerHTML = data.html;
  return made;
};

export const view = (data) => (({ article, list })[data.kind] ?? piece)(data);

export const frame = (main) =>
  element("div", { class: "layout" }, element("header", {}, link({ name: "Prisma Daily", href: "/" }), " ", link({ name: "Log in", href: "/login" })), main);

// a dialog, and the promise of what the reader chooses in it
export const dialog = () => {
  const box = element("div", { role: "dialog", "aria-modal": "true", class: "privacy" }, element("h2", {}, "Your privacy, your choice"));
  const chosen = new Promise((choose) => {
    for (const label of ["Manage options", "Reject all", "Accept all"]) {
      const button = element("button", { type: "button" }, label);
      button.addEventListener("click", () => label.endsWith("all") && choose(label));
      box.append(button);
    }
  });
  return [box, chosen];
};
