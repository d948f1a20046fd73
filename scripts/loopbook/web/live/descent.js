// Gradient descent under the reader's hand: a rate, a start on the map of the cost, and updates that
// run, pause, and are taken one by one.
import { pointer } from "d3-selection";

import { drawContours } from "./contours.js";
import { LiveFigure } from "./element.js";
import { Handle } from "./handle.js";
import { clamp, shown } from "./number.js";
import { Panel, through } from "./panel.js";
import { LEAST, RateControl, rateControls } from "./rate.js";

const STEP = 0.05; // of the start, by the arrow keys

// A figure brings `model` with cost and descend, `first`: start, rate and updates as at first, `end`
// of the slider, `most` of the rates, `longest` and `pause` of runs, and draw and summary.
export class DescentFigure extends LiveFigure {
  // The controls, with what stands below the slider.
  controls(scale = "") {
    return `
      <div class="controls rate">
        ${rateControls({ most: this.most, end: this.end, scale })}
        <span class="buttons">
          <button type="button" data-name="step">Step</button>
          <button type="button" data-name="run">Run</button>
          <button type="button" data-name="back">To the start</button>
          <button type="button" data-name="reset">Reset</button>
        </span>
      </div>`;
  }

  listen() {
    const { step, run, back, reset } = this.named;
    this.control = new RateControl(this.named, (wanted) => this.choose(wanted));
    step.addEventListener("click", () => this.advance(1));
    run.addEventListener("click", () => (this.running ? this.change({}) : this.run()));
    back.addEventListener("click", () => this.change({ updates: 0 }));
    reset.addEventListener("click", () => this.change(this.first));
  }

  choose(wanted) {
    const rate = clamp(wanted, [LEAST, this.most]);
    const end = rate < wanted ? "Largest" : "Smallest";
    const beyond = rate > this.end ? `The slider ends at ${shown(this.end)}.` : "";
    this.change({ rate, bound: rate === wanted ? beyond : `${end} rate here: ${shown(rate)}.` });
  }

  // By the reader's hand: a run that goes on would contradict it.
  change(what) {
    this.stop();
    Object.assign(this, { bound: "" }, what);
    this.draw();
    this.say(this.summary());
  }

  begin(point) {
    const [x, y] = [this.map.x.domain(), this.map.y.domain()];
    this.change({ start: [clamp(point[0], x), clamp(point[1], y)] });
  }

  advance(updates) {
    this.change({ updates: Math.min(this.longest, this.updates + updates) });
  }

  run() {
    const { updates } = this.first; // of one run
    if (this.updates + updates > this.longest) this.updates = 0;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.advance(updates);
      return;
    }
    const end = this.updates + updates;
    this.named.run.textContent = "Pause";
    this.running = setInterval(() => {
      this.updates += 1;
      this.draw();
      if (this.updates >= end) this.change({});
    }, this.pause);
  }

  stop() {
    clearInterval(this.running);
    this.running = undefined;
    this.named.run.textContent = "Run";
  }

  disconnectedCallback() {
    if (this.named) this.stop();
  }

  // axes: what a Panel takes. lowest: the deepest place; towards: where labels of contours stand.
  drawMap({ levels, lowest, towards, ...axes }) {
    const panel = new Panel(this.named.map, axes);
    drawContours(panel, (point) => this.model.cost(point), levels, { from: lowest, towards });
    panel.plot.append("path").attr("class", "lowest").attr("d", "M-6,0H6M0,-6V6")
      .attr("transform", panel.place(lowest));
    this.track = panel.plot.append("path").attr("class", "track");
    this.marks = panel.plot.append("g").attr("class", "marks");
    this.note = panel.plot.append("text").attr("class", "note")
      .attr("x", panel.x.range()[0] + 8).attr("y", panel.y.range()[1] + 18);
    panel.ground.on("click", (event) => {
      const [x, y] = pointer(event);
      this.begin([panel.x.invert(x), panel.y.invert(y)]);
    });
    this.handle = new Handle(panel, {
      label: "start of the path",
      name: "start",
      roles: { "aria-roledescription": "point" },
      dragged: (point) => this.begin(point),
      stepped: (across, up) => this.begin([this.start[0] + across * STEP, this.start[1] + up * STEP]),
    });
    this.map = panel;
  }

  // path: as much of it as is drawn; note: a word on the rest; words: the start, for the ear.
  showPath(path, { radius, note, words }) {
    const { x, y } = this.map;
    this.track.attr("d", through(path.map(([w, b]) => [x(w), y(b)])));
    this.marks.selectAll("circle").data(path.slice(1)).join("circle")
      .attr("transform", (point) => this.map.place(point))
      .attr("class", (_, i) => (i + 1 === this.updates ? "now" : null))
      .attr("r", (_, i) => (i + 1 === this.updates ? 5 : radius));
    this.note.text(this.map.shows(this.path.at(-1)) ? "" : note);
    this.handle.set(this.start, this.start[0].toFixed(2), x.domain(), words);
  }

  // The costs after each update, on their panel.
  showFall(panel, costs, curve, last) {
    curve.attr("d", through(costs.map((value, i) => [panel.x(i), panel.y(value)])));
    last.attr("transform", panel.place([this.updates, costs.at(-1)]));
  }

  showControls(words = null) {
    this.control.show(this.rate, words);
    this.named.step.disabled = this.updates >= this.longest;
  }
}
