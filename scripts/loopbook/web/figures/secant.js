// Choose a step: the secant, seen so close that the step fills the panel, and its place on the U.
import { LiveFigure } from "../live/element.js";
import { Handle } from "../live/handle.js";
import { clamp, power, shown } from "../live/number.js";
import { Panel, through } from "../live/panel.js";
import { SecantModel } from "../models/secant.js";

const STEPS = [-16, 0]; // powers of ten of the step
const ERRORS = [-13, 2.4]; // powers of ten of the error
const KEY = 0.1; // of the power of ten, by the arrow keys
const FIRST = -0.4; // the power of ten of the step, at first
const SPAN = [-1.6, 1.6]; // around x, in steps
const ROOM = 0.5; // right of the largest step
const HEIGHT = 270;
const WORDS = {
  bend: "The curve bends on the way: a shorter step is better.",
  best: "Bend and stairs are about equal: no step does much better.",
  stairs: "The heights are rounded: a longer step is better.",
};

// A number of any size with two digits.
const scientific = (value) => {
  const [head, exponent] = value.toExponential(1).split("e");
  return `${head.replace("-", "−")} × ${power(Number(exponent))}`;
};

class SecantFigure extends LiveFigure {
  build(data) {
    this.model = new SecantModel(data);
    this.live.ariaLabel = "Choose a step: the secant and the error of its slope";
    this.live.classList.add("secant");
    const choice = (group, value, on) => `<label><input type="radio" name="${group}"
      value="${value}" ${on ? "checked" : ""}> ${value}</label>`;
    this.named = this.parts(`
      <p class="hint">Move the step by the slider, or take hold of <i>h</i> in the second picture.
        Arrow keys work too.</p>
      <div class="panel" data-name="close"></div>
      <div class="panel" data-name="curve"></div>
      <div class="controls rate">
        <div class="slider" style="flex-basis: 100%"><input type="range" data-name="step" min="${STEPS[0]}" max="${STEPS[1]}"
          step="0.05" aria-label="step h, as a power of ten"></div>
        <span class="buttons" role="radiogroup" aria-label="numbers">
          ${choice("number", "float32", false)} ${choice("number", "float64", true)}</span>
        <span class="buttons" role="radiogroup" aria-label="quotient">
          ${choice("quotient", "forward", true)} ${choice("quotient", "central", false)}</span>
        <span class="buttons"><button type="button" data-name="best">Derived best step</button></span>
      </div>
      <p class="reading zone"><b data-name="part"></b></p>
      <dl class="numbers">
        <div><dt>step <i>h</i></dt><dd data-name="h"></dd></div>
        <div><dt>slope, secant</dt><dd data-name="slope"></dd></div>
        <div><dt>slope, tangent</dt><dd data-name="exact"></dd></div>
        <div><dt>error</dt><dd data-name="error"></dd></div>
      </dl>`);
    this.drawClose();
    this.drawCurve();
    this.listen();
    this.choose("float64", "forward", false);
    this.set(FIRST, false);
  }

  drawClose() {
    const panel = new Panel(this.named.close, {
      label: "x cubed and its secant, magnified so that the step is one unit",
      height: HEIGHT, xSpan: SPAN, ySpan: [-9, 11],
      xName: ["x", "from 1.3, in steps h"], yName: ["f", "its change, in steps h"],
    });
    this.truth = panel.plot.append("path").attr("class", "curve")
      .style("stroke", "var(--data)").style("stroke-opacity", 0.35);
    this.seen = panel.plot.append("path").attr("class", "curve").style("stroke", "var(--data)");
    this.tangent = panel.plot.append("line").attr("class", "floor");
    this.secant = panel.plot.append("line").attr("class", "fit");
    this.points = panel.plot.append("g").attr("class", "marks");
    this.close = panel;
  }

  drawCurve() {
    const panel = new Panel(this.named.curve, {
      label: "The error of the slope against the step, both as powers of ten",
      height: HEIGHT, xSpan: [STEPS[0], STEPS[1] + ROOM], ySpan: ERRORS,
      xName: ["h", "step"], yName: ["", "error of the slope"],
    });
    const powers = (text) => power(Number(text.replace("−", "-")));
    panel.drawAxes(5, [-12, -8, -4, 0], power);
    panel.xAxis.selectAll("text").each(function set() {
      this.textContent = powers(this.textContent);
    });
    panel.axes.selectAll(".name").selectAll("tspan").filter(function comma() {
      return this.textContent === ", error of the slope";
    }).text("error of the slope");
    this.derived = panel.plot.append("line").attr("class", "floor");
    this.u = panel.plot.append("path").attr("class", "curve");
    this.handle = new Handle(panel, {
      label: "step h, on the curve of the error",
      name: "h",
      dragged: ([exponent]) => this.set(exponent),
      stepped: (across, up) => this.set(this.exponent + (across + up) * KEY),
    });
    this.curve = panel;
  }

  listen() {
    const { step, best } = this.named;
    step.addEventListener("input", () => this.set(step.valueAsNumber));
    best.addEventListener("click", () =>
      this.set(Math.log10(this.model.best[this.number][this.quotient])));
    for (const input of this.live.querySelectorAll("input[type=radio]")) {
      input.addEventListener("change", () => {
        const chosen = (name) => this.live.querySelector(`input[name=${name}]:checked`).value;
        this.choose(chosen("number"), chosen("quotient"));
      });
    }
  }

  // Numbers and quotient: another U.
  choose(number, quotient, aloud = true) {
    Object.assign(this, { number, quotient });
    const { curve, model } = this;
    const places = [];
    for (let k = STEPS[0] * 20; k <= STEPS[1] * 20; k += 1) {
      const error = Math.log10(model.error(number, quotient, 10 ** (k / 20)));
      places.push([curve.x(k / 20), curve.y(clamp(error, ERRORS))]);
    }
    this.u.attr("d", through(places));
    const best = curve.x(Math.log10(model.best[number][quotient]));
    const [bottom, top] = curve.y.range();
    this.derived.attr("x1", best).attr("x2", best).attr("y1", bottom).attr("y2", top);
    if (this.exponent !== undefined) this.set(this.exponent, aloud);
  }

  set(exponent, aloud = true) {
    this.exponent = clamp(exponent, STEPS);
    this.draw();
    const { number, quotient, named } = this;
    const words = `${number}, ${quotient}: step ${named.h.textContent}, error ${named.error.textContent}`;
    if (aloud) this.say(`${words}. ${named.part.textContent}`);
  }

  draw() {
    const { model, number, quotient, close, named } = this;
    const h = 10 ** this.exponent;
    const slope = model.slope(number, quotient, h);
    const error = model.error(number, quotient, h);
    const x = model.place(number);
    const height = model.f(number, x);
    // As the number sees the curve, and as it is, in steps.
    const [seen, truth] = [[], []];
    const [low, high] = [-60, 60]; // far outside of the panel is far enough
    for (let k = 0; k <= 480; k += 1) {
      const u = SPAN[0] + (k / 480) * (SPAN[1] - SPAN[0]);
      const change = (model.f(number, model.ends(number, "forward", u * h)[1]) - height) / h;
      const exact = u * (3 * x * x + 3 * x * u * h + u * u * h * h);
      seen.push([close.x(u), close.y(clamp(change, [low, high]))]);
      truth.push([close.x(u), close.y(clamp(exact, [low, high]))]);
    }
    this.seen.attr("d", through(seen));
    this.truth.attr("d", through(truth));
    const rise = model.exact(number);
    this.tangent.attr("x1", close.x(SPAN[0])).attr("y1", close.y(SPAN[0] * rise))
      .attr("x2", close.x(SPAN[1])).attr("y2", close.y(SPAN[1] * rise));
    const first = quotient === "central" ? -1 : 0;
    const at = (u) => {
      const [, end] = model.ends(number, "forward", u * h);
      return clamp((model.f(number, end) - height) / h, [low, high]);
    };
    this.points.selectAll("circle").data([first, 1]).join("circle")
      .attr("r", 5).attr("transform", (u) => close.place([u, at(u)]));
    const from = at(first);
    this.secant
      .attr("x1", close.x(SPAN[0])).attr("y1", close.y(clamp(from + slope * (SPAN[0] - first), [low, high])))
      .attr("x2", close.x(SPAN[1])).attr("y2", close.y(clamp(from + slope * (SPAN[1] - first), [low, high])));
    const words = `${scientific(h)}, error ${scientific(error)}`;
    const level = clamp(Math.log10(error), ERRORS);
    this.handle.set([this.exponent, level], this.exponent.toFixed(2), STEPS, words);
    named.step.value = this.exponent;
    named.step.setAttribute("aria-valuetext", scientific(h));
    named.h.textContent = scientific(h);
    named.slope.textContent = shown(slope, 6);
    named.exact.textContent = shown(model.exact(number), 6);
    named.error.textContent = scientific(error);
    named.part.textContent = WORDS[model.part(number, quotient, h)];
  }
}

customElements.define("loop-secant", SecantFigure);
