// Gradient descent with batches: the samples of each step come from a generator of one line, which
// the script interactive_data.py of chapter 1.3 has too, so that both draw the same batches.
import { LineModel } from "./line.js";

const FACTOR = 48271; // Park and Miller's generator: times this, modulo a prime, exact in a double
const PRIME = 2147483647;

export class BatchModel extends LineModel {
  // The samples in the order in which they are used: shuffled anew in every epoch.
  shuffled(seed, epochs) {
    const order = [];
    let state = seed;
    for (let k = 0; k < epochs; k += 1) {
      const epoch = this.x.map((_, i) => i);
      for (let i = epoch.length - 1; i > 0; i -= 1) {
        state = (FACTOR * state) % PRIME;
        const j = state % (i + 1);
        [epoch[i], epoch[j]] = [epoch[j], epoch[i]];
      }
      order.push(...epoch);
    }
    return order;
  }

  // The gradient of the mean loss over some of the samples.
  batchGradient([w, b], batch) {
    let [dw, db] = [0, 0];
    for (const i of batch) {
      const residual = w * this.x[i] + b - this.y[i];
      dw += 2 * residual * this.x[i];
      db += 2 * residual;
    }
    return [dw / batch.length, db / batch.length];
  }

  // The start and the points after each step; the size must divide the number of samples.
  wander(start, rate, size, steps, seed) {
    const order = this.shuffled(seed, Math.ceil((steps * size) / this.x.length));
    const path = [start];
    for (let k = 0; k < steps; k += 1) {
      const [dw, db] = this.batchGradient(path[k], order.slice(k * size, (k + 1) * size));
      path.push([path[k][0] - rate * dw, path[k][1] - rate * db]);
    }
    return path;
  }

  // Standard deviations of w and b at rest, for fresh draws, if the mean of x is 0.
  cloud(rate, size) {
    const residuals = this.residuals(this.best);
    const square = (values) => values.reduce((sum, value) => sum + value * value, 0) / values.length;
    const noise = [square(residuals.map((r, i) => 2 * r * this.x[i])), square(residuals.map((r) => 2 * r))];
    return this.eigenvalues.map((curvature, k) =>
      Math.sqrt((rate * noise[k]) / (size * curvature * (2 - rate * curvature))),
    );
  }
}
