// What every page runs. Each part looks for its own elements and does nothing where there are none.
import * as figures from "./figures.js";
import * as keyboard from "./keyboard.js";
import * as progress from "./progress.js";
import * as quiz from "./quiz.js";
import * as symbols from "./symbols.js";
import * as tips from "./tips.js";

// One part after the other, with a pause between: none holds up what the browser has to do.
function next([part, ...others]) {
  try {
    part.start();
  } catch (error) {
    reportError(error); // the other parts still start
  }
  if (others.length) setTimeout(next, 0, others);
}

next([progress, figures, symbols, quiz, keyboard, tips]);
