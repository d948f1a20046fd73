// Contours of a function of two parameters, filled darker where it is higher, with their heights.
import { contours } from "d3-contour";
import { scaleLinear } from "d3-scale";

import { through } from "./panel.js";

const COLUMNS = 100;
const ROWS = 100;

export function drawContours(panel, height, levels, { labelled = levels, from, towards }) {
  const across = scaleLinear([0.5, COLUMNS - 0.5], panel.x.domain());
  const up = scaleLinear([0.5, ROWS - 0.5], panel.y.domain());
  const values = Array.from({ length: COLUMNS * ROWS }, (_, k) =>
    height([across((k % COLUMNS) + 0.5), up(Math.floor(k / COLUMNS) + 0.5)]),
  );
  const ring = (points) => `${through(points.map(([i, j]) => [panel.x(across(i)), panel.y(up(j))]))}Z`;
  panel.plot
    .append("g")
    .attr("class", "contours")
    .selectAll("path")
    .data(contours().size([COLUMNS, ROWS]).thresholds(levels)(values))
    .join("path")
    .attr("d", (area) => area.coordinates.flat().map(ring).join(""));
  const labels = panel.plot.append("g").attr("class", "heights");
  for (const level of labelled) {
    const point = crossing(height, level, from, towards);
    if (panel.shows(point)) labels.append("text").attr("transform", panel.place(point)).text(level);
  }
}

// Where a ray from the lowest point first reaches a height.
function crossing(height, level, [x, y], [dx, dy]) {
  let t = 0;
  while (height([x + t * dx, y + t * dy]) < level) t += 0.005;
  return [x + t * dx, y + t * dy];
}
