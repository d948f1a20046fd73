// One set of axes by D3: an SVG that is as wide as its place, with a clipped plot and room on top.
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";

const MARGIN = { left: 56, right: 10, top: 12, bottom: 42 };

let count = 0;

const tenths = (value) => Math.round(value * 10) / 10;

// The path of a line through places on the screen.
export const through = (places) => `M${places.map(([x, y]) => `${tenths(x)},${tenths(y)}`).join("L")}`;

export class Panel {
  // xSpan, ySpan: the ends of the axes. Without a height, a unit is as long on both.
  // The names of the axes are parts: [symbol, meaning].
  constructor(place, { label, width = 360, height, xSpan, ySpan, xName, yName, yScale = scaleLinear() }) {
    const unit = (width - MARGIN.left - MARGIN.right) / (xSpan[1] - xSpan[0]);
    height ??= MARGIN.top + unit * (ySpan[1] - ySpan[0]) + MARGIN.bottom;
    this.height = height;
    this.x = scaleLinear(xSpan, [MARGIN.left, width - MARGIN.right]);
    this.y = yScale.domain(ySpan).range([height - MARGIN.bottom, MARGIN.top]);
    this.svg = select(place)
      .append("svg")
      .attr("viewBox", `0 0 ${width} ${height}`)
      .attr("role", "group")
      .attr("aria-label", label);
    const [left, right] = this.x.range();
    const [bottom, top] = this.y.range();
    const clip = `plot-${(count += 1)}`;
    const frame = (element) =>
      element.attr("x", left).attr("y", top).attr("width", right - left).attr("height", bottom - top);
    frame(this.svg.append("clipPath").attr("id", clip).append("rect"));
    this.ground = frame(this.svg.append("rect").attr("class", "ground"));
    this.axes = this.svg.append("g").attr("class", "axes").attr("aria-hidden", "true");
    this.plot = this.svg.append("g").attr("class", "plot").attr("clip-path", `url(#${clip})`)
      .attr("aria-hidden", "true");
    this.top = this.svg.append("g");
    this.xAxis = this.axes.append("g").attr("transform", `translate(0,${bottom})`);
    this.yAxis = this.axes.append("g").attr("transform", `translate(${left},0)`);
    name(this.axes, (left + right) / 2, height - 5, xName);
    name(this.axes, -(top + bottom) / 2, 11, yName).attr("transform", "rotate(-90)");
    this.drawAxes();
  }

  drawAxes(xTicks = 5, yTicks = 5, yFormat = null) {
    const [left, right] = this.x.range();
    const [bottom, top] = this.y.range();
    this.xAxis.call(axisBottom(this.x).ticks(xTicks).tickSizeInner(top - bottom).tickPadding(7));
    const axis = axisLeft(this.y).tickSizeInner(left - right).tickPadding(4);
    if (Array.isArray(yTicks)) axis.tickValues(yTicks).tickFormat(yFormat);
    else axis.ticks(yTicks);
    this.yAxis.call(axis);
  }

  // Whether a point of the data lies on the plot.
  shows([x, y]) {
    const [[x0, x1], [y0, y1]] = [this.x.domain(), this.y.domain()];
    return x >= x0 && x <= x1 && y >= y0 && y <= y1;
  }

  place([x, y]) {
    return `translate(${this.x(x)},${this.y(y)})`;
  }
}

function name(group, x, y, [symbol, meaning]) {
  const text = group.append("text").attr("class", "name").attr("x", x).attr("y", y);
  text.append("tspan").attr("class", "symbol").text(symbol);
  text.append("tspan").text(`, ${meaning}`);
  return text;
}
