// Contours of a function of two parameters, with their heights, coloured as in the book's pictures.
import { contours } from "d3-contour";
import { scaleLinear } from "d3-scale";

import { through } from "./panel.js";

const COLUMNS = 100;
const ROWS = 100;
// Five colours of matplotlib's map "cividis", evenly spaced, from low to high.
const CIVIDIS = ["#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838"];
const colour = scaleLinear([0, 0.25, 0.5, 0.75, 1], CIVIDIS);

// levels: the heights of the contours. towards: directions from the lowest point; a label stands
// where the first of them that meets its contour on the panel does.
export function drawContours(panel, height, levels, { from, towards }) {
  const across = scaleLinear([0.5, COLUMNS - 0.5], panel.x.domain());
  const up = scaleLinear([0.5, ROWS - 0.5], panel.y.domain());
  const values = Array.from({ length: COLUMNS * ROWS }, (_, k) =>
    height([across((k % COLUMNS) + 0.5), up(Math.floor(k / COLUMNS) + 0.5)]),
  );
  const ring = (points) => `${through(points.map(([i, j]) => [panel.x(across(i)), panel.y(up(j))]))}Z`;
  const path = (area) => area.coordinates.flat().map(ring).join("");
  const areas = contours().size([COLUMNS, ROWS]).thresholds(levels)(values);
  const bands = panel.plot.append("g").attr("class", "bands");
  const [left, right] = panel.x.range();
  const [bottom, top] = panel.y.range();
  bands.append("path").attr("d", `M${left},${top}H${right}V${bottom}H${left}Z`).attr("fill", colour(0));
  bands.selectAll(".above").data(areas).join("path")
    .attr("fill", (_, k) => colour((k + 1) / levels.length)).attr("d", path);
  panel.plot.append("g").attr("class", "contours").selectAll("path").data(areas).join("path").attr("d", path);
  const labels = panel.plot.append("g").attr("class", "heights");
  for (const level of levels) {
    const point = towards.map((direction) => crossing(height, level, from, direction)).find((p) => panel.shows(p));
    if (point) labels.append("text").attr("transform", panel.place(point)).text(level);
  }
}

// Where a ray from the lowest point first reaches a height.
function crossing(height, level, [x, y], [dx, dy]) {
  let t = 0;
  while (height([x + t * dx, y + t * dy]) < level) t += 0.005;
  return [x + t * dx, y + t * dy];
}
