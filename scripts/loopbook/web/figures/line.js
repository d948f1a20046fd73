// Move a line by hand: its squares, their mean area, and the same line as a point on the map.
import { pointer } from "d3-selection";

import { drawContours } from "../live/contours.js";
import { LiveFigure } from "../live/element.js";
import { Handle } from "../live/handle.js";
import { clamp, shown } from "../live/number.js";
import { Panel } from "../live/panel.js";
import { LineModel } from "../models/line.js";

const [W, B] = [[-0.1, 1.1], [-1, 3.2]]; // slopes and offsets on the map
const STEPS = [0.01, 0.05]; // of slope and offset, by the arrow keys
const X = [-1.2, 7.4]; // with room for the squares on either side of a dot
const Y = [-1.6, 6.6];
const COST = 4; // digits: one step of the arrow keys is seen
const END = 6; // where the line ends, and is taken hold of to turn it

class LineFigure extends LiveFigure {
  build({ x, y, start }) {
    this.model = new LineModel({ x, y });
    this.first = start;
    this.live.ariaLabel = "Move the line: its squares and its cost";
    this.live.classList.add("line");
    this.named = this.parts(`
      <p class="hint">Take hold of the line at <i>b</i> or <i>w</i>, or of the point on the map. Arrow
        keys work too, with Shift in longer steps.</p>
      <div class="panel" data-name="dots"></div>
      <div class="panel" data-name="map"></div>
      <div class="controls">
        <label><span>slope <i>w</i></span>
          <input type="range" data-name="w" min="${W[0]}" max="${W[1]}" step="0.01">
          <output data-name="slope"></output></label>
        <label><span>offset <i>b</i></span>
          <input type="range" data-name="b" min="${B[0]}" max="${B[1]}" step="0.01">
          <output data-name="offset"></output></label>
      </div>
      <div class="controls">
        <p class="reading">mean area of the squares
          <b><i>L</i> = <output class="cost" data-name="cost"></output></b>,
          of the best line ${shown(this.model.lowest, COST)}</p>
        <span class="buttons"><button type="button" data-name="best">Best line</button>
        <button type="button" data-name="reset">First line</button></span>
      </div>`);
    this.drawDots(x, y);
    this.drawMap();
    const { w, b, best, reset } = this.named;
    w.addEventListener("input", () => this.set([w.valueAsNumber, this.line[1]]));
    b.addEventListener("input", () => this.set([this.line[0], b.valueAsNumber]));
    best.addEventListener("click", () => this.set(this.model.best));
    reset.addEventListener("click", () => this.set(this.first));
    this.set(start, false);
  }

  drawDots(x, y) {
    const panel = new Panel(this.named.dots, {
      label: "Six dots, the line, and the square on each distance",
      xSpan: X, ySpan: Y, xName: ["x", "feature"], yName: ["y", "target"],
    });
    this.dots = panel;
    this.squares = panel.plot.append("g").attr("class", "squares");
    this.stroke = panel.plot.append("line").attr("class", "fit");
    panel.plot
      .append("g")
      .attr("class", "data")
      .selectAll("circle")
      .data(x.map((value, i) => [value, y[i]]))
      .join("circle")
      .attr("transform", (point) => panel.place(point))
      .attr("r", 4.5);
    this.cut = panel.plot.append("text").attr("class", "note")
      .attr("x", panel.x.range()[0] + 8).attr("y", panel.y.range()[1] + 16);
    this.lift = new Handle(panel, {
      label: "offset b: lifts the line",
      name: "b",
      roles: { "aria-orientation": "vertical" },
      dragged: ([, b]) => this.set([this.line[0], b]),
      stepped: (across, up) => this.move(0, across + up),
    });
    this.turn = new Handle(panel, {
      label: "slope w: turns the line",
      name: "w",
      roles: { "aria-orientation": "vertical" },
      dragged: ([x, y]) => this.set([(y - this.line[1]) / Math.max(1, x), this.line[1]]),
      stepped: (across, up) => this.move(across + up, 0),
    });
  }

  drawMap() {
    const panel = new Panel(this.named.map, {
      label: "The map of the cost over slope and offset",
      height: this.dots.height, xSpan: W, ySpan: B, xName: ["w", "slope"], yName: ["b", "offset"],
    });
    this.map = panel;
    drawContours(panel, (point) => this.model.cost(point), [0.5, 1, 2, 4, 8], {
      from: this.model.best,
      towards: [[0.12, 1], [0.3, 1]],
    });
    panel.plot.append("path").attr("class", "lowest").attr("d", "M-6,0H6M0,-6V6")
      .attr("transform", panel.place(this.model.best));
    panel.ground.on("click", (event) => {
      const [x, y] = pointer(event);
      this.set([panel.x.invert(x), panel.y.invert(y)]);
    });
    this.point = new Handle(panel, {
      label: "the line as a point on the map",
      name: "",
      roles: { "aria-roledescription": "point" },
      dragged: (point) => this.set(point),
      stepped: (across, up) => this.move(across, up),
    });
  }

  move(slopeSteps, offsetSteps) {
    const [w, b] = this.line;
    this.set([w + slopeSteps * STEPS[0], b + offsetSteps * STEPS[1]]);
  }

  set([w, b], aloud = true) {
    this.line = [clamp(w, W), clamp(b, B)];
    this.draw();
    const [slope, offset] = this.line;
    const cost = shown(this.model.cost(this.line), COST);
    const words = `slope ${shown(slope)}, offset ${shown(offset)}, cost ${cost}`;
    const least = shown(this.model.lowest, COST);
    if (aloud) this.say(`${words}; the best line has ${least}.`);
  }

  draw() {
    const { dots, map, named, model } = this;
    const [w, b] = this.line;
    const at = (x) => w * x + b;
    this.stroke.attr("x1", dots.x(0)).attr("y1", dots.y(b)).attr("x2", dots.x(END)).attr("y2", dots.y(at(END)));
    const squares = model.residuals(this.line).map((residual, i) => {
      const [x, y, side] = [model.x[i], model.y[i], Math.abs(residual)];
      const left = this.besideDot(x, side, residual * w < 0);
      return { left, top: Math.max(y, y + residual), side, x, y, residual };
    });
    const [low, high] = dots.y.domain();
    const cut = squares.some((s) => s.top > high || s.top - s.side < low);
    this.cut.text(cut ? "a square is larger than the panel" : "");
    const unit = dots.x(1) - dots.x(0);
    this.squares.selectAll("rect").data(squares).join("rect")
      .attr("x", (s) => dots.x(s.left)).attr("y", (s) => dots.y(s.top))
      .attr("width", (s) => s.side * unit).attr("height", (s) => s.side * unit);
    this.squares.selectAll("line").data(squares).join("line")
      .attr("x1", (s) => dots.x(s.x)).attr("x2", (s) => dots.x(s.x))
      .attr("y1", (s) => dots.y(s.y)).attr("y2", (s) => dots.y(s.y + s.residual));
    const words = `slope ${shown(w)}, offset ${shown(b)}`;
    this.lift.set([0, b], b.toFixed(2), B, shown(b));
    this.turn.set(this.grip(w, b), w.toFixed(2), W, shown(w));
    this.point.set([w, b], w.toFixed(2), W, words);
    named.w.value = w;
    named.b.value = b;
    named.slope.value = shown(w);
    named.offset.value = shown(b);
    named.cost.value = shown(model.cost(this.line), COST);
  }

  // On the side of the dot where the square does not cross the line, if there is room for it.
  besideDot(x, side, leftFirst) {
    const [first, last] = this.dots.x.domain();
    const room = leftFirst ? x - side >= first : x + side <= last;
    return room === leftFirst ? x - side : x;
  }

  // The line is taken hold of at its end, or where it leaves the panel before that.
  grip(w, b) {
    const [low, high] = this.dots.y.domain();
    const edge = w > 0 ? (high - 0.1 - b) / w : w < 0 ? (low + 0.1 - b) / w : END;
    const x = Math.min(END, edge);
    return [x, w * x + b];
  }
}

customElements.define("loop-line", LineFigure);
