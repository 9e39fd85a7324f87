/* Life: all that makes drawn views move and take what the reader does. */

import { bind } from "./bind.js";
import { keepFocus, reachScrollers } from "./focus.js";
import { KINDS, forEachOf } from "./kinds.js";
import { showReasons } from "./tips.js";
import { showTrails } from "./trail.js";

/** Brings what is drawn under `root` to life at a `place`, which is all of a host (see kinds.js) but what is made here.
 *  Where other roots are to be lit too, `lightAll(name)` does it. Returns `write()`, `light(name)` and `stop()`. */
export function bringToLife(root, states, place, lightAll) {
  const stop = new AbortController();
  const trails = showTrails(root, states, lightAll);
  const host = { ...place, light: trails.light, signal: stop.signal };
  const write = bind(root, states, host);
  for (const kind of KINDS.filter(({ take }) => take))
    forEachOf(kind, root, states, (element, state) => kind.take(element, state, host));
  const cleanUps = [showReasons(root, states), trails.stop, keepFocus(root), reachScrollers(root), () => stop.abort()];
  return { write, light: trails.light, stop: () => cleanUps.forEach((cleanUp) => cleanUp()) };
}
