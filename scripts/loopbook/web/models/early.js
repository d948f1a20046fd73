// Gradient descent on the mean squared error of a line through zero with many features, and the
// epoch at which early stopping would end it.
const square = (values) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

export class EarlyModel {
  constructor({ X, y, X_val, y_val }) {
    Object.assign(this, { X, y, XVal: X_val, yVal: y_val });
  }

  // Losses of training and validation before each update, with the first `samples` rows.
  train(samples, rate, epochs) {
    const [X, y] = [this.X.slice(0, samples), this.y.slice(0, samples)];
    const w = X[0].map(() => 0);
    const off = (rows, targets) =>
      rows.map((row, i) => row.reduce((sum, x, j) => sum + x * w[j], -targets[i]));
    const [training, validation] = [[], []];
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      const residuals = off(X, y);
      training.push(square(residuals));
      validation.push(square(off(this.XVal, this.yVal)));
      w.forEach((_, j) => {
        const slope = residuals.reduce((sum, r, i) => sum + r * X[i][j], 0);
        w[j] -= (rate * 2 * slope) / samples;
      });
    }
    return { training, validation };
  }

  // The best epoch so far when it is `patience` epochs old, and the epoch of the stop; without a
  // stop, the last one.
  stop(losses, patience) {
    let best = 0;
    for (let epoch = 1; epoch < losses.length; epoch += 1) {
      if (losses[epoch] < losses[best]) best = epoch;
      else if (epoch - best >= patience) return { best, at: epoch, stopped: true };
    }
    return { best, at: losses.length - 1, stopped: false };
  }
}
