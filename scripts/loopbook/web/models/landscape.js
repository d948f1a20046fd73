// Three lands over two parameters, each the mean squared error of a small model on some samples.
import { LineModel } from "./line.js";

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// The start and the places after each update.
function descend(model, start, rate, updates) {
  const path = [start];
  for (let k = 0; k < updates; k += 1) {
    const [a, b] = path[k];
    const [da, db] = model.gradient(path[k]);
    path.push([a - rate * da, b - rate * db]);
  }
  return path;
}

// One neuron with a sine: sin(wx + b).
export class SineModel {
  constructor({ x, y }) {
    this.x = x;
    this.y = y;
  }

  predict([w, b], x) {
    return Math.sin(w * x + b);
  }

  cost(point) {
    return mean(this.x.map((x, i) => (this.predict(point, x) - this.y[i]) ** 2));
  }

  gradient([w, b]) {
    const common = this.x.map((x, i) => {
      const z = w * x + b;
      return 2 * (Math.sin(z) - this.y[i]) * Math.cos(z);
    });
    return [mean(common.map((value, i) => value * this.x[i])), mean(common)];
  }

  descend(start, rate, updates) {
    return descend(this, start, rate, updates);
  }
}

// A network of two weights: u tanh(wx).
export class TwoWeightsModel {
  constructor({ x, y }) {
    this.x = x;
    this.y = y;
  }

  cost([w, u]) {
    return mean(this.x.map((x, i) => (u * Math.tanh(w * x) - this.y[i]) ** 2));
  }

  gradient([w, u]) {
    const residuals = this.x.map((x, i) => u * Math.tanh(w * x) - this.y[i]);
    const slope = (x) => (u * x) / Math.cosh(w * x) ** 2;
    return [
      2 * mean(residuals.map((r, i) => r * slope(this.x[i]))),
      2 * mean(residuals.map((r, i) => r * Math.tanh(w * this.x[i]))),
    ];
  }

  descend(start, rate, updates) {
    return descend(this, start, rate, updates);
  }
}

export { LineModel };
