// The search costs nothing until someone searches. The theme's script asks for the index and starts
// the worker on every page, 60 KB; here both wait until the search is opened, or until the address
// asks for it (?q= searches, ?h= marks words). Opened from the file system, the theme waits itself.
// Zensical's search is another, without this field, and is left as it is.
"use strict";

const query = document.querySelector('[data-md-component="search-query"]');

if (query && location.protocol !== "file:") {
  const asked = new URLSearchParams(location.search);

  const wanted = new Promise((want) => {
    if (query === document.activeElement || asked.has("q") || asked.has("h")) want();
    query.addEventListener("focus", want);
    document.getElementById("__search")?.addEventListener("change", want);
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, url, ...more) {
      this.late = new URL(url, location).pathname.endsWith("/search/search_index.json");
      super.open(method, url, ...more);
    }

    send(body) {
      if (this.late) wanted.then(() => super.send(body));
      else super.send(body);
    }
  };

  const { Worker } = window;

  class LateWorker extends EventTarget {
    constructor(...given) {
      super();
      this.started = wanted.then(() => {
        const worker = new Worker(...given);
        worker.addEventListener("message", ({ data }) => {
          this.dispatchEvent(new MessageEvent("message", { data }));
        });
        return worker;
      });
    }

    postMessage(data) {
      this.started.then((worker) => worker.postMessage(data));
    }
  }

  window.Worker = new Proxy(Worker, {
    construct: (_, given) =>
      new (/\/workers\/search\.[^/]*$/.test(given[0]) ? LateWorker : Worker)(...given),
  });
}
