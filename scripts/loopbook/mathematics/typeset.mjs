// Typesets formulas for the pages; started by mathjax.py.
//
//   node typeset.mjs NODE_MODULES MACROS
//
// NODE_MODULES is the folder that holds MathJax, MACROS a JSON object of TeX macros. The first
// line written is {"rules": ...}, the rules of the style sheet that do not depend on the
// formulas. Then each line read, {"tex": ..., "display": ...}, is answered by one line, in order:
// {"html": ..., "mathml": ..., "width": em, "rules": [[rank, selector, body], ...]} or
// {"error": ...}.
// The process ends when its input does.

import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [nodeModules, macros] = process.argv.slice(2);
const { default: MathJax } = await import(
  pathToFileURL(join(nodeModules, "mathjax", "node-main.mjs"))
);

// \newcommand and its like are left out: a definition would reach the formulas typeset later
// by this process, and no others.
const packages = ["base", "ams", "boldsymbol", "cancel", "configmacros"];
await MathJax.init({
  loader: {
    load: [
      "input/tex-base",
      ...packages.slice(1).map((name) => `[tex]/${name}`),
      "output/chtml",
      "adaptors/liteDOM",
    ],
  },
  tex: {
    packages,
    macros: JSON.parse(macros),
    formatError: (_, error) => {
      throw error;
    },
  },
  chtml: { fontURL: "fonts" },
  startup: { typeset: false },
});

const { adaptor, document, input: [input], output } = MathJax.startup;
const { handleRetriesFor } = MathJax._.mathjax.mathjax;
const { TEXCLASS } = MathJax._.core.MmlTree.MmlNode;
const { font } = output;
const LAST = 1_000_000; // the rank of the rules of single characters

// A sign that belongs to the number behind it, as in (-1) and x = -2.
const SIGNS = "-\u2212+\u00b1\u2213";
function isSign(node) {
  if (!node.isKind("mo") || !SIGNS.includes(node.getText())) {
    return false;
  }
  const before = node.parent.childNodes[node.parent.childIndex(node) - 1];
  return !before || [TEXCLASS.OPEN, TEXCLASS.REL, TEXCLASS.BIN].includes(before.texClass);
}

// As in TeX, a line may end at a relation or an operator, not at a space put in by hand.
input.postFilters.add(({ data }) => {
  data.root.walkTree((node) => {
    if ((node.isKind("mspace") || isSign(node)) && !node.attributes.hasExplicit("linebreak")) {
      node.attributes.set("linebreak", "nobreak");
    }
  });
});

// The width of the formula that is being set, in em.
let width = 0;
const processMath = output.processMath.bind(output);
output.processMath = (wrapper, node) => {
  width = wrapper.getOuterBBox().w;
  return processMath(wrapper, node);
};

// What only says how a formula looks, in MathML that is heard and never seen.
const LOOKS = new RegExp(
  "</?mstyle[^>]*>|<mspace[^>]*></mspace>|<mspace[^>]*/>| (" +
    "columnalign|columnspacing|displaystyle|indentshift|maxsize|minsize|movablelimits|" +
    'rowspacing|scriptlevel|stretchy)="[^"]*"',
  "g",
);

const letter = (code) => String.fromCodePoint(parseInt(code, 16));

function asRules(styles, rank) {
  return Object.entries(styles).map(([selector, declarations], i) => {
    const body = Object.entries(declarations).map(([name, value]) =>
      value instanceof Object
        ? asRules({ [name]: value }, () => 0).map(([, s, b]) => `${s}{${b}}`).join("")
        : `${name}: ${value};`,
    );
    return [rank(i), selector.replaceAll('[jax="CHTML"]', ""), body.join(" ")];
  });
}

function fixedRules() {
  const sheet = output.styleJson;
  sheet.addStyles(output.constructor.commonStyles);
  for (const kind of output.factory.getKinds()) {
    output.addClassStyles(output.factory.getNodeClass(kind), sheet);
  }
  sheet.addStyles(font.styles);
  return asRules(sheet.styles, (i) => i);
}

async function typeset({ tex, display }) {
  input.reset();
  font.clearCache();
  const item = new document.options.MathItem(tex, input, display);
  item.start.node = adaptor.body(document.document);
  const em = 16;
  item.setMetrics(em, em * font.params.x_height, 1_000_000, 1);
  await handleRetriesFor(() => item.convert(document));
  const mathml = MathJax.startup
    .toMML(item.root)
    .replace(/\n */g, "")
    .replace(/&#x([0-9A-F]+);/gi, (as, code) => "<>&\"".includes(letter(code)) ? as : letter(code))
    .replace(/ (xmlns|id|data-[\w-]+)="[^"]*"| linebreak="nobreak"/g, "");
  const container = item.typesetRoot;
  for (const name of ["overflow", "class", "jax"]) {
    adaptor.removeAttribute(container, name);
  }
  adaptor.setAttribute(container, "data-search-exclude", "");
  for (const child of adaptor.childNodes(container)) {
    adaptor.setAttribute(child, "aria-hidden", "true");
  }
  const html = adaptor
    .outerHTML(container)
    .replace(/ (data-latex|texclass|id)="[^"]*"/g, "")
    .replace(/height: NaNem; ?/g, "")
    .replace(/ data-search-exclude=""/, " data-search-exclude")
    .replace(
      /<\/mjx-container>$/,
      () => `<mjx-assistive-mml>${mathml.replace(LOOKS, "")}</mjx-assistive-mml></mjx-container>`,
    );
  if (html.includes("MathJax_ref")) {
    throw new Error("Reference out of a formula: use the reference of the page's own language");
  }
  const styles = { ...font.updateDynamicStyles() };
  return { html, mathml, width, rules: asRules(font.updateStyles(styles), () => LAST) };
}

function answer(value) {
  process.stdout.write(JSON.stringify(value) + "\n");
}

answer({ rules: fixedRules() });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    answer(await typeset(JSON.parse(line)));
  } catch (error) {
    answer({ error: error.message });
  }
}
