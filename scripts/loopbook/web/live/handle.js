// A point to take hold of: by mouse, by touch, or by keys: the arrows, longer steps with Shift or
// by Page Up and Page Down, the ends of the range by Home and End.
import { drag } from "d3-drag";

const LONG = 10;
const KEYS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
  PageDown: [0, -LONG],
  PageUp: [0, LONG],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
};

export class Handle {
  // dragged(point) gets a place in the data's units; stepped(across, up) numbers of steps,
  // which may be infinite: as far as it goes.
  constructor(panel, { label, name, dragged, stepped, roles = {} }) {
    this.panel = panel;
    this.point = [0, 0];
    this.group = panel.top
      .append("g")
      .attr("class", "handle")
      .attr("tabindex", 0)
      .attr("role", "slider")
      .attr("aria-label", label);
    for (const [role, value] of Object.entries(roles)) this.group.attr(role, value);
    this.group.append("circle").attr("class", "reach").attr("r", 22);
    this.group.append("circle").attr("class", "ring").attr("r", 12);
    this.group.append("circle").attr("class", "grip").attr("r", 7);
    this.group.append("text").attr("class", "symbol").attr("y", -13).text(name);
    this.group.call(
      drag()
        .subject(() => ({ x: panel.x(this.point[0]), y: panel.y(this.point[1]) }))
        .on("start", () => this.group.node().focus({ preventScroll: true }))
        .on("drag", (event) => dragged([panel.x.invert(event.x), panel.y.invert(event.y)])),
    );
    this.group.on("keydown", (event) => {
      const key = KEYS[event.key];
      if (!key || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const steps = event.shiftKey && event.key.startsWith("Arrow") ? LONG : 1;
      stepped(key[0] * steps, key[1] * steps);
    });
  }

  // Where it is, and what a screen reader says of it.
  set(point, value, [lowest, highest], words) {
    this.point = point;
    this.group
      .attr("transform", this.panel.place(point))
      .attr("aria-valuenow", value)
      .attr("aria-valuemin", lowest)
      .attr("aria-valuemax", highest)
      .attr("aria-valuetext", words);
  }
}
