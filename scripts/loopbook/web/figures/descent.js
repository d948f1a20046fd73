// Gradient descent on a land with several valleys, from a start and at a rate of the reader's choice.
import { DescentFigure } from "../live/descent.js";
import { shown } from "../live/number.js";
import { Panel, through } from "../live/panel.js";
import { exact } from "../live/rate.js";
import { SineModel } from "../models/landscape.js";

const [W, B] = [[0, 4], [-3.15, 3.15]]; // weights and biases on the map
const LEVELS = [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8];
const LABELS = [[0.2, [1, 0.4]], [0.4, [0.4, -1]], [0.8, [0.2, 1]]]; // and ways from the deepest place
const DEEPEST = [2, 0.5];
const UPDATES = 40; // of one run, and at first
const RESTS = 0.01; // a gradient shorter than this

class BallsFigure extends DescentFigure {
  end = 2;
  most = 2;
  longest = 400;
  pause = 110;

  build({ x, y, starts, rate }) {
    this.model = new SineModel({ x, y });
    this.first = { start: starts.A, rate, updates: UPDATES };
    Object.assign(this, { balls: Object.entries(starts), bound: "" }, this.first);
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
      ${this.controls()}
      <p class="reading zone"><b data-name="state"></b> <span data-name="why"></span>
        <span data-name="bound"></span></p>
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
    super.drawMap({
      label: "The map of the cost over weight and bias, with the path of the updates",
      xSpan: W, ySpan: B, xName: ["w", "weight"], yName: ["b", "bias"],
      levels: LEVELS, lowest: DEEPEST, towards: [],
    });
    const { map } = this;
    const letters = map.plot.insert("g", ".track").attr("class", "heights").style("pointer-events", "none");
    for (const [level, [across, up]] of LABELS) {
      let point = DEEPEST;
      for (let t = 0; this.model.cost(point) < level && t < 4; t += 0.005) {
        point = [DEEPEST[0] + t * across, DEEPEST[1] + t * up];
      }
      letters.append("text").attr("transform", map.place(point)).text(level);
    }
    for (const [name, start] of this.balls) {
      letters.append("text").attr("transform", map.place(start)).attr("dx", -12).attr("dy", 16)
        .style("font-weight", "bold").text(name);
    }
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
    super.listen();
    for (const [name, start] of this.balls) {
      const choose = () => this.change({ start, updates: this.longest });
      this.named[`ball${name}`].addEventListener("click", choose);
    }
  }

  summary() {
    const { state, why } = this.named;
    return (
      `${this.bound} Learning rate ${exact(this.rate)}, ${this.updates} updates. ` +
      `${state.textContent} ${why.textContent}`
    );
  }

  draw() {
    this.path = this.model.descend(this.start, this.rate, this.updates);
    this.costs = this.path.map((point) => this.model.cost(point));
    const [w, b] = this.start;
    this.showPath(this.path, {
      radius: 2.5,
      note: "the ball has left the map",
      words: `weight ${shown(w)}, bias ${shown(b)}`,
    });
    this.showCurve();
    this.showCost();
    this.showWords();
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
    this.showFall(cost, costs, this.fall, this.last);
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
    named.bound.textContent = this.bound;
    this.showControls();
    const [w, b] = path.at(-1);
    named.count.textContent = this.updates;
    named.w.textContent = shown(w, 4);
    named.b.textContent = shown(b, 4);
    named.height.textContent = shown(costs.at(-1), 4);
    named.steep.textContent = shown(steep, 4);
  }
}

customElements.define("loop-descent", BallsFigure);
