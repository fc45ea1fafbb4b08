// Today's JavaScript: modules, private fields, optional chaining, top-level await.
import { dialog, frame, view } from "./view.js";

const CHOICE = "privacy-choice";

class Page {
  #root;

  constructor(root) {
    this.#root = root;
  }

  async open(path) {
    await this.#consent();
    const data = await this.#fetch(`/data${path}`);
    document.title = data.title;
    this.#root.replaceChildren(frame(view(data)));
    this.#advertise();
    if (data.kind === "list") this.#grow(data);
  }

  // nothing is shown before the reader has chosen
  async #consent() {
    if (localStorage.getItem(CHOICE) ?? false) return;
    const [box, chosen] = dialog();
    this.#root.append(box);
    localStorage.setItem(CHOICE, await chosen);
    box.remove();
  }

  async #fetch(url) {
    const answer = await fetch(url);
    return answer.json();
  }

  #advertise() {
    const script = document.createElement("script");
    script.src = "http://securepubads.g.doubleclick.net/tag/js/gpt.js";
    document.head.append(script);
  }

  #grow(data) {
    if (!data?.more) return;
    const list = this.#root.querySelector(".teasers");
    const end = document.createElement(data.by === "click" ? "button" : "div");
    end.className = "end";
    list.after(end);
    const more = async () => {
      const next = await this.#fetch(data.more);
      list.append(...view(next).querySelectorAll(".teaser"));
      end.remove();
      this.#grow(next);
    };
    if (data.by === "click") {
      end.textContent = "Load more";
      end.addEventListener("click", more, { once: true });
    } else {
      new IntersectionObserver((entries, observer) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        more();
      }).observe(end);
    }
  }
}

await new Page(document.querySelector("#root")).open(location.pathname + location.search);
