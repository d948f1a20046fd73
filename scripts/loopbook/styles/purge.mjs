// Leaves out of a style sheet what no page uses, and packs the rest; started by sheet.py.
//
//   node purge.mjs NODE_MODULES
//
// Each line read, {"css": …, "words": …}, is answered by one line, {"css": …}. The words are all
// that pages and scripts consist of: whatever may be a tag, a class, an id or an attribute.

import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(join(process.argv[2], "index.js"));
const { PurgeCSS } = require("purgecss");
const { transform } = require("esbuild");

for await (const line of createInterface({ input: process.stdin })) {
  const { css, words } = JSON.parse(line);
  const [kept] = await new PurgeCSS().purge({
    content: [{ raw: words, extension: "txt" }],
    css: [{ raw: css }],
    defaultExtractor: (content) => content.split(" "),
    keyframes: true,
  });
  const { code } = await transform(kept.css, {
    charset: "utf8",
    legalComments: "none",
    loader: "css",
    minify: true,
    target: ["chrome111", "firefox114", "safari16.4"],
  });
  console.log(JSON.stringify({ css: code }));
}
