// Makes figures light; started by optimiser.py.
//
//   node optimise.mjs NODE_MODULES
//
// NODE_MODULES is the folder that holds SVGO. Each line read, {"svg": ...}, is answered by one
// line, in order: {"svg": ...} or {"error": ...}. The process ends when its input does.

import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { gatherAxes, roundPlaces } from "./plugins.mjs";

const [nodeModules] = process.argv.slice(2);
const { optimize } = await import(
  pathToFileURL(join(nodeModules, "svgo", "lib", "svgo.js"))
);

const config = {
  multipass: true,
  plugins: [
    gatherAxes,
    roundPlaces,
    {
      name: "preset-default",
      params: {
        overrides: {
          // What one of the page's themes hides, the other one shows.
          removeHiddenElems: { displayNone: false },
          // A background that is not painted is no path.
          removeUselessStrokeAndFill: { removeNone: true },
          convertPathData: { floatPrecision: 1 }, // of a point, drawn as one and a half pixels
          cleanupNumericValues: { floatPrecision: 2 },
        },
      },
    },
    "convertStyleToAttrs",
  ],
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { svg: optimize(JSON.parse(line).svg, config).data };
  } catch (error) {
    answer = { error: error.reason ?? error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
