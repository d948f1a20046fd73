// Gradient descent with a batch size of the reader's choice: the way on the map of the cost, and
// the end of it under a magnifying glass, with the ring that the theory foretells.
import { drawContours } from "../live/contours.js";
import { LiveFigure } from "../live/element.js";
import { shown } from "../live/number.js";
import { Panel, through } from "../live/panel.js";
import { BatchModel } from "../models/batch.js";

const [W, B] = [[-0.9, 2.7], [-2.4, 0.4]]; // slopes and offsets on the map
const NEAR = [0.15, 0.1167]; // how far the magnified map reaches from the best line
const SIZES = [1, 2, 5, 10, 20, 50, 100];
const FIRST = { size: 10, rate: 0.1, steps: 50 };
const MANY = 50; // steps at once
const MOST = 1000;
const LAST = 300; // steps shown under the glass

class BatchFigure extends LiveFigure {
  build({ x, y, start, seed }) {
    this.model = new BatchModel({ x, y });
    Object.assign(this, { start, first: seed, seed }, FIRST);
    this.live.ariaLabel = "Choose a batch size and a rate";
    this.named = this.parts(this.html());
    this.drawMap();
    this.drawGlass();
    this.listen();
    this.draw();
  }

  html() {
    return `
      <p class="hint">Choose how many samples a step uses; press <i>${MANY} steps</i> until the second map fills. It has
        the last ${LAST} steps, and a ring at twice the width foretold for fresh draws.
        <span data-name="end">${MOST} steps are the most: Reset starts again.</span></p>
      <div class="controls rate">
        <div class="slider">
          <label for="size">batch size <i>B</i> <output data-name="chosen"></output></label>
          <input type="range" id="size" data-name="size" min="0" max="${SIZES.length - 1}" step="1">
        </div>
        <div class="slider">
          <label for="rate">rate <i>η</i> <output data-name="at"></output></label>
          <input type="range" id="rate" data-name="rate" min="0.02" max="0.5" step="0.02">
        </div>
        <span class="buttons">
          <button type="button" data-name="step">Step</button>
          <button type="button" data-name="many">${MANY} steps</button>
          <button type="button" data-name="draw">Other batches</button>
          <button type="button" data-name="reset">Reset</button>
        </span>
      </div>
      <div class="panel" data-name="map"></div>
      <div class="panel" data-name="glass"></div>
      <dl class="numbers">
        <div><dt>steps</dt><dd data-name="steps"></dd></div>
        <div><dt>epochs</dt><dd data-name="epochs"></dd></div>
        <div><dt>slope <i>w</i></dt><dd data-name="w"></dd></div>
        <div><dt>offset <i>b</i></dt><dd data-name="b"></dd></div>
        <div><dt>cost <i>L</i></dt><dd data-name="cost"></dd></div>
        <div><dt>width foretold, <i>w</i></dt><dd data-name="width"></dd></div>
      </dl>`;
  }

  panel(place, label, spans, levels, towards) {
    const panel = new Panel(place, {
      label, xSpan: spans[0], ySpan: spans[1], xName: ["w", "slope"], yName: ["b", "offset"],
    });
    drawContours(panel, (point) => this.model.cost(point), levels, { from: this.model.best, towards });
    panel.plot.append("path").attr("class", "lowest").attr("d", "M-6,0H6M0,-6V6")
      .attr("transform", panel.place(this.model.best));
    return panel;
  }

  drawMap() {
    const label = "The map of the cost over slope and offset, with the path of the steps";
    this.map = this.panel(this.named.map, label, [W, B], [0.2, 0.6, 1.2, 2, 3], [[-1, -0.6], [-1, 0.6]]);
    this.track = this.map.plot.append("path").attr("class", "track");
    this.marks = this.map.plot.append("g").attr("class", "marks");
  }

  drawGlass() {
    const spans = this.model.best.map((value, k) => [value - NEAR[k], value + NEAR[k]]);
    const label = "The same map, magnified around the best line";
    this.glass = this.panel(this.named.glass, label, spans, [0.0105, 0.013, 0.017, 0.022], [[-0.5, -0.87], [-1, -0.2]]);
    this.trail = this.glass.plot.append("path").attr("class", "earlier");
    this.dots = this.glass.plot.append("g").attr("class", "marks");
    this.ring = this.glass.plot.append("ellipse").attr("class", "floor").attr("fill", "none")
      .attr("transform", this.glass.place(this.model.best));
  }

  listen() {
    const { size, rate, step, many, draw, reset } = this.named;
    size.addEventListener("input", () => this.change({ size: SIZES[size.valueAsNumber] }));
    rate.addEventListener("input", () => this.change({ rate: rate.valueAsNumber }));
    step.addEventListener("click", () => this.advance(1));
    many.addEventListener("click", () => this.advance(MANY));
    draw.addEventListener("click", () => this.change({ seed: this.seed + 1 }));
    reset.addEventListener("click", () => this.change({ ...FIRST, seed: this.first }));
  }

  advance(steps) {
    this.change({ steps: Math.min(MOST, this.steps + steps) });
  }

  change(what) {
    Object.assign(this, what);
    this.draw();
    this.say(this.summary());
  }

  summary() {
    const [w, b] = this.path.at(-1);
    return (
      `Batch size ${this.size}, rate ${shown(this.rate)}. After ${this.steps} steps the slope is ${shown(w)}, ` +
      `the offset ${shown(b)}, the cost ${shown(this.model.cost([w, b]), 4)}.` +
      (this.steps < MOST ? "" : " No more steps: Reset starts again.")
    );
  }

  draw() {
    const { model, named, size, rate, steps } = this;
    this.path = model.wander(this.start, rate, size, steps, this.seed);
    this.widths = model.cloud(rate, size);
    const samples = model.x.length;
    this.style.setProperty("--fit", size === samples ? "var(--figure-1, #c34a06)" : "var(--figure-3, #aa2082)");
    this.showPath();
    const [w, b] = this.path.at(-1);
    named.size.value = SIZES.indexOf(size);
    named.size.ariaValueText = size === 1 ? "1 sample" : `${size} samples`;
    named.chosen.value = size;
    named.rate.value = rate;
    named.at.value = shown(rate);
    named.steps.textContent = steps;
    named.epochs.textContent = shown((steps * size) / samples);
    named.w.textContent = shown(w, 4);
    named.b.textContent = shown(b, 4);
    named.cost.textContent = shown(model.cost([w, b]), 4);
    named.width.textContent = shown(size === samples ? 0 : this.widths[0], 4);
    named.step.disabled = named.many.disabled = steps >= MOST;
    named.end.hidden = steps < MOST;
  }

  showPath() {
    const { map, glass, path, widths } = this;
    const on = (panel, points) => through(points.map(([w, b]) => [panel.x(w), panel.y(b)]));
    this.track.attr("d", on(map, path));
    const marked = [path[0], ...(this.steps > 2 * MANY ? [] : path.slice(1, -1)), path.at(-1)];
    this.marks.selectAll("circle").data(marked).join("circle")
      .attr("transform", (point) => map.place(point))
      .attr("class", (_, k) => (k === marked.length - 1 ? "now" : null))
      .attr("r", (_, k) => (k === marked.length - 1 ? 5 : 2.5));
    const last = path.slice(-LAST);
    this.trail.attr("d", on(glass, last));
    this.dots.selectAll("circle").data(last).join("circle")
      .attr("transform", (point) => glass.place(point)).attr("r", 2.2);
    const whole = this.size === this.model.x.length; // all samples: no noise
    const unit = [glass.x(1) - glass.x(0), glass.y(0) - glass.y(1)];
    this.ring.attr("rx", whole ? 0 : 2 * widths[0] * unit[0]).attr("ry", whole ? 0 : 2 * widths[1] * unit[1]);
  }
}

customElements.define("loop-batch", BatchFigure);
