// Early stopping: training and validation loss for a number of samples, a rate and a patience of
// the reader's choice, with the best epoch and the epoch of the stop.
import { LiveFigure } from "../live/element.js";
import { shown } from "../live/number.js";
import { Panel, through } from "../live/panel.js";
import { EarlyModel } from "../models/early.js";

const EPOCHS = 200;
const HIGH = 5; // the highest loss on the plot
const FIRST = { samples: 16, rate: 0.05, patience: 20 };

class EarlyFigure extends LiveFigure {
  build(data) {
    this.model = new EarlyModel(data);
    Object.assign(this, FIRST);
    this.style.setProperty("--fit", "var(--figure-3, #aa2082)");
    this.live.ariaLabel = "Choose samples, rate and patience";
    this.named = this.parts(this.html(data.X.length));
    Object.assign(this.named.side.style, { display: "grid", gap: "0.5rem" });
    this.panel = new Panel(this.named.plot, {
      label: "Training and validation loss against epochs", height: 290,
      xSpan: [0, EPOCHS], ySpan: [0, HIGH], xName: ["t", "epoch"], yName: ["L", "loss"],
    });
    const { plot } = this.panel;
    this.line = plot.append("line").attr("class", "floor")
      .attr("y1", this.panel.y(0)).attr("y2", this.panel.y(HIGH));
    this.training = plot.append("path").attr("class", "curve")
      .style("stroke", "var(--quiet)").style("stroke-dasharray", "5 4");
    this.validation = plot.append("path").attr("class", "curve");
    this.dot = plot.append("g").attr("class", "marks").append("circle").attr("class", "now").attr("r", 5.5);
    this.listen();
    this.draw();
  }

  html(most) {
    const slider = (name, words, min, max, step) => `
      <div class="slider">
        <label for="${name}">${words} <output data-name="${name}-shown"></output></label>
        <input type="range" id="${name}" data-name="${name}" min="${min}" max="${max}" step="${step}">
      </div>`;
    return `
      <p class="hint">Dashed: training loss. Solid: validation loss, its best epoch (dot) and the stop (vertical line).</p>
      <div class="panel" data-name="plot"></div>
      <div data-name="side">
        <div class="controls rate">
          ${slider("samples", "samples <i>N</i>", 12, most, 4)}
          ${slider("rate", "rate <i>η</i>", 0.01, 0.15, 0.01)}
          ${slider("patience", "patience", 1, 60, 1)}
          <span class="buttons"><button type="button" data-name="reset">Reset</button></span>
        </div>
        <dl class="numbers">
          <div><dt>best epoch</dt><dd data-name="best"></dd></div>
          <div><dt>its validation loss</dt><dd data-name="lowest"></dd></div>
          <div><dt>stop</dt><dd data-name="stop"></dd></div>
          <div><dt>loss at epoch ${EPOCHS - 1}</dt><dd data-name="last"></dd></div>
        </dl>
      </div>`;
  }

  listen() {
    for (const name of Object.keys(FIRST)) {
      const slider = this.named[name];
      slider.addEventListener("input", () => this.change({ [name]: slider.valueAsNumber }));
    }
    this.named.reset.addEventListener("click", () => this.change(FIRST));
  }

  change(what) {
    Object.assign(this, what);
    this.draw();
    this.say(this.summary());
  }

  summary() {
    const { best, at, stopped } = this.end;
    const end = stopped ? `It stops at epoch ${at}.` : "It does not stop.";
    return `${this.samples} samples. Best epoch ${best}, validation loss ${shown(this.losses.validation[best], 3)}. ${end}`;
  }

  draw() {
    const { model, named, panel } = this;
    this.losses = model.train(this.samples, this.rate, EPOCHS);
    const { training, validation } = this.losses;
    this.end = model.stop(validation, this.patience);
    const { best, at, stopped } = this.end;
    const points = (losses) => through(losses.map((loss, k) => [panel.x(k), panel.y(Math.min(loss, 2 * HIGH))]));
    this.training.attr("d", points(training));
    this.validation.attr("d", points(validation));
    this.dot.attr("transform", panel.place([best, Math.min(validation[best], 2 * HIGH)]));
    this.line.attr("x1", panel.x(at)).attr("x2", panel.x(at)).attr("visibility", stopped ? null : "hidden");
    for (const name of Object.keys(FIRST)) {
      named[name].value = this[name];
      named[`${name}-shown`].value = name === "rate" ? shown(this[name]) : this[name];
    }
    named.best.textContent = best;
    named.lowest.textContent = shown(validation[best], 3);
    named.stop.textContent = stopped ? at : "none";
    named.last.textContent = shown(validation.at(-1), 3);
  }
}

customElements.define("loop-early", EarlyFigure);
