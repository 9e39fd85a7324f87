/* The functions of JavaScript files, as lines of "file:line length": node functions.js typescript.js file… */

const [library, ...files] = process.argv.slice(2);
const ts = require(library);

for (const name of files) {
  const file = ts.createSourceFile(name, ts.sys.readFile(name), ts.ScriptTarget.Latest, true);
  const lineAt = (position) => file.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const start = lineAt(node.getStart());
      console.log(`${name}:${start} ${lineAt(node.end) - start + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}
