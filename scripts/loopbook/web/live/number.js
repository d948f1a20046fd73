// Numbers as the book prints them: a real minus, few digits, powers of ten where they are large.
const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

export const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));

export const power = (exponent) => `10${[...String(exponent)].map((sign) => RAISED[sign]).join("")}`;

export function shown(value, digits = 2) {
  if (Math.abs(value) < 1e5) {
    const text = value.toFixed(digits);
    return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
  }
  const [head, exponent] = value.toExponential(1).split("e");
  return `${head.replace("-", "−")} × ${power(Number(exponent))}`;
}
