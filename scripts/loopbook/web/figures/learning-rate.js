// Gradient descent at a rate and from a start of the reader's choice: the line, the path on the
// map and the loss, with the zones of the rate from the eigenvalues of the Hessian.
import { scaleLog } from "d3-scale";

import { DescentFigure } from "../live/descent.js";
import { clamp, power, shown } from "../live/number.js";
import { Panel } from "../live/panel.js";
import { exact } from "../live/rate.js";
import { LineModel } from "../models/line.js";

const [W, B] = [[-1.15, 3.15], [-3.25, 1.25]]; // slopes and offsets on the map
const RATE = 0.2; // at first
const UPDATES = 20; // of one run, and at first
const FAR = 50; // beyond this, the path is off every map
const WORDS = {
  converge: "No error changes sides: the path comes from one side.",
  oscillate: "One error changes sides at every update, and still shrinks.",
  jump: "One error changes sides at every update and keeps its size:",
  diverge: "One error changes sides at every update, and grows.",
  both: "Both errors change sides at every update, and one of them grows.",
  worst: "Both errors change sides at every update, and both grow.",
};
// A factor, with digits enough to tell it from 1 and -1.
function factor(value) {
  const rest = Math.abs(Math.abs(value) - 1);
  return shown(value, rest < 1e-9 ? 2 : Math.min(9, Math.max(2, Math.ceil(-Math.log10(rest)))));
}

class LearningRateFigure extends DescentFigure {
  longest = 200;
  pause = 220;

  build({ x, y, start }) {
    this.model = new LineModel({ x, y });
    const flattest = this.model.eigenvalues[0];
    this.end = Math.round(1.3 * this.model.limits[1] * 100) / 100; // of the slider
    this.most = Math.ceil(20 / flattest) / 10; // both errors grow, before it
    this.first = { start, rate: RATE, updates: UPDATES };
    Object.assign(this, { bound: "" }, this.first);
    this.live.ariaLabel = "Choose a learning rate and a start";
    this.live.classList.add("learning-rate");
    this.named = this.parts(this.html());
    this.drawLine(x, y);
    this.drawMap();
    this.drawLoss();
    this.listen();
    this.draw();
  }

  html() {
    return `
      <p class="hint">Choose a rate, and move the start on the map. Arrow keys work too, with Shift
        in longer steps.</p>
      ${this.controls(this.zones())}
      <p class="reading zone"><b data-name="zone"></b> <span data-name="why"><span data-name="words"></span>
        <span data-name="two" hidden><i>b</i> = <span data-name="values"></span></span></span>
        <span data-name="bound"></span></p>
      <div class="panel map" data-name="map"></div>
      <div class="panel" data-name="line"></div>
      <div class="panel" data-name="loss"></div>
      <dl class="numbers">
        <div><dt>updates</dt><dd data-name="updates"></dd></div>
        <div><dt>slope <i>w</i></dt><dd data-name="w"></dd></div>
        <div><dt>offset <i>b</i></dt><dd data-name="b"></dd></div>
        <div><dt>loss <i>L</i></dt><dd data-name="cost"></dd></div>
        <div><dt>error factor, flat direction (<i>w</i>)</dt><dd data-name="flat"></dd></div>
        <div><dt>steep direction (<i>b</i>)</dt><dd data-name="steep"></dd></div>
      </dl>`;
  }

  // What the rates along the slider do.
  zones() {
    const [overshoot, limit] = this.model.limits;
    const share = (from, to) => `flex: ${to - from} 0 0`;
    return `
          <div class="zones" aria-hidden="true">
            <span data-zone="converge" style="${share(0, overshoot)}">converge</span>
            <span data-zone="oscillate" style="${share(overshoot, limit)}">oscillate</span>
            <span data-zone="diverge" style="${share(limit, this.end)}">diverge</span>
          </div>
          <div class="limits">
            <span style="left: ${(100 * overshoot) / this.end}%">1/<i>λ</i><sub>max</sub> = ${shown(overshoot)}</span>
            <span style="left: ${(100 * limit) / this.end}%">2/<i>λ</i><sub>max</sub> = ${shown(limit)}</span>
          </div>`;
  }

  drawLine(x, y) {
    const panel = new Panel(this.named.line, {
      label: "The samples and the line after the last update",
      height: 186, xSpan: [-1.05, 1.05], ySpan: [-4, 2.2], xName: ["x", "feature"], yName: ["y", "target"],
    });
    panel.plot.append("g").attr("class", "data many").selectAll("circle")
      .data(x.map((value, i) => [value, y[i]])).join("circle")
      .attr("transform", (point) => panel.place(point)).attr("r", 2.5);
    this.earlier = panel.plot.append("g").attr("class", "earlier");
    this.stroke = panel.plot.append("line").attr("class", "fit");
    this.away = panel.plot.append("text").attr("class", "note")
      .attr("x", panel.x.range()[0] + 8).attr("y", panel.y.range()[1] + 14);
    this.line = panel;
  }

  drawMap() {
    super.drawMap({
      label: "The map of the cost over slope and offset, with the path of the updates",
      xSpan: W, ySpan: B, xName: ["w", "slope"], yName: ["b", "offset"],
      levels: [0.2, 0.6, 1.2, 2, 3, 4.5, 6.5],
      lowest: this.model.best,
      towards: [[0.45, 1], [-1, 0.75]],
    });
  }

  drawLoss() {
    this.loss = new Panel(this.named.loss, {
      label: "The loss after each update, on a logarithmic axis",
      height: 186, xSpan: [0, UPDATES], ySpan: [0.005, 10], yScale: scaleLog(),
      xName: ["t", "number of updates"], yName: ["L", "loss"],
    });
    this.floor = this.loss.plot.append("line").attr("class", "floor");
    this.smallest = this.loss.plot.append("text").attr("class", "note")
      .attr("x", this.loss.x.range()[0] + 5).text("smallest possible");
    this.curve = this.loss.plot.append("path").attr("class", "curve");
    this.last = this.loss.plot.append("circle").attr("class", "now").attr("r", 4);
  }

  summary() {
    const [w, b] = this.path.at(-1);
    return (
      `${this.bound} Learning rate ${exact(this.rate)}: ${this.named.zone.textContent}. After ${this.updates} ` +
      `updates the slope is ${shown(w)}, the offset ${shown(b)}, the loss ${shown(this.losses.at(-1), 4)}.`
    );
  }

  draw() {
    this.path = this.model.descend(this.start, this.rate, this.updates);
    this.losses = this.path.map((point) => this.model.cost(point));
    this.showLine();
    this.showPath();
    this.showLoss();
    this.showWords();
  }

  showLine() {
    const { x, y } = this.line;
    const [left, right] = x.domain();
    const far = (value) => y(clamp(value, [-1e4, 1e4]));
    const stretch = (lines) =>
      lines.attr("x1", x(left)).attr("x2", x(right))
        .attr("y1", ([w, b]) => far(w * left + b)).attr("y2", ([w, b]) => far(w * right + b));
    this.earlier.selectAll("line").data(this.path.slice(-4, -1)).join("line").call(stretch);
    const [w, b] = this.path.at(-1);
    this.stroke.datum([w, b]).call(stretch);
    const [low, high] = y.domain();
    const ends = [w * left + b, w * right + b];
    const away = Math.min(...ends) > high || Math.max(...ends) < low;
    this.away.text(away ? "the line has left the panel" : "");
  }

  showPath() {
    const gone = this.path.findIndex(([w, b]) => Math.abs(w) > FAR || Math.abs(b) > FAR);
    const outside = this.path.findIndex((point) => !this.map.shows(point));
    const [w, b] = this.start;
    super.showPath(gone < 0 ? this.path : this.path.slice(0, gone + 1), {
      radius: 3,
      note: `off the map, first after update ${outside}`,
      words: `slope ${shown(w)}, offset ${shown(b)}`,
    });
  }

  showLoss() {
    const { loss, losses, updates } = this;
    loss.x.domain([0, Math.max(UPDATES, Math.ceil(updates / UPDATES) * UPDATES)]);
    loss.y.domain([this.model.lowest / 2, Math.max(5, ...losses) * 2]);
    const [low, high] = loss.y.domain().map(Math.log10);
    const apart = Math.ceil((high - low) / 5);
    const first = Math.ceil(low / apart) * apart;
    const exponents = [];
    for (let k = first; k <= high; k += apart) exponents.push(k);
    const ticks = exponents.map((k) => 10 ** k);
    loss.drawAxes(5, ticks, (_, i) => power(exponents[i]));
    this.showFall(loss, losses, this.curve, this.last);
    const height = loss.y(this.model.lowest);
    this.floor.attr("x1", loss.x.range()[0]).attr("x2", loss.x.range()[1]).attr("y1", height).attr("y2", height);
    this.smallest.attr("y", height - 5);
  }

  showWords() {
    const { named, model, rate, path } = this;
    const zone = model.zone(rate);
    named.zone.textContent = zone === "jump" ? "jump for ever" : zone;
    const [flat, steep] = model.eigenvalues.map((value) => 1 - rate * value);
    const flatToo = flat < -1 ? "worst" : "both";
    named.words.textContent = WORDS[zone === "diverge" && flat < 0 ? flatToo : zone];
    named.two.hidden = zone !== "jump";
    named.values.textContent = this.twoValues();
    named.bound.textContent = this.bound;
    for (const part of this.live.querySelectorAll("[data-zone]")) {
      part.classList.toggle("on", part.dataset.zone === zone);
    }
    this.showControls(`${exact(rate)}, ${named.zone.textContent}`);
    const [w, b] = path.at(-1);
    named.updates.textContent = this.updates;
    named.w.textContent = shown(w, 4);
    named.b.textContent = shown(b, 4);
    named.cost.textContent = shown(this.losses.at(-1), 4);
    named.flat.textContent = factor(flat);
    named.steep.textContent = factor(steep);
  }

  twoValues() {
    const [even, odd] = this.model.descend(this.start, this.rate, 1).map(([, b]) => shown(b, 4));
    return `${even}, ${odd}, ${even} …`;
  }
}

customElements.define("loop-learning-rate", LearningRateFigure);
