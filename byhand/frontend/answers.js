/** Answers: what a reader typed for each problem, kept in this browser only.
 *
 * @typedef {{texts: Record<string, string>, hints: Record<string, number>}} Answers   by number, and by line
 */

const MOST_KEPT = 50; // problems

/** The answers to the problems of a page. Without a store they last as long as the page.
 * @param {Window | null} window   null where a kernel keeps them */
export function createAnswers(window) {
  const key = `byhand-answers:${window?.location.pathname.replace(/index\.html$/, "")}`;
  const all = /** @type {Map<string, Answers>} */ (new Map(stored()));
  return {
    /** @param {string} problem @returns {Answers} */
    of: (problem) => all.get(problem) ?? { texts: {}, hints: {} },
    /** @param {string} problem @param {Answers} answers */
    keep(problem, answers) {
      all.delete(problem); // the one that was kept last is the last
      const isEmpty = !Object.keys(answers.texts).length && !Object.keys(answers.hints).length;
      if (!isEmpty) all.set(problem, answers);
      write();
    },
  };

  function stored() {
    try {
      return JSON.parse(window?.localStorage.getItem(key) ?? "[]");
    } catch {
      return [];
    }
  }

  function write() {
    const kept = [...all].slice(-MOST_KEPT);
    try {
      if (kept.length) window?.localStorage.setItem(key, JSON.stringify(kept));
      else window?.localStorage.removeItem(key);
    } catch {
      // no room, or not allowed: they last as long as the page
    }
  }
}
