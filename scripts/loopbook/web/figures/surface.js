// The cost over two parameters as a surface that can be turned: a grid, projected and painted from
// the back to the front.
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";

import { LiveFigure } from "../live/element.js";
import { clamp, shown } from "../live/number.js";
import { LineModel, SineModel, TwoWeightsModel } from "../models/landscape.js";

const CELLS = 28; // along each side
const [WIDTH, HEIGHT] = [360, 300];
const SCALE = 112; // units of the screen for half a side of the ground
const TALL = 1.15; // of the highest place, in half sides
const [TURN, TILT] = [-35, 32]; // degrees, at first
const TILTS = [5, 90];
const KEYS = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] };
const COLOURS = ["#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838"]; // matplotlib's "cividis"
const colour = scaleLinear([0, 0.25, 0.5, 0.75, 1], COLOURS).clamp(true);
const radians = (degrees) => (degrees * Math.PI) / 180;

const LANDS = [
  { key: "bowl", title: "a line", Model: LineModel, spans: [[-1.5, 4.5], [-4, 2]], top: 40, names: ["w", "b"] },
  { key: "sine", title: "a sine neuron", Model: SineModel, spans: [[0, 4], [-3.15, 3.15]], top: 2, names: ["w", "b"] },
  { key: "net", title: "two weights", Model: TwoWeightsModel, spans: [[-3, 3], [-3, 3]], top: 8, names: ["w", "u"] },
];

class SurfaceFigure extends LiveFigure {
  build(data) {
    this.lands = LANDS.map((land) => ({ ...land, model: new land.Model(data[land.key]) }));
    Object.assign(this, { turn: TURN, tilt: TILT });
    this.live.ariaLabel = "A surface of the cost that can be turned";
    this.named = this.parts(this.html());
    this.drawStage();
    this.listen();
    this.choose(0);
  }

  html() {
    const choices = LANDS.map(
      ({ title }, k) => `<button type="button" data-name="land${k}" aria-pressed="false">${title}</button>`,
    ).join("");
    return `
      <p class="hint">Choose a land, and turn it: drag the picture, use the arrow keys on it, or the
        sliders.</p>
      <div class="controls rate">
        <span class="buttons" role="group" aria-label="land">${choices}
          <button type="button" data-name="reset">Reset</button></span>
      </div>
      <div class="controls">
        <label><span>turn</span><input type="range" data-name="turn" min="-180" max="180" step="1"
          ><output data-name="turned"></output></label>
      </div>
      <div class="controls">
        <label><span>tilt</span><input type="range" data-name="tilt" min="${TILTS[0]}" max="${TILTS[1]}" step="1"
          ><output data-name="tilted"></output></label>
      </div>
      <div class="panel stage" data-name="stage"></div>
      <p class="reading zone" data-name="reading"></p>`;
  }

  drawStage() {
    const { stage } = this.named;
    stage.style.gridColumn = "1 / -1";
    stage.style.width = "100%";
    stage.style.maxWidth = "30rem";
    stage.style.justifySelf = "center";
    this.svg = select(stage).append("svg").attr("viewBox", `0 0 ${WIDTH} ${HEIGHT}`)
      .attr("class", "handle").attr("tabindex", 0).attr("role", "slider")
      .attr("aria-label", "turns and tilts the surface").attr("aria-valuemin", -180).attr("aria-valuemax", 180)
      .style("touch-action", "pan-y");
    for (const part of ["reach", "ring"]) {
      this.svg.append("rect").attr("class", part).attr("width", WIDTH).attr("height", HEIGHT).attr("rx", 4);
    }
    const paint = this.svg.append("g").attr("aria-hidden", "true").style("pointer-events", "none");
    this.ground = paint.append("path").attr("class", "floor").attr("fill", "none");
    this.cells = paint.append("g").attr("stroke", "currentcolor").attr("stroke-opacity", 0.25)
      .attr("stroke-width", 0.5).attr("stroke-linejoin", "round");
    this.edges = paint.append("g").attr("text-anchor", "middle");
    // A finger that moves sideways turns the surface; one that moves up or down scrolls the page.
    const node = this.svg.node();
    let from;
    this.svg.on("pointerdown", (event) => {
      from = [event.clientX, event.clientY];
      node.setPointerCapture(event.pointerId);
      node.focus({ preventScroll: true });
    });
    this.svg.on("pointermove", (event) => {
      if (!from) return;
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      from = [event.clientX, event.clientY];
      const tilt = event.pointerType === "touch" ? 0 : dy / 3;
      this.change({ turn: this.turn + dx / 2, tilt: this.tilt + tilt });
    });
    this.svg.on("pointerup pointercancel", () => {
      from = undefined;
    });
    this.svg.on("keydown", (event) => {
      const way = KEYS[event.key];
      if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const times = event.shiftKey ? 3 : 1;
      this.change({ turn: this.turn + way[0] * times, tilt: this.tilt + way[1] * times });
    });
  }

  listen() {
    const { turn, tilt, reset } = this.named;
    turn.addEventListener("input", () => this.change({ turn: turn.valueAsNumber }));
    tilt.addEventListener("input", () => this.change({ tilt: tilt.valueAsNumber }));
    reset.addEventListener("click", () => this.change({ turn: TURN, tilt: TILT }));
    LANDS.forEach((_, k) => this.named[`land${k}`].addEventListener("click", () => this.choose(k)));
  }

  choose(k) {
    this.land = this.lands[k];
    this.model = this.land.model;
    const [across, away] = this.land.spans.map((span) => scaleLinear([0, CELLS], span));
    const sides = Array.from({ length: CELLS + 1 }, (_, i) => i);
    this.heights = sides.map((j) => sides.map((i) => this.model.cost([across(i), away(j)])));
    LANDS.forEach((_, i) => this.named[`land${i}`].setAttribute("aria-pressed", String(i === k)));
    LANDS.forEach((_, i) => {
      this.named[`land${i}`].style.borderColor = i === k ? "var(--fit)" : "";
    });
    this.change({});
  }

  change(what) {
    Object.assign(this, what);
    this.turn = ((((this.turn + 180) % 360) + 360) % 360) - 180;
    this.tilt = clamp(this.tilt, TILTS);
    this.draw();
    this.say(`${this.land.title}, turned ${this.turn.toFixed(0)} degrees, tilted ${this.tilt.toFixed(0)} degrees.`);
  }

  // Of a place with its sides from -1 to 1 and its height: across, up, and away from the eye.
  project([x, y, z]) {
    const [turn, tilt] = [radians(this.turn), radians(this.tilt)];
    const across = x * Math.cos(turn) - y * Math.sin(turn);
    const away = x * Math.sin(turn) + y * Math.cos(turn);
    return [across, away * Math.sin(tilt) + z * Math.cos(tilt), away * Math.cos(tilt) - z * Math.sin(tilt)];
  }

  screen([x, y, z]) {
    const [across, up] = this.project([x, y, z]);
    const middle = (TALL / 2) * Math.cos(radians(this.tilt));
    return [WIDTH / 2 + SCALE * across, HEIGHT / 2 - SCALE * 0.98 * (up - middle)];
  }

  draw() {
    const side = (i) => (2 * i) / CELLS - 1;
    const tall = (i, j) => (TALL * Math.min(this.heights[j][i], this.land.top)) / this.land.top;
    const corner = (i, j) => [side(i), side(j), tall(i, j)];
    const cells = [];
    for (let j = 0; j < CELLS; j += 1) {
      for (let i = 0; i < CELLS; i += 1) {
        const corners = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
        const z = (corners[0][2] + corners[1][2] + corners[2][2] + corners[3][2]) / 4;
        const depth = this.project([side(i + 0.5), side(j + 0.5), z])[2];
        cells.push({ corners, depth, fill: colour(z / TALL) });
      }
    }
    cells.sort((one, other) => other.depth - one.depth);
    const outline = (corners) => `M${corners.map((c) => this.screen(c).map((v) => v.toFixed(1)).join()).join("L")}Z`;
    this.cells.selectAll("path").data(cells).join("path")
      .attr("d", ({ corners }) => outline(corners)).attr("fill", ({ fill }) => fill);
    this.ground.attr("d", outline([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]));
    this.drawEdges();
    this.showWords();
  }

  // The names of the sides and the ends of their spans, at the edges nearest to the eye.
  drawEdges() {
    const near = (places) => places.reduce((a, b) => (this.project(a)[2] < this.project(b)[2] ? a : b));
    const away = 1.16;
    const [names, [first, second]] = [this.land.names, this.land.spans];
    const [, edge] = near([[0, -1, 0], [0, 1, 0]]);
    const [beside] = near([[-1, 0, 0], [1, 0, 0]]);
    const words = [
      { place: [0, edge * away, 0], text: names[0], symbol: true },
      { place: [-0.9, edge * away, 0], text: shown(first[0], 1) },
      { place: [0.9, edge * away, 0], text: shown(first[1], 1) },
      { place: [beside * away, 0, 0], text: names[1], symbol: true },
      { place: [beside * away, -0.9, 0], text: shown(second[0], 1) },
      { place: [beside * away, 0.9, 0], text: shown(second[1], 1) },
    ];
    this.edges.selectAll("text").data(words).join("text")
      .attr("class", ({ symbol }) => (symbol ? "symbol" : null))
      .style("font", ({ symbol }) => (symbol ? "italic 16px var(--book-serif, serif)" : "14px var(--book-sans, sans-serif)"))
      .style("fill", "currentcolor").style("stroke", "none")
      .attr("transform", ({ place }) => `translate(${this.screen(place).map((v) => v.toFixed(1))})`)
      .attr("dy", "0.35em").text(({ text }) => text);
  }

  showWords() {
    const { named, turn, tilt, land } = this;
    named.turn.value = turn;
    named.tilt.value = tilt;
    named.turned.textContent = `${turn.toFixed(0)}°`.replace("-", "−");
    named.tilted.textContent = `${tilt.toFixed(0)}°`;
    const lowest = Math.min(...this.heights.flat());
    named.reading.textContent =
      `Height is the cost, from dark to bright; it is cut off at ${land.top}. Lowest on this grid: ${shown(lowest, 3)}.`;
    this.svg.attr("aria-valuenow", turn.toFixed(0))
      .attr("aria-valuetext", `turned ${turn.toFixed(0)} degrees, tilted ${tilt.toFixed(0)} degrees`);
  }
}

customElements.define("loop-surface", SurfaceFigure);
