// One iteration of the loop at a time, part by part, on the loss a (x - c)² + d: forward, loss,
// gradient, update, each with its numbers and with its mark on the curve.
import { pointer } from "d3-selection";

import { LiveFigure } from "../live/element.js";
import { Handle } from "../live/handle.js";
import css from "../live/iteration.css";
import { clamp, shown } from "../live/number.js";
import { Panel, through } from "../live/panel.js";
import { LEAST, RateControl, exact, rateControls } from "../live/rate.js";
import { ParabolaModel } from "../models/parabola.js";

const SPAN = [-0.5, 6.5]; // of x on the curve
const HEIGHT = [0, 15]; // of the loss
const MOST_RATE = 1.2;
const PARTS = ["forward", "loss", "gradient", "update"];
const MOST = 200; // iterations
const ROWS = 4; // of the table: this iteration and those before it
const STEP = 0.1; // of the start, by the arrow keys
const WORDS = {
  converge: "comes closer from one side",
  land: "lands in one step",
  oscillate: "changes sides, and comes closer",
  jump: "jumps between two places for ever",
  diverge: "changes sides, and moves away",
};
// A number inside a product or a difference: in brackets if it is negative.
const inside = (value, digits) => (value < 0 ? `(${shown(value, digits)})` : shown(value, digits));
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

class IterationFigure extends LiveFigure {
  build({ a, c, d, x, rate }) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.shadowRoot.adoptedStyleSheets = [...this.shadowRoot.adoptedStyleSheets, sheet];
    this.model = new ParabolaModel({ a, c, d });
    this.first = { start: x, rate, made: 0 }; // made: parts so far, four an iteration
    Object.assign(this, this.first);
    this.live.ariaLabel = "Step through one iteration of the loop at a time";
    this.live.classList.add("iteration");
    this.named = this.parts(this.html());
    this.drawCurve();
    this.listen();
    this.draw();
  }

  html() {
    const { a, c, d } = this.model;
    const scale = a === 1 ? "" : a;
    const rules = {
      forward: `<i>r</i> = <i>x</i> − ${c}`,
      loss: `<i>L</i> = ${scale}<i>r</i>² + ${d}`,
      gradient: `<i>L</i>′ = ${2 * a}<i>r</i>`,
      update: "<i>x</i> − <i>η</i> <i>L</i>′",
    };
    const item = (part, i) => `
      <li data-part="${part}"><span><b>${i + 1}. ${part}</b> &ensp;${rules[part]}</span>
        <span class="values" data-name="${part}"></span></li>`;
    const row = () => `<tr><th scope="row"></th>${"<td></td>".repeat(4)}</tr>`;
    return `
      <p class="hint">Each press of “Next part” does one part of an iteration. Move the start along
        the curve, or choose a rate. Arrow keys work too, with Shift in longer steps.</p>
      <div class="controls rate">
        ${rateControls({ most: MOST_RATE })}
        <span class="buttons">
          <button type="button" data-name="next">Next part</button>
          <button type="button" data-name="whole">Whole iteration</button>
          <button type="button" data-name="back">Back</button>
          <button type="button" data-name="reset">Reset</button>
        </span>
      </div>
      <p class="reading zone">factor 1 − ${2 * a}<i>η</i> = <b data-name="factor"></b>:
        <i>x</i> <span data-name="words"></span></p>
      <div class="panel" data-name="curve"></div>
      <div>
        <p class="count">iteration <b data-name="iteration"></b>, <i>x</i> = <b data-name="x"></b></p>
        <ol class="parts">${PARTS.map(item).join("")}</ol>
      </div>
      <table>
        <thead><tr><th scope="col">iteration</th><th scope="col"><i>x</i></th>
          <th scope="col">loss</th><th scope="col">gradient</th>
          <th scope="col">new <i>x</i></th></tr></thead>
        <tbody data-name="rows">${times(ROWS, row).join("")}</tbody>
      </table>`;
  }

  drawCurve() {
    const panel = new Panel(this.named.curve, {
      label: "The loss over x, with the point of this iteration",
      height: 300, xSpan: SPAN, ySpan: HEIGHT, xName: ["x", "the number to learn"], yName: ["L", "loss"],
    });
    this.curve = panel;
    const places = times(181, (i) => SPAN[0] + (i * (SPAN[1] - SPAN[0])) / 180);
    panel.plot.append("path").attr("class", "curve").attr("d", through(places.map((x) => this.screen(x))));
    this.lines = {};
    for (const mark of ["along", "height", "tangent"]) {
      this.lines[mark] = panel.plot.append("line").attr("class", mark);
    }
    this.track = panel.plot.append("path").attr("class", "track");
    this.marks = panel.plot.append("g").attr("class", "marks");
    this.bar = panel.plot.append("text").attr("class", "bar").attr("y", panel.y(HEIGHT[0]) - 10).text("r");
    this.note = panel.plot.append("text").attr("class", "note") // below the valley: no path comes here
      .attr("x", panel.x.range()[0] + 10).attr("y", panel.y(HEIGHT[0]) - 12);
    panel.ground.on("click", (event) => this.begin(panel.x.invert(pointer(event)[0])));
    this.handle = new Handle(panel, {
      label: "start on the curve",
      name: "start",
      roles: { "aria-roledescription": "point" },
      dragged: ([x]) => this.begin(x),
      stepped: (across, up) => this.begin(this.start + (across + up) * STEP),
    });
  }

  // Where the loss at x is on the screen; what is far away stays drawable.
  screen(x) {
    const far = clamp(x, [-100, 100]);
    return [this.curve.x(far), this.curve.y(this.model.loss(far))];
  }

  listen() {
    const { next, whole, back, reset } = this.named;
    this.control = new RateControl(this.named, (rate) => this.choose(rate));
    next.addEventListener("click", () => this.advance(1));
    whole.addEventListener("click", () => this.advance(PARTS.length - (this.made % PARTS.length)));
    back.addEventListener("click", () => this.advance(-1));
    reset.addEventListener("click", () => this.change(this.first));
  }

  choose(rate) {
    this.change({ rate: Math.round(100 * clamp(rate, [LEAST, MOST_RATE])) / 100, made: 0 });
  }

  begin(x) {
    this.change({ start: Math.round(100 * clamp(x, SPAN)) / 100, made: 0 });
  }

  advance(parts) {
    this.change({ made: clamp(this.made + parts, [0, MOST * PARTS.length]) });
  }

  change(what) {
    Object.assign(this, what);
    this.draw();
    this.say(this.summary());
  }

  // The iteration that the last part made belongs to, and how many of its parts are made.
  get now() {
    const index = Math.max(0, Math.ceil(this.made / PARTS.length) - 1);
    return { index, done: this.made - index * PARTS.length };
  }

  draw() {
    const { index, done } = this.now;
    this.rounds = this.model.descend(this.start, this.rate, index + 1);
    this.showParts(this.rounds[index], index, done);
    this.showCurve(this.rounds[index], done);
    this.showRows(done);
    this.showRate();
  }

  // The numbers of an iteration, as they are put into its four rules.
  values({ x, r, loss, gradient, next }) {
    const { a, c, d } = this.model;
    const scale = a === 1 ? "" : `${a} · `;
    return {
      forward: `= ${shown(x, 4)} − ${c} = ${shown(r, 4)}`,
      loss: `= ${scale}${inside(r, 4)}² + ${d} = ${shown(loss, 4)}`,
      gradient: `= ${2 * a} · ${inside(r, 4)} = ${shown(gradient, 4)}`,
      update: `= ${shown(x, 4)} − ${exact(this.rate)} · ${inside(gradient, 4)} = ${shown(next, 4)}`,
    };
  }

  showParts(round, index, done) {
    const values = this.values(round);
    PARTS.forEach((part, i) => {
      const place = this.live.querySelector(`[data-part=${part}]`);
      place.classList.toggle("done", i < done);
      place.classList.toggle("on", i === done - 1);
      if (i === done - 1) place.ariaCurrent = "step";
      else place.removeAttribute("aria-current");
      this.named[part].textContent = i < done ? values[part] : "…";
    });
    this.named.iteration.textContent = index + 1;
    this.named.x.textContent = shown(round.x, 4);
    this.named.back.disabled = this.made === 0;
    this.named.next.disabled = this.named.whole.disabled = this.made >= MOST * PARTS.length;
  }

  showCurve({ x, loss, gradient, next }, done) {
    const panel = this.curve;
    const drawn = (mark, on, from, to) => {
      this.lines[mark].attr("display", on ? null : "none")
        .attr("x1", from[0]).attr("y1", from[1]).attr("x2", to[0]).attr("y2", to[1]);
    };
    const [left, height] = this.screen(x);
    const floor = panel.y(HEIGHT[0]);
    const goal = panel.x(this.model.c);
    // Its name: where it has room above the bar, and the bar's end is in the picture.
    this.bar.attr("x", (goal + left) / 2)
      .attr("display", done >= 1 && Math.abs(left - goal) > 12 && panel.shows([x, loss]) ? null : "none");
    drawn("along", done >= 1, [goal, floor - 2], [left, floor - 2]);
    drawn("height", done >= 2, [left, floor], [left, height]);
    const reach = 1.1 / Math.hypot(1, gradient / 4); // of the tangent, to both sides
    const on = (shift) => [panel.x(x + shift), panel.y(loss + gradient * shift)];
    const near = panel.shows([x, loss]);
    drawn("tangent", done >= 3 && near, near ? on(-reach) : [0, 0], near ? on(reach) : [0, 0]);
    const path = this.rounds.map((round) => round.x);
    if (done === PARTS.length) path.push(next);
    this.track.attr("d", through(path.slice(-12).map((value) => this.screen(value))));
    this.marks.selectAll("circle").data(path.slice(-12)).join("circle")
      .attr("class", (_, i, all) => (i === all.length - 1 ? "now" : null))
      .attr("r", (_, i, all) => (i === all.length - 1 ? 6 : 4))
      .attr("transform", (value) => `translate(${this.screen(value)})`);
    const last = path.at(-1);
    this.note.text(panel.shows([last, this.model.loss(last)]) ? "" : "x has left the picture");
    const place = [this.start, this.model.loss(this.start)];
    this.placeName();
    this.handle.set(place, this.start.toFixed(2), SPAN, `x = ${shown(this.start)}, loss ${shown(place[1])}`);
  }

  // The handle's name stands where no line goes: above the valley's ground, outside the curve on
  // its sides, and within where there is no room outside.
  placeName() {
    const across = this.start - this.model.c;
    const far = Math.abs(across);
    const side = far < 0.8 ? 0 : Math.sign(across) * (far < 2.4 ? 1 : -1);
    this.handle.group.select(".symbol")
      .style("text-anchor", { "-1": "end", 0: "middle", 1: "start" }[side])
      .attr("x", 14 * side).attr("y", side === 0 ? -13 : far < 2.4 ? 15 : -8);
  }

  showRows(done) {
    const from = Math.max(0, this.rounds.length - ROWS);
    [...this.named.rows.rows].forEach((row, i) => {
      const round = this.rounds[from + i];
      const whole = from + i < this.rounds.length - 1;
      const made = (part) => round && (whole || done >= part);
      const texts = [
        round ? from + i + 1 : "–",
        round ? shown(round.x, 4) : "–",
        made(2) ? shown(round.loss, 4) : "–",
        made(3) ? shown(round.gradient, 4) : "–",
        made(4) ? shown(round.next, 4) : "–",
      ];
      texts.forEach((text, k) => (row.cells[k].textContent = text));
      row.classList.toggle("on", from + i === this.rounds.length - 1);
    });
  }

  showRate() {
    const { factor, words } = this.named;
    const zone = this.model.zone(this.rate);
    factor.textContent = shown(this.model.factor(this.rate));
    words.textContent = WORDS[zone];
    this.control.show(this.rate, `${exact(this.rate)}, x ${WORDS[zone]}`);
  }

  summary() {
    const { index, done } = this.now;
    const rate = `Learning rate ${exact(this.rate)}, factor ${this.named.factor.textContent}.`;
    if (done === 0) return `${rate} Start at x = ${shown(this.start)}, nothing done yet.`;
    const part = PARTS[done - 1];
    const rules = { forward: "r", loss: "L", gradient: "L′", update: "new x" };
    return `${rate} Iteration ${index + 1}, part ${done}, ${part}: ${rules[part]} ${this.named[part].textContent}.`;
  }
}

customElements.define("loop-iteration", IterationFigure);
