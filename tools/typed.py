"""Types, as tsconfig.json has it: TypeScript's compiler over the front end, whose types stand in its comments."""

import sys

import typescript

code, said = typescript.run(typescript.compiler(), "--project", "tsconfig.json")
print(said or "The front end's types fit." if code is not None else "")
sys.exit(code or 0)
