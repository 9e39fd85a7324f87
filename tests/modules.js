/* Runs functions of the front end's modules: on each line of standard input comes an expression of (m), all that they
 * export, and its value goes out as a line of JSON, with NaN, Infinity and -0.0 as Python reads them. */

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const imported = await Promise.all(process.argv.slice(2).map((file) => import(pathToFileURL(file))));
const exported = Object.assign({}, ...imported);

for await (const line of createInterface({ input: process.stdin })) console.log(await answer(JSON.parse(line)));

async function answer(expression) {
  try {
    return written({ value: (await new Function("m", `return ${expression}`)(exported)) ?? null });
  } catch (error) {
    return written({ error: error.stack });
  }
}

function written(answer) {
  const marked = (_, value) => (isOdd(value) ? `#${Object.is(value, -0) ? "-0.0" : value}` : value);
  return JSON.stringify(answer, marked).replaceAll(/"#(NaN|-?Infinity|-0\.0)"/g, "$1");
}

function isOdd(value) {
  return typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0));
}
