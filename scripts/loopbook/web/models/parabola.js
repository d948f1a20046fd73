// The loss a (x - c)² + d of one number x, and gradient descent on it, part by part.
const SAME = 1e-9; // a factor closer than this to 0, 1 or -1 is taken for it

export class ParabolaModel {
  constructor({ a, c, d }) {
    Object.assign(this, { a, c, d });
  }

  residual(x) {
    return x - this.c;
  }

  loss(x) {
    return this.a * this.residual(x) ** 2 + this.d;
  }

  gradient(x) {
    return 2 * this.a * this.residual(x);
  }

  // What a step multiplies the residual by.
  factor(rate) {
    return 1 - 2 * this.a * rate;
  }

  zone(rate) {
    const factor = this.factor(rate);
    if (Math.abs(factor) < SAME) return "land";
    if (Math.abs(factor + 1) < SAME) return "jump";
    if (factor < -1) return "diverge";
    return factor < 0 ? "oscillate" : "converge";
  }

  // All numbers of one iteration that begins at x.
  iterate(x, rate) {
    const gradient = this.gradient(x);
    return { x, r: this.residual(x), loss: this.loss(x), gradient, next: x - rate * gradient };
  }

  descend(start, rate, iterations) {
    const rounds = [];
    for (let x = start; rounds.length < iterations; x = rounds.at(-1).next) {
      rounds.push(this.iterate(x, rate));
    }
    return rounds;
  }
}
