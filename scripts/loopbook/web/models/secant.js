// Difference quotients of x³ at one place, in float32 or float64: every operation rounded as there.
const ROUND = { float32: Math.fround, float64: (value) => value };
const LEAST = 1e-17; // an error of zero is shown as this

export class SecantModel {
  constructor({ x, best }) {
    this.start = x;
    this.best = best; // the derived steps, by number and quotient
  }

  // The place as the number can store it, and the slope there.
  place(number) {
    return ROUND[number](this.start);
  }

  exact(number) {
    return 3 * this.place(number) ** 2;
  }

  f(number, x) {
    const round = ROUND[number];
    return round(round(x * x) * x);
  }

  // The ends of the secant, as the number can store them.
  ends(number, quotient, h) {
    const round = ROUND[number];
    const x = this.place(number);
    return [quotient === "central" ? round(x - round(h)) : x, round(x + round(h))];
  }

  slope(number, quotient, h) {
    const round = ROUND[number];
    const [left, right] = this.ends(number, quotient, h);
    const change = round(this.f(number, right) - this.f(number, left));
    const stride = quotient === "central" ? round(2 * round(h)) : round(h);
    return round(change / stride);
  }

  error(number, quotient, h) {
    return Math.max(LEAST, Math.abs(this.slope(number, quotient, h) - this.exact(number)));
  }

  // Which of the two errors is the larger one, judged by the derived step.
  part(number, quotient, h) {
    const ratio = h / this.best[number][quotient];
    if (ratio > 3) return "bend";
    return ratio < 1 / 3 ? "stairs" : "best";
  }
}
