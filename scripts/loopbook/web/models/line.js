// A line y = wx + b, its mean squared error on some samples, and gradient descent on it.
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const SAME = 1e-6; // rates closer than this to a limit are taken for it

export class LineModel {
  constructor({ x, y }) {
    this.x = x;
    this.y = y;
    const [a, c] = [mean(x), mean(y)];
    const slope = mean(x.map((v, i) => (v - a) * (y[i] - c))) / mean(x.map((v) => (v - a) ** 2));
    this.best = [slope, c - slope * a];
    this.lowest = this.cost(this.best);
  }

  residuals([w, b]) {
    return this.x.map((x, i) => w * x + b - this.y[i]);
  }

  cost(point) {
    return mean(this.residuals(point).map((r) => r * r));
  }

  gradient(point) {
    const residuals = this.residuals(point);
    return [2 * mean(residuals.map((r, i) => r * this.x[i])), 2 * mean(residuals)];
  }

  // Of the Hessian, 2 (mean of x²  mean of x; mean of x  1): the smaller one, the larger one.
  get eigenvalues() {
    const [a, d, off] = [2 * mean(this.x.map((x) => x * x)), 2, 2 * mean(this.x)];
    const root = Math.hypot((a - d) / 2, off);
    return [(a + d) / 2 - root, (a + d) / 2 + root];
  }

  // The rate above which the steepest direction overshoots, and the one from which it never settles.
  get limits() {
    const steepest = this.eigenvalues[1];
    return [1 / steepest, 2 / steepest];
  }

  zone(rate) {
    const [overshoot, limit] = this.limits;
    if (Math.abs(rate - limit) < SAME) return "jump";
    if (rate > limit) return "diverge";
    return rate > overshoot + SAME ? "oscillate" : "converge";
  }

  // The start and the points after each update.
  descend(start, rate, updates) {
    const path = [start];
    for (let k = 0; k < updates; k += 1) {
      const [w, b] = path[k];
      const [dw, db] = this.gradient(path[k]);
      path.push([w - rate * dw, b - rate * db]);
    }
    return path;
  }
}
