// Bundles a folder of sources: node build.mjs NODE_MODULES SOURCES WORK offline|online.
// WORK is an empty folder; the bundles are in WORK/out. Answers with one line of JSON: what went
// wrong, as esbuild says it.
import { createRequire } from "node:module";
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [packages, sources, work, edition] = process.argv.slice(2);
const { build } = createRequire(join(packages, "index.js"))("esbuild");

// esbuild names shared files by a hash of paths too: sources and packages lie side by side here.
cpSync(sources, join(work, "web"), { recursive: true });
symlinkSync(packages, join(work, "node_modules"), "junction");

const shared = {
  absWorkingDir: join(work, "web"),
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  loader: { ".css": "text" },
  logLevel: "silent",
  minify: true,
  outdir: join(work, "out"),
  preserveSymlinks: true,
  target: "es2022",
};
// What is loaded by the pages that need it: figures, and other parts.
const late = ["figures", "parts"].flatMap((folder) => {
  const names = existsSync(join(sources, folder)) ? readdirSync(join(sources, folder)) : [];
  return names.filter((name) => name.endsWith(".js")).sort().map((name) => `${folder}/${name}`);
});

const kinds =
  edition === "offline"
    ? { format: "iife" } // one whole script for each
    : { format: "esm", splitting: true, chunkNames: "shared/[hash]" }; // what they share, once

// The packages ask that their licences come with every copy.
function licences(made) {
  const inputs = made.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const names = inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  const texts = [...new Set(names.filter(Boolean))].sort().map((name) => {
    const file = readdirSync(join(packages, name)).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name}\n\n${readFileSync(join(packages, name, file), "utf8").trim()}\n`;
  });
  return texts.join("\n----\n\n");
}

try {
  const made = [await build({ ...shared, entryPoints: ["book.js"], format: "iife" })];
  if (late.length) {
    made.push(await build({ ...shared, ...kinds, entryPoints: late, outbase: "." }));
  }
  writeFileSync(join(work, "out", "licences.txt"), licences(made));
  console.log(JSON.stringify([]));
} catch (error) {
  if (!error.errors) throw error;
  console.log(JSON.stringify(error.errors.map(({ text, location }) => ({ text, ...location }))));
}
