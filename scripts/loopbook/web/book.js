// What every page runs. Each part looks for its own elements and does nothing where there are none.
import * as figures from "./figures.js";

for (const part of [figures]) {
  try {
    part.start();
  } catch (error) {
    reportError(error); // the other parts still start
  }
}
