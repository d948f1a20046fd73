// Gradient descent on a land with several valleys, from a start and at a rate of the reader's choice.
import { pointer } from "d3-selection";

import { drawContours } from "../live/contours.js";
import { LiveFigure } from "../live/element.js";
import { Handle } from "../live/handle.js";
import { shown } from "../live/number.js";
import { Panel, through } from "../live/panel.js";
import { SineModel } from "../models/landscape.js";

const [W, B] = [[0, 4], [-3.15, 3.15]]; // weights and biases on the map
const LEVELS = [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8];
const LABELS = [[0.2, [1, 0.4]], [0.4, [0.4, -1]], [0.8, [0.2, 1]]]; // and ways from the deepest place
const DEEPEST = [2, 0.5];
const [LEAST, MOST] = [0.01, 2]; // of the rates
const UPDATES = 40; // of one run, and at first
const LONGEST = 400;
const PAUSE = 110; // milliseconds between the updates of a run
const STEP = 0.05; // of the start, by the arrow keys
const RESTS = 0.01; // a gradient shorter than this
const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));

class DescentFigure extends LiveFigure {
  build({ x, y, starts, rate }) {
    this.model = new SineModel({ x, y });
    const first = { start: starts.A, rate };
    Object.assign(this, { balls: Object.entries(starts), first, ...first, updates: UPDATES });
    this.live.ariaLabel = "Choose a start and a learning rate on a land with several valleys";
    this.live.classList.add("learning-rate");
    this.named = this.parts(this.html());
    this.drawMap();
    this.drawCurve(x, y);
    this.drawCost();
    this.listen();
    this.draw();
  }

  html() {
    const balls = this.balls.map(
      ([name]) => `<button type="button" data-name="ball${name}" aria-pressed="false">ball ${name}</button>`,
    ).join("");
    return `
      <p class="hint">Roll a ball, or click or move a start; choose a rate. Arrow keys work too, with
        Shift in longer steps.</p>
      <div class="controls rate"><span class="buttons" role="group" aria-label="ball">${balls}</span></div>
      <div class="controls rate">
        <label for="rate">learning rate <i>η</i></label>
        <input type="number" id="rate" data-name="number" min="${LEAST}" max="${MOST}" step="0.01">
        <div class="slider">
          <input type="range" data-name="slider" min="0" max="${MOST}" step="0.01"
            aria-label="learning rate η">
        </div>
        <span class="buttons">
          <button type="button" data-name="step">Step</button>
          <button type="button" data-name="run">Run</button>
          <button type="button" data-name="back">To the start</button>
          <button type="button" data-name="reset">Reset</button>
        </span>
      </div>
      <p class="reading zone"><b data-name="state"></b> <span data-name="why"></span></p>
      <div class="panel map" data-name="map"></div>
      <div class="panel" data-name="curve"></div>
      <div class="panel" data-name="cost"></div>
      <dl class="numbers">
        <div><dt>updates</dt><dd data-name="count"></dd></div>
        <div><dt>weight <i>w</i></dt><dd data-name="w"></dd></div>
        <div><dt>bias <i>b</i></dt><dd data-name="b"></dd></div>
        <div><dt>cost <i>L</i></dt><dd data-name="height"></dd></div>
        <div><dt>length of the gradient</dt><dd data-name="steep"></dd></div>
      </dl>`;
  }

  drawMap() {
    const panel = new Panel(this.named.map, {
      label: "The map of the cost over weight and bias, with the path of the updates",
      xSpan: W, ySpan: B, xName: ["w", "weight"], yName: ["b", "bias"],
    });
    drawContours(panel, (point) => this.model.cost(point), LEVELS, { from: DEEPEST, towards: [] });
    const heights = panel.plot.append("g").attr("class", "heights");
    for (const [level, [across, up]] of LABELS) {
      let point = DEEPEST;
      for (let t = 0; this.model.cost(point) < level && t < 4; t += 0.005) {
        point = [DEEPEST[0] + t * across, DEEPEST[1] + t * up];
      }
      heights.append("text").attr("transform", panel.place(point)).text(level);
    }
    panel.plot.append("path").attr("class", "lowest").attr("d", "M-6,0H6M0,-6V6")
      .attr("transform", panel.place(DEEPEST));
    const letters = panel.plot.append("g").attr("class", "heights").style("pointer-events", "none");
    for (const [name, start] of this.balls) {
      letters.append("text").attr("transform", panel.place(start)).attr("dx", -12).attr("dy", 16)
        .style("font-weight", "bold").text(name);
    }
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

  drawCurve(x, y) {
    const panel = new Panel(this.named.curve, {
      label: "The samples and the curve after the last update",
      height: 232, xSpan: [-3.1, 3.1], ySpan: [-1.3, 1.3], xName: ["x", "feature"], yName: ["y", "target"],
    });
    panel.plot.append("g").attr("class", "data").selectAll("circle")
      .data(x.map((value, i) => [value, y[i]])).join("circle")
      .attr("transform", (point) => panel.place(point)).attr("r", 3);
    this.wave = panel.plot.append("path").attr("class", "curve");
    this.curve = panel;
  }

  drawCost() {
    this.cost = new Panel(this.named.cost, {
      label: "The cost after each update",
      height: 232, xSpan: [0, UPDATES], ySpan: [0, 2], xName: ["t", "number of updates"], yName: ["L", "cost"],
    });
    this.fall = this.cost.plot.append("path").attr("class", "curve");
    this.last = this.cost.plot.append("circle").attr("class", "now").attr("r", 4);
  }

  listen() {
    const { slider, number, step, run, back, reset } = this.named;
    slider.addEventListener("input", () => this.change({ rate: Math.max(LEAST, slider.valueAsNumber) }));
    number.addEventListener("input", () => {
      if (number.valueAsNumber >= LEAST) this.change({ rate: clamp(number.valueAsNumber, [LEAST, MOST]) });
    });
    number.addEventListener("change", () => {
      number.value = this.rate;
    });
    step.addEventListener("click", () => this.advance(1));
    run.addEventListener("click", () => (this.running ? this.change({}) : this.run()));
    back.addEventListener("click", () => this.change({ updates: 0 }));
    for (const [name, start] of this.balls) {
      const choose = () => this.change({ start, updates: LONGEST });
      this.named[`ball${name}`].addEventListener("click", choose);
    }
    reset.addEventListener("click", () => this.change({ ...this.first, updates: UPDATES }));
  }

  begin([w, b]) {
    this.change({ start: [clamp(w, W), clamp(b, B)] });
  }

  // By the reader's hand: a run that goes on would contradict it.
  change(what) {
    this.stop();
    Object.assign(this, what);
    this.draw();
    const { state, why } = this.named;
    this.say(`Learning rate ${this.rate}, ${this.updates} updates. ${state.textContent} ${why.textContent}`);
  }

  advance(updates) {
    this.change({ updates: Math.min(LONGEST, this.updates + updates) });
  }

  run() {
    if (this.updates + UPDATES > LONGEST) this.updates = 0;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.advance(UPDATES);
      return;
    }
    const end = this.updates + UPDATES;
    this.named.run.textContent = "Pause";
    this.running = setInterval(() => {
      this.updates += 1;
      this.draw();
      if (this.updates >= end) this.change({});
    }, PAUSE);
  }

  stop() {
    clearInterval(this.running);
    this.running = undefined;
    this.named.run.textContent = "Run";
  }

  disconnectedCallback() {
    if (this.named) this.stop();
  }

  draw() {
    this.path = this.model.descend(this.start, this.rate, this.updates);
    this.costs = this.path.map((point) => this.model.cost(point));
    this.showPath();
    this.showCurve();
    this.showCost();
    this.showWords();
  }

  showPath() {
    const { x, y } = this.map;
    this.track.attr("d", through(this.path.map(([w, b]) => [x(w), y(b)])));
    this.marks.selectAll("circle").data(this.path.slice(1)).join("circle")
      .attr("transform", (point) => this.map.place(point))
      .attr("class", (_, i) => (i + 1 === this.updates ? "now" : null))
      .attr("r", (_, i) => (i + 1 === this.updates ? 5 : 2.5));
    this.note.text(this.map.shows(this.path.at(-1)) ? "" : "the ball has left the map");
    const [w, b] = this.start;
    this.handle.set(this.start, w.toFixed(2), W, `weight ${shown(w)}, bias ${shown(b)}`);
  }

  showCurve() {
    const { x, y } = this.curve;
    const places = Array.from({ length: 241 }, (_, k) => -3 + k / 40);
    const end = this.path.at(-1);
    this.wave.attr("d", through(places.map((place) => [x(place), y(this.model.predict(end, place))])));
  }

  showCost() {
    const { cost, costs, updates } = this;
    cost.x.domain([0, Math.max(UPDATES, Math.ceil(updates / UPDATES) * UPDATES)]);
    cost.drawAxes();
    this.fall.attr("d", through(costs.map((value, i) => [cost.x(i), cost.y(value)])));
    this.last.attr("transform", cost.place([updates, costs.at(-1)]));
  }

  showWords() {
    const { named, model, path, costs } = this;
    const steep = Math.hypot(...model.gradient(path.at(-1)));
    const climbs = costs.some((value, i) => i > 0 && value > costs[i - 1] + 1e-9);
    const rests = steep < RESTS;
    named.state.textContent = rests ? "At rest" : "On the way";
    if (rests) named.why.textContent = `in a place of cost ${shown(costs.at(-1))}.`;
    else if (climbs) named.why.textContent = "and not always downhill: the rate is too large for what is steep here.";
    else named.why.textContent = "downhill at every update so far.";
    for (const [name, start] of this.balls) {
      const chosen = start.every((value, k) => value === this.start[k]);
      named[`ball${name}`].setAttribute("aria-pressed", String(chosen));
      named[`ball${name}`].style.borderColor = chosen ? "var(--fit)" : "";
    }
    if (this.shadowRoot.activeElement !== named.number) named.number.value = this.rate;
    named.slider.value = this.rate;
    const [w, b] = path.at(-1);
    named.count.textContent = this.updates;
    named.w.textContent = shown(w, 4);
    named.b.textContent = shown(b, 4);
    named.height.textContent = shown(costs.at(-1), 4);
    named.steep.textContent = shown(steep, 4);
    named.step.disabled = this.updates >= LONGEST;
  }
}

customElements.define("loop-descent", DescentFigure);
