// A learning rate to choose: by a number in a box, or along a slider.
import { clamp } from "./number.js";

export const LEAST = 0.01;
// A rate as chosen, with two digits or more.
export const exact = (rate) => (Number(rate.toFixed(2)) === rate ? rate.toFixed(2) : String(rate));

// most: of the box; end: of the slider; scale: what stands below the slider.
export const rateControls = ({ most, end = most, scale = "" }) => `
  <label for="rate">learning rate <i>η</i></label>
  <input type="number" id="rate" data-name="number" min="${LEAST}" max="${most}" step="0.01">
  <div class="slider">
    <input type="range" data-name="slider" min="0" max="${end}" step="0.01"
      aria-label="learning rate η">${scale}
  </div>`;

export class RateControl {
  rate = 0;

  // choose(rate) gets what is wanted, of the box also what lies beyond its ends.
  constructor({ number, slider }, choose) {
    Object.assign(this, { number, slider, choose });
    slider.addEventListener("input", () => choose(clamp(slider.valueAsNumber, [LEAST, Infinity])));
    number.addEventListener("input", () => {
      // What is too small may be the beginning of a rate, such as the 0 of 0.5.
      if (number.valueAsNumber >= LEAST) choose(number.valueAsNumber);
    });
    for (const end of ["change", "blur"]) number.addEventListener(end, () => this.settle());
    number.addEventListener("keydown", (event) => event.key === "Enter" && this.settle());
  }

  // Once the reader has done with the box, it shows the rate that is in use.
  settle() {
    const { number } = this;
    if (Number.isFinite(number.valueAsNumber) && number.valueAsNumber !== this.rate) {
      this.choose(number.valueAsNumber);
    }
    number.value = exact(this.rate);
  }

  // The rate in use, and what a screen reader says of it.
  show(rate, words) {
    this.rate = rate;
    if (this.number.getRootNode().activeElement !== this.number) this.number.value = exact(rate);
    this.slider.value = rate;
    this.slider.ariaValueText = words;
  }
}
