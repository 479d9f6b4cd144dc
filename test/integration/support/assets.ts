import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDeployment } from '../../../local/assembly/deployment.ts';
import { readAssembly } from '../../../local/assembly/read-assembly.ts';
import { type FunctionDefinition, readFunctions } from '../../../local/functions/function-definition.ts';
import { lane } from './lane.ts';
import { type BrandId, originOf } from './visitor.ts';

const known = new Map<BrandId, readonly FunctionDefinition[]>();

/** A function as the template declares it. */
export function definitionOf(brand: BrandId, name: string): FunctionDefinition {
  const assembly = readAssembly(lane().assembly);
  const functions = known.get(brand) ?? readFunctions(createDeployment(assembly, `${brand}-dev`, originOf(brand)));
  known.set(brand, functions);
  const found = functions.find((each) => each.name === `${brand}-dev-${name}`);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

/** A copy of a function's code that may be spoiled. */
export interface CodeCopy {
  readonly code: string;
  /** Rewrites `brand.json`. */
  readonly rewriteBrand: (rewrite: (text: string) => string | undefined) => void;
  /** Runs a script before the function's own module loads. */
  readonly prelude: (script: string) => void;
  readonly remove: () => void;
}

export function copyCode(brand: BrandId, name: string): CodeCopy {
  const code = mkdtempSync(join(lane().dataFolder, 'code-'));
  cpSync(definitionOf(brand, name).code, code, { recursive: true });
  return {
    code,
    rewriteBrand(rewrite) {
      const file = join(code, 'brand.json');
      const text = rewrite(readFileSync(file, 'utf8'));
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
    },
    prelude(script) {
      renameSync(join(code, 'index.mjs'), join(code, 'function.mjs'));
      // A static import would be evaluated before the script.
      writeFileSync(
        join(code, 'index.mjs'),
        `${script}\nconst { handler } = await import('./function.mjs');\nexport { handler };\n`,
      );
    },
    remove: () => rmSync(code, { recursive: true, force: true }),
  };
}
