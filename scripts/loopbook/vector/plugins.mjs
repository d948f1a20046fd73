// What SVGO cannot know of figures drawn by matplotlib.

const AXIS = /^matplotlib\.axis_/;
const STROKE = /^M 0 0\s+L (\S+) (\S+)\s*$/; // a tick: a stroke from its own origin

function* descendants(node) {
  for (const child of node.children ?? []) {
    yield child;
    yield* descendants(child);
  }
}

const named = (node, name) => [...descendants(node)].filter((child) => child.name === name);

function element(name, attributes, children = []) {
  return { type: "element", name, attributes, children };
}

/** Paths that look the same as one. */
function joined(paths) {
  const byLook = new Map();
  for (const { attributes: { id, d, ...look } } of paths) {
    const key = JSON.stringify(look);
    const path = byLook.get(key) ?? element("path", { ...look, d: "" });
    path.attributes.d += d;
    byLook.set(key, path);
  }
  return [...byLook.values()];
}

/** The ticks of one axis as paths; nothing where one is more than a stroke. */
function strokes(uses, shapes) {
  const paths = uses.map(({ attributes: { style, x, y, ...link } }) => {
    const shape = shapes.get(link["xlink:href"]?.slice(1));
    const stroke = STROKE.exec(shape?.attributes.d ?? "");
    return stroke && element("path", { style, d: `M${x} ${y}l${stroke[1]} ${stroke[2]}` });
  });
  return paths.every(Boolean) ? joined(paths) : null;
}

/** All grid lines of an axis are one path, all its ticks another; its labels follow. */
export const gatherAxes = {
  name: "gatherAxes",
  fn: (root) => {
    const shapes = new Map(
      named(root, "path").map((path) => [path.attributes.id, path]),
    );
    return {
      element: {
        enter: (axis) => {
          if (axis.name !== "g" || !AXIS.test(axis.attributes.id ?? "")) return;
          const uses = named(axis, "use");
          const ticks = strokes(uses, shapes);
          if (ticks === null) return;
          const defs = named(axis, "defs");
          const shaped = new Set(defs.flatMap((part) => named(part, "path")));
          const glyphs = new Set(named(axis, "text"));
          const grid = named(axis, "path").filter((path) => !shaped.has(path));
          const known = new Set([...uses, ...shaped, ...grid, ...glyphs]);
          const other = [...descendants(axis)].filter(
            ({ type, name }) => type === "element" && !["g", "defs", "tspan"].includes(name),
          );
          if (!other.every((node) => known.has(node))) return;
          if (named(axis, "g").some((group) => group.attributes.transform)) return;
          axis.children = [
            ...defs,
            ...joined(grid),
            ...ticks,
            element("g", {}, [...glyphs]),
          ];
        },
      },
    };
  },
};

/** Places are given to a tenth of a point, a sixth of a pixel. */
export const roundPlaces = {
  name: "roundPlaces",
  fn: () => ({
    element: {
      enter: ({ name, attributes }) => {
        if (!["use", "text", "tspan"].includes(name)) return;
        for (const key of ["x", "y", "dx", "dy"]) {
          if (key in attributes) attributes[key] = String(Math.round(attributes[key] * 10) / 10);
        }
      },
    },
  }),
};
