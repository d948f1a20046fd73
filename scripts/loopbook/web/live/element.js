// What interactive figures share: the picture in the element gives way to a live one, in a shadow
// tree, so that the page's styles and ours do not meet. Printed, the picture is back.
import css from "./live.css";

const QUIET = 600; // milliseconds without a change before the state is said aloud

let sheet;

export class LiveFigure extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = `<slot></slot><div class="live" role="group"></div>
      <p class="said" role="status"></p>`;
    this.live = root.querySelector(".live");
    this.build(JSON.parse(this.querySelector("script[type='application/json']").textContent));
  }

  // The elements of a piece of HTML, by their data-name.
  parts(html) {
    this.live.innerHTML = html;
    const named = [...this.live.querySelectorAll("[data-name]")];
    return Object.fromEntries(named.map((element) => [element.dataset.name, element]));
  }

  // For screen readers: once the reader's hand rests, not at every pixel of a drag.
  say(words) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => {
      this.shadowRoot.querySelector(".said").textContent = words;
    }, QUIET);
  }
}
